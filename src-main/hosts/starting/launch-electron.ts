import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { lastLine } from './last-line.ts';

export type Launch =
  /** The window is open; `ended` gives the exit status. */
  | { readonly kind: 'window-open'; readonly ended: Promise<number> }
  /** Another one runs already and shows itself. */
  | { readonly kind: 'handed-over' }
  /** It cannot run and has told the user why. */
  | { readonly kind: 'failed' }
  /** It ended before its window was open. */
  | { readonly kind: 'refused'; readonly reason: string };

export type LaunchOptions = {
  readonly program: string;
  readonly words: readonly string[];
  /** Shows what the application itself says. */
  readonly note: (line: string) => void;
};

/** How long the last words of a program may be on their way. Unit: milliseconds. */
const LAST_WORDS_MS = 100;

/** What Chromium says of the machine, which is nobody's business who looks at a terminal. */
const CHROMIUM_LINE = /^\[\d+(:\d+)?[:/].*(ERROR|WARNING|INFO|VERBOSE\d*):/;
const MARKED_REASON = /:FATAL:[^\]]*\]\s*/;

/** Passes on, line by line, what is meant for the user. */
function createFilter(note: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '' && !CHROMIUM_LINE.test(line)) note(line);
  };
}

function forwardSignals(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void child.kill(signal));
  }
}

function refusalReason(said: string, code: number | null, signal: string | null): string {
  const fatal = said.split('\n').findLast((line) => MARKED_REASON.test(line));
  const words = fatal?.replace(/^.*?:FATAL:[^\]]*\]\s*/, '') ?? said;
  return lastLine(words, signal === null ? `exit status ${String(code)}` : `signal ${signal}`);
}

/** Starts the application and waits until its window is open, or will not be. */
export function launchElectron({ program, words, note }: LaunchOptions): Promise<Launch> {
  return new Promise((resolve) => {
    const child = spawn(program, [...words], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let said = '';
    let isOpen = false;
    const show = createFilter(note);
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => {
      if (isOpen) show(text);
      else said += text;
    });
    // Not `close`: helpers of a program that crashed may hold its pipes for long.
    const ended = new Promise<number>((end) => child.on('exit', (code) => end(code ?? 1)));
    child.on('message', (message) => {
      if (message === 'handed-over') resolve({ kind: 'handed-over' });
      if (message === 'failed') resolve({ kind: 'failed' });
      if (message !== 'window-open') return;
      isOpen = true;
      forwardSignals(child);
      resolve({ kind: 'window-open', ended });
    });
    child.on('error', ({ message }) => resolve({ kind: 'refused', reason: message }));
    child.on('exit', (code, signal) => {
      const refuse = (): void =>
        resolve({ kind: 'refused', reason: refusalReason(said, code, signal) });
      setTimeout(refuse, LAST_WORDS_MS);
    });
  });
}
