import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../index.ts', import.meta.url));
export const PROJECT_FOLDER = fileURLToPath(new URL('../../../..', import.meta.url));

/** How a process of the command line ended. */
export type Ending = {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** What differs from an ordinary start. */
export type StartOptions = {
  readonly entry?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** A folder of a test with a library in it, and the command line over that library. */
export class LabFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'folio-lab-cli-'));
  readonly library = join(this.path, 'library.db');
  private readonly children: ChildProcessWithoutNullStreams[] = [];

  /** The path of a file in the folder. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** Starts the command line as a process of its own. */
  start(words: readonly string[], options: StartOptions = {}): ChildProcessWithoutNullStreams {
    const { entry = ENTRY, cwd = this.path, env = {} } = options;
    // As if started from a shell, whatever started the tests.
    const inherited = { ...process.env };
    Reflect.deleteProperty(inherited, 'npm_lifecycle_event');
    Reflect.deleteProperty(inherited, 'FOLIO_LAB_DEBUG');
    const child = spawn(process.execPath, [entry, ...words], {
      cwd,
      env: { ...inherited, FOLIO_LAB_LIBRARY: this.library, ...env },
    });
    this.children.push(child);
    return child;
  }

  /** Runs the command line to its end. */
  run(...words: readonly string[]): Promise<Ending> {
    return endOf(this.start(words));
  }

  /** Takes the folder away, and ends what a failed test has left running. */
  [Symbol.dispose](): void {
    for (const child of this.children) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Waits for a process and keeps what it wrote. */
export function endOf(child: ChildProcessWithoutNullStreams, input = ''): Promise<Ending> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}
