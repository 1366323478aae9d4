import { existsSync } from 'node:fs';
import type { MeasurementRecord, RunRecord, SessionRecord, StoredCostModel } from '#contract';
import { defaultLibraryPath, libraryWords, openLibrary } from '../../lab/index.ts';
import type { Library } from '../../lab/index.ts';
import { BadInput } from './bad-input.ts';
import { commandLine } from './invocation.ts';
import { note } from './output.ts';

/** What every command over the library takes. */
export type LibraryOptions = { readonly library?: string };

export const LIBRARY_OPTION = [
  '--library <file>',
  'the library; by default $FOLIO_LAB_LIBRARY, else the one in your data folder',
] as const;

/** The session of what is run or imported without naming one. */
export const DEFAULT_SESSION = 'Command line';

/** A library that a command only reads is not made for it: one that is not there is empty. */
const NO_FILE = ':memory:';

/** What has to be added to a command so that it finds this library and not the usual one. */
export function libraryOption({ path }: Pick<Library, 'path'>): string {
  const [option, place] = libraryWords(path, 'this');
  if (option === undefined || place === undefined) return '';
  return ` ${option} '${place.replaceAll("'", `'\\''`)}'`;
}

function noteInterrupted(library: Library): void {
  for (const run of library.interruptedRuns) {
    const resume = commandLine(`resume ${shortId(run)}${libraryOption(library)}`);
    note(
      `run ${shortId(run)} (${run.experimentName}) was cut off and is marked interrupted; "${resume}" runs the rest`,
    );
  }
}

async function useLibrary<Result>(
  path: string,
  action: (library: Library) => Result | Promise<Result>,
): Promise<Result> {
  const library = openLibrary(path);
  try {
    noteInterrupted(library);
    return await action(library);
  } finally {
    library.close();
  }
}

/** Does something with the library, which is made when there is none. */
export function writeToLibrary<Result>(
  options: LibraryOptions,
  action: (library: Library) => Result | Promise<Result>,
): Promise<Result> {
  return useLibrary(options.library ?? defaultLibraryPath(), action);
}

/**
 * Does something with a library that should be there.
 *
 * @throws {BadInput} when the user names one that is not.
 */
export function readFromLibrary<Result>(
  options: LibraryOptions,
  action: (library: Library) => Result | Promise<Result>,
): Promise<Result> {
  const path = options.library ?? defaultLibraryPath();
  if (existsSync(path)) return useLibrary(path, action);
  if (options.library !== undefined) {
    throw new BadInput(`--library: there is no library ${path}; "${commandLine('run')}" makes one`);
  }
  return useLibrary(NO_FILE, action);
}

/**
 * The cost models of a library; none where there is no library yet.
 *
 * @throws {LibraryError} when it cannot be opened.
 */
export function readStoredCostModels(options: LibraryOptions): Promise<readonly StoredCostModel[]> {
  const path = options.library ?? defaultLibraryPath();
  return useLibrary(existsSync(path) ? path : NO_FILE, (library) => library.storedCostModels());
}

/** Enough of an id to find it again. */
export function shortId({ id }: { readonly id: string }): string {
  return id.slice(0, 8);
}

/**
 * Finds a run by its id or the beginning of it.
 *
 * @throws {BadInput} when there is none.
 */
export function requireRun(library: Library, id: string): RunRecord {
  const run = library.findRun(id);
  if (run !== null) return run;
  throw new BadInput(`there is no run ${id}; "${commandLine('runs')}" lists them`);
}

/** What an id or a name means: a run, a measurement, or a session. */
export type Subject =
  | { readonly kind: 'run'; readonly run: RunRecord }
  | { readonly kind: 'measurement'; readonly measurement: MeasurementRecord }
  | { readonly kind: 'session'; readonly session: SessionRecord };

/**
 * Finds a run or a measurement by its id or the beginning of it, or a session by its id or name.
 *
 * @throws {BadInput} when there is none of them.
 */
export function requireSubject(library: Library, idOrName: string): Subject {
  const run = library.findRun(idOrName);
  if (run !== null) return { kind: 'run', run };
  const measurement = library.findMeasurement(idOrName);
  if (measurement !== null) return { kind: 'measurement', measurement };
  const session = library.findSession(idOrName);
  if (session !== null) return { kind: 'session', session };
  throw new BadInput(
    `there is no run or session ${idOrName}, and no measurement; "${commandLine('runs')}", "${commandLine('sessions')}" and "${commandLine('measurements')}" list them`,
  );
}

/**
 * Finds a session by its id or name.
 *
 * @throws {BadInput} when there is none.
 */
export function requireSession(library: Library, idOrName: string): SessionRecord {
  const session = library.findSession(idOrName);
  if (session !== null) return session;
  throw new BadInput(`there is no session ${idOrName}; "${commandLine('sessions')}" lists them`);
}
