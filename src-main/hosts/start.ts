import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBundles, findElectron, launchElectron, windowObstacle } from './starting/index.ts';
import type { Surroundings } from './starting/index.ts';

/** What can be chosen for the laboratory in a browser. */
export type ServeOptions = {
  /** From 1 to 65535; 0 takes one that is free. */
  readonly port: number;
  /** An absolute path; null for the usual library. */
  readonly library: string | null;
  /** What starts the command line, for "Copy as command". */
  readonly command: string;
};

/** What the laboratory cannot do, in one sentence for the user. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const WINDOW_FOLDER = fileURLToPath(new URL('../../out/renderer/', import.meta.url));
const WORKERS = {
  simulation: new URL('../lab/queue/simulation.worker.ts', import.meta.url),
  planning: new URL('../lab/planning/planning.worker.ts', import.meta.url),
} as const;

const LARGEST_PORT = 65_535;
const BAD_USAGE = 2;

function note(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function reportError(error: unknown): void {
  if (process.env['FOLIO_LAB_DEBUG'] !== '1') return;
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function requireBundles(): Promise<void> {
  const build = await buildBundles(APPLICATION_FOLDER, note);
  if (!build.ok) throw new StartError(build.sentence);
}

/** Settles when the user, or the system, wants the process to end. */
function whenAskedToEnd(): Promise<void> {
  return new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => end());
  });
}

/**
 * Reads the number of a port.
 *
 * @throws {StartError} for a text that is none.
 */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= LARGEST_PORT) return port;
  throw new StartError(
    `--port: found "${text}"; allowed: a whole number from 0 to ${LARGEST_PORT}`,
  );
}

/**
 * Serves the laboratory to a browser of this machine until the process is asked to end; runs that are
 * not over are then cancelled.
 *
 * @throws {StartError} when the window cannot be built or the port cannot be used; {LibraryError} when
 *   the library cannot be opened.
 */
export async function serveLab({ port, library, command }: ServeOptions): Promise<void> {
  await requireBundles();
  const [{ serveWeb, WebHostError }, { defaultLibraryPath }] = await Promise.all([
    import('./web/index.ts'),
    import('../lab/index.ts'),
  ]);
  const host = await serveWeb({
    port,
    command,
    libraryPath: library ?? defaultLibraryPath(),
    applicationFolder: APPLICATION_FOLDER,
    windowFolder: WINDOW_FOLDER,
    workers: WORKERS,
    report: reportError,
  }).catch((error: unknown): never => {
    if (!(error instanceof WebHostError)) throw error;
    throw new StartError(error.message.replace(/\.$/, ''), { cause: error });
  });
  process.stdout.write(`Open ${host.address}\n`);
  const { port: found } = new URL(host.address);
  note(
    `From another machine: ssh -L ${found}:127.0.0.1:${found} ${hostname()}, then the same address. Ctrl+C ends it.`,
  );
  await whenAskedToEnd();
  note('Ending …');
  await host.close();
}

/** What `npm start` was asked for. */
type StartOptions = {
  readonly port: number;
  readonly library: string | null;
  readonly isSandboxOff: boolean;
  readonly isBrowserWanted: boolean;
  readonly files: readonly string[];
};

/** npm starts its scripts in the project's folder; paths mean the folder where the user stands. */
function placeOf(path: string): string {
  const isByNpm = process.env['npm_lifecycle_event'] === 'start';
  return resolve((isByNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd(), path);
}

function readOptions(words: readonly string[]): StartOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      library: { type: 'string' },
      browser: { type: 'boolean', default: false },
      'no-sandbox': { type: 'boolean', default: false },
    },
  });
  const files = positionals.map(placeOf);
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new StartError(`There is no file ${missing}`);
  return {
    port: values.port === undefined ? 0 : readPort(values.port),
    library: values.library === undefined ? null : placeOf(values.library),
    isSandboxOff: values['no-sandbox'],
    isBrowserWanted: values.browser,
    files,
  };
}

type WindowResult =
  | { readonly kind: 'ended'; readonly status: number }
  /** Why there is no window, in words without a full stop. */
  | { readonly kind: 'no-window'; readonly reason: string };

/** Opens the window and waits until it is closed. */
async function openWindow(options: StartOptions, around: Surroundings): Promise<WindowResult> {
  const obstacle = windowObstacle(around);
  if (obstacle !== null) return { kind: 'no-window', reason: obstacle };
  const found = await findElectron(APPLICATION_FOLDER, around, note);
  if (!found.ok) return { kind: 'no-window', reason: found.reason };
  const launch = await launchElectron({
    program: found.program,
    words: [
      ...(options.isSandboxOff ? ['--no-sandbox'] : []),
      APPLICATION_FOLDER,
      ...(options.library === null ? [] : [`--library=${options.library}`]),
      ...options.files,
    ],
    note,
  });
  switch (launch.kind) {
    case 'window-open':
      return { kind: 'ended', status: await launch.ended };
    case 'handed-over':
      note('Folio Lab is open already; its window is in front now.');
      return { kind: 'ended', status: 0 };
    case 'failed':
      return { kind: 'ended', status: 1 };
    case 'refused':
      return { kind: 'no-window', reason: `Electron did not start: ${launch.reason}` };
  }
}

async function start(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  await requireBundles();
  const result: WindowResult = options.isBrowserWanted
    ? { kind: 'no-window', reason: '--browser was given' }
    : await openWindow(options, {
        platform: process.platform,
        variables: process.env,
        userId: process.getuid?.() ?? null,
        isSandboxOff: options.isSandboxOff,
      });
  if (result.kind === 'ended') return result.status;
  note(`No window of its own (${result.reason}): Folio Lab is served to your browser instead.`);
  await serveLab({ ...options, command: 'npm run --silent lab --' });
  return 0;
}

/** Says in one sentence what went wrong. @returns The exit status. */
function reportFailure(error: unknown): number {
  reportError(error);
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  note(`folio-lab: ${line}`);
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return isUsage || error instanceof StartError ? BAD_USAGE : 1;
}

/**
 * Starts the laboratory: builds it when that is needed, opens its window, and where none can be opened
 * says why in one line and serves it to the browser.
 *
 * @param words  `--port N`, `--library FILE`, `--browser`, `--no-sandbox` and files to open.
 * @returns The exit status.
 */
export async function startLab(words: readonly string[]): Promise<number> {
  try {
    return await start(words);
  } catch (error) {
    return reportFailure(error);
  }
}

if (import.meta.main) process.exitCode = await startLab(process.argv.slice(2));
