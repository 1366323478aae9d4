import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MeasurementRecord, RunRecord, SessionRecord } from '#contract';
import { LibraryError, openLibrary } from '../library/index.ts';
import type { Library } from '../library/index.ts';
import { mergeSessions } from './merge-sessions.ts';
import type { MergeReport } from './merge-sessions.ts';
import {
  connectTo,
  createEmptyDatabase,
  describeSchema,
  readHeader,
  SESSION_FILE_ID,
  writeApplicationId,
} from './session-database.ts';
import type { DatabaseOptions } from './session-database.ts';
import { reasonOf, SessionFileError } from './session-file-error.ts';

/** A session file that was read to its end and found whole. The file itself is never written. */
export type OpenedSessionFile = {
  readonly fileName: string;
  readonly sessions: readonly SessionRecord[];
  readonly runs: readonly RunRecord[];
  readonly measurements: readonly MeasurementRecord[];
  /**
   * Adds to a library what of the file it does not have; all of it or nothing.
   *
   * @throws {SessionFileError} `library-failed`.
   */
  readonly importInto: (library: Pick<Library, 'path'>) => MergeReport;
  /** Forgets the file. Nothing of it may be used afterwards; closing it again does nothing. */
  readonly close: () => void;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function checkHeader(path: string, name: string, expected: Header): void {
  let header: Header | null;
  try {
    header = readHeader(path);
  } catch (error) {
    const sentence = `${name} cannot be read: ${reasonOf(error)}.`;
    throw new SessionFileError('cannot-read', sentence, { cause: error });
  }
  if (header === null) {
    throw new SessionFileError('not-a-session-file', `${name} is no session file.`);
  }
  if (header.applicationId === expected.applicationId) {
    throw new SessionFileError(
      'not-a-session-file',
      `${name} is a library and no session file; open it with --library.`,
    );
  }
  if (header.applicationId !== SESSION_FILE_ID) {
    throw new SessionFileError(
      'not-a-session-file',
      `${name} is no session file: it is an SQLite database of another program.`,
    );
  }
  if (header.version > expected.version) {
    throw new SessionFileError(
      'newer-version',
      `${name} has version ${header.version}, and this Folio Lab reads up to ${expected.version}; open it with a newer Folio Lab.`,
    );
  }
}

type Header = NonNullable<ReturnType<typeof readHeader>>;
/** What a database of this version looks like. */
type Pattern = { readonly header: Header; readonly schema: string };

function readPattern(folder: string, options: DatabaseOptions): Pattern {
  const path = join(folder, 'empty.db');
  createEmptyDatabase(path, options);
  const database = connectTo(path, options);
  try {
    const header = readHeader(path);
    if (header === null) throw new Error('an empty library has no header');
    return { header, schema: describeSchema(database) };
  } finally {
    database.close();
  }
}

/** A file that was made elsewhere may define more than it should, or lie about its pages. */
function checkContent(path: string, pattern: Pattern, options: DatabaseOptions): void {
  const database = connectTo(path, options);
  try {
    const found = database.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(String(found));
    if (describeSchema(database) !== pattern.schema) {
      throw new Error('its tables are not those of a session');
    }
    const [orphan] = database.prepare('PRAGMA foreign_key_check').raw().all();
    if (orphan !== undefined) throw new Error('it has rows that belong to nothing');
  } finally {
    database.close();
  }
}

async function checkTrials(library: Library, runs: readonly RunRecord[]): Promise<void> {
  for (const run of runs) {
    let count = 0;
    for (const { parameters } of library.trials(run.id)) {
      if (parameters.id === '') throw new Error(`a trial of run ${run.id} has no id`);
      count += 1;
      if (count % 16 === 0) await nextTurn();
    }
  }
}

async function checkMeasurements(
  library: Library,
  measurements: readonly MeasurementRecord[],
): Promise<void> {
  for (const { id, kind } of measurements) {
    if (library.measurementDocument(id).kind !== kind) {
      throw new Error(`measurement ${id} is not of its kind`);
    }
    await nextTurn();
  }
}

async function readRecords(
  library: Library,
): Promise<Pick<OpenedSessionFile, 'sessions' | 'runs' | 'measurements'>> {
  const sessions = library.sessions({ archived: 'any', deleted: 'any' });
  const runs = library.runs({ archived: 'any', deleted: 'any' });
  const measurements = library.measurements({ deleted: 'any' });
  const wrong = [...sessions, ...runs, ...measurements].find(({ id }) => !UUID.test(id));
  if (wrong !== undefined) throw new Error(`the id ${JSON.stringify(wrong.id)} is no UUID`);
  if (sessions.length === 0) throw new Error('it holds no session');
  await checkTrials(library, runs);
  await checkMeasurements(library, measurements);
  // Reading them is the check.
  library.storedCostModels();
  return { sessions, runs, measurements };
}

/** Says it of the file the user chose and not of our copy of it. */
function describeFailure(error: unknown, name: string, copy: string): SessionFileError {
  if (error instanceof SessionFileError) return error;
  const reason = reasonOf(error)
    .replaceAll(`The library ${copy}`, 'its database')
    .replaceAll(copy, name);
  if (error instanceof LibraryError && error.code === 'newer-version') {
    const sentence = `${name} was not opened: ${reason}.`;
    return new SessionFileError('newer-version', sentence, { cause: error });
  }
  const sentence = `${name} is damaged and was not opened: ${reason}.`;
  return new SessionFileError('damaged', sentence, { cause: error });
}

async function readCopy(
  copy: string,
  pattern: Pattern,
  options: DatabaseOptions,
): Promise<Pick<OpenedSessionFile, 'sessions' | 'runs' | 'measurements'>> {
  writeApplicationId(copy, pattern.header.applicationId);
  // Opening it brings an older file to this version; afterwards it can be compared with ours.
  const library = openLibrary(copy, options);
  try {
    checkContent(copy, pattern, options);
    return await readRecords(library);
  } finally {
    library.close();
  }
}

/**
 * Opens a session file to look at it, and to import it afterwards. A copy is read, so the file stays
 * as it is; every row of it is read once before anything is said.
 *
 * @throws {SessionFileError} `cannot-read`, `not-a-session-file`, `newer-version` or `damaged`.
 */
export async function openSessionFile(
  path: string,
  options: DatabaseOptions = {},
): Promise<OpenedSessionFile> {
  const fileName = basename(path);
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-session-'));
  const close = (): void => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, 'session.db');
  try {
    const pattern = readPattern(folder, options);
    checkHeader(path, fileName, pattern.header);
    copyFileSync(path, copy);
    const records = await readCopy(copy, pattern, options);
    const importInto: OpenedSessionFile['importInto'] = (library) =>
      mergeSessions(library.path, copy, options);
    return { fileName, ...records, importInto, close };
  } catch (error) {
    close();
    throw describeFailure(error, fileName, copy);
  }
}
