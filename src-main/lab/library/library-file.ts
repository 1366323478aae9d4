import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../make-folder.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import { LibraryError } from './library-error.ts';

/** Marks an SQLite file as ours: "FLab" in ASCII. */
export const APPLICATION_ID = 0x464c_6162;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Where the header of an SQLite file keeps two numbers, big-endian. Source: sqlite.org/fileformat. */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** What a database says of itself. */
export type FileMarks = { readonly applicationId: number; readonly version: number };

/** The marks in the header of a file that no process has open; null for one that is empty. */
export function readHeaderMarks(path: string): FileMarks | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  let length: number;
  try {
    length = readSync(file, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  if (length === 0) return null;
  if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new LibraryError('not-a-library', `${path} is no library: it is no SQLite database.`);
  }
  return {
    applicationId: header.readUInt32BE(APPLICATION_ID_AT),
    version: header.readUInt32BE(USER_VERSION_AT),
  };
}

/** The marks as a connection sees them. */
export function readMarks(database: Database.Database): FileMarks {
  return {
    applicationId: Number(database.pragma('application_id', { simple: true })),
    version: Number(database.pragma('user_version', { simple: true })),
  };
}

function isFilled(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * The marks of a file without writing to it. The header alone says it, unless a log beside the file
 * holds something newer. After a crash in the middle of a rollback only a full connection can tell.
 */
function inspectFile(path: string, options: ConnectionOptions): FileMarks | null {
  const marks = readHeaderMarks(path);
  if (isFilled(`${path}-journal`)) return null;
  if (!isFilled(`${path}-wal`)) return marks;
  const { nativeBinding } = options;
  const database = new Database(path, {
    readonly: true,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  try {
    return readMarks(database);
  } finally {
    database.close();
  }
}

/**
 * Refuses what is no library, or one of a newer version.
 *
 * @param isEmpty  Whether the database has no tables: then it is free to become a library.
 * @throws {LibraryError} `not-a-library` or `newer-version`.
 */
export function checkMarks(path: string, marks: FileMarks, latest: number, isEmpty: boolean): void {
  const { applicationId, version } = marks;
  if (isEmpty && applicationId === 0 && version === 0) return;
  if (applicationId !== APPLICATION_ID) {
    throw new LibraryError(
      'not-a-library',
      `${path} is no library: it is an SQLite database of another program.`,
    );
  }
  if (version > latest) {
    throw new LibraryError(
      'newer-version',
      `The library ${path} has version ${version}, and this Folio Lab reads up to ${latest}; it was not changed: open it with a newer Folio Lab.`,
    );
  }
}

function describeSystemError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function checkPlace(path: string): Stats | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      makeFolder(dirname(path));
    } else if (!found.isDirectory()) {
      accessSync(path, constants.R_OK | constants.W_OK);
    }
    // The log of SQLite is a second file in the same folder.
    accessSync(dirname(path), constants.W_OK);
    return found;
  } catch (error) {
    const reason = describeSystemError(error);
    const sentence = `The library ${path} cannot be opened for writing: ${reason}.`;
    throw new LibraryError('cannot-open', sentence, { cause: error });
  }
}

/**
 * Looks at the place of a library before anything is written there, and makes its folder.
 *
 * @param latest  The version this program writes.
 * @throws {LibraryError} `cannot-open`, `not-a-library` or `newer-version`.
 */
export function checkLibraryFile(path: string, latest: number, options: ConnectionOptions): void {
  const found = checkPlace(path);
  if (found === undefined) return;
  if (found.isDirectory()) {
    throw new LibraryError('cannot-open', `The library ${path} is a folder; name a file.`);
  }
  if (!found.isFile()) {
    throw new LibraryError('cannot-open', `The library ${path} is no ordinary file.`);
  }
  const marks = inspectFile(path, options);
  if (marks !== null) {
    checkMarks(path, marks, latest, marks.applicationId === 0 && marks.version === 0);
  }
}

/** Whether a database has no tables yet. */
export function isEmptyDatabase({ database }: Connection): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
