import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openLibrary } from '../library/index.ts';
import type { LibraryOptions } from '../library/index.ts';

/** Marks an SQLite file as a session file: "FLSe" in ASCII. A library says "FLab". */
export const SESSION_FILE_ID = 0x464c_5365;

/** What of opening a library also holds for the databases of session files. */
export type DatabaseOptions = Pick<LibraryOptions, 'nativeBinding' | 'migrationsFolder'>;

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Where the header of an SQLite file keeps two numbers, big-endian. Source: sqlite.org/fileformat. */
const USER_VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** What the header of an SQLite file says; null for a file that is none. */
export type Header = { readonly applicationId: number; readonly version: number };

/** Reads the header without SQLite, so that a file is known before anything of it is trusted. */
export function readHeader(path: string): Header | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  return {
    applicationId: header.readUInt32BE(APPLICATION_ID_AT),
    version: header.readUInt32BE(USER_VERSION_AT),
  };
}

/** Changes what a file says it is: a copy of a session file is then opened like a library. */
export function writeApplicationId(path: string, applicationId: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(applicationId);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, APPLICATION_ID_AT);
  } finally {
    closeSync(file);
  }
}

/** Connects to a database that was checked, or made, before. */
export function connectTo(path: string, { nativeBinding }: DatabaseOptions): Database.Database {
  const database = new Database(path, {
    fileMustExist: true,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  try {
    database.pragma('foreign_keys = ON');
    // Nothing that a foreign file defines may run functions with side effects.
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Makes an empty database of this version, with the tables of a library. */
export function createEmptyDatabase(path: string, options: DatabaseOptions): void {
  openLibrary(path, options).close();
}

/** Every table, index and trigger of a database as SQL, in a fixed order. */
export function describeSchema(database: Database.Database): string {
  return database
    .prepare<[], { readonly text: string }>(
      `SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') AS text
       FROM sqlite_schema ORDER BY text`,
    )
    .all()
    .map(({ text }) => text)
    .join('\n');
}
