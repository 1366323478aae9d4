import { readdirSync, readFileSync } from 'node:fs';
import { backUpLibrary } from './backup.ts';
import type { Connection } from './connection.ts';
import { LibraryError } from './library-error.ts';
import { APPLICATION_ID, checkMarks, isEmptyDatabase, readMarks } from './library-file.ts';
import type { FileMarks } from './library-file.ts';

/** One step from a version of the schema to the next. Only ever adds. */
export type Migration = {
  /** The version it leads to. */
  readonly version: number;
  /** Its file name. */
  readonly name: string;
  readonly sql: string;
};

/** Where the migrations are in the source. A host that is bundled says where it put them. */
export const MIGRATIONS_FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Reads the migrations of a folder, in order.
 *
 * @param folder  Ends in `/`. Its SQL files are numbered from 0001 without a gap.
 */
export function readMigrations(folder: URL): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const version = index + 1;
    if (!name.startsWith(`${String(version).padStart(4, '0')}-`)) {
      throw new Error(`${name} is not the migration to version ${version}`);
    }
    return { version, name, sql: readFileSync(new URL(name, folder), 'utf8') };
  });
}

function checkVersion(connection: Connection, latest: number): FileMarks {
  const marks = readMarks(connection.database);
  checkMarks(connection.path, marks, latest, isEmptyDatabase(connection));
  return marks;
}

function applyMigration({ database }: Connection, migration: Migration, now: Date): void {
  database.exec(migration.sql);
  database
    .prepare('INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)')
    .run(migration.version, migration.name, now.toISOString());
  database.pragma(`user_version = ${migration.version}`);
}

function applyPending(connection: Connection, migrations: readonly Migration[], now: Date): void {
  const { database } = connection;
  const { version } = checkVersion(connection, migrations.length);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  for (const migration of migrations.slice(version)) {
    try {
      applyMigration(connection, migration, now);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LibraryError('migration-failed', `${migration.name} failed: ${reason}`, {
        cause: error,
      });
    }
  }
}

/**
 * Brings a library to the version of the last migration. All that is missing is applied in one
 * transaction with its bookkeeping, so that the file has either version and never one between.
 * Before that a library that is not new is copied to a file beside it, and the copy stays.
 *
 * @throws {LibraryError} `migration-failed`; the library is as it was.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], now: Date): void {
  const { path } = connection;
  const { version } = connection.inSnapshot(() => checkVersion(connection, migrations.length));
  if (version === migrations.length) return;
  let copy: string | null = null;
  try {
    if (version > 0) copy = backUpLibrary(connection, version, now);
    // Another process may have done it meanwhile: inside, the version is read again.
    connection.writing(() => applyPending(connection, migrations, now));
  } catch (error) {
    if (error instanceof LibraryError && error.code !== 'migration-failed') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LibraryError(
      'migration-failed',
      `The library ${path} could not be brought from version ${version} to ${migrations.length} and is as it was${copy === null ? '' : `, with a copy in ${copy}`}: ${reason}.`,
      { cause: error },
    );
  }
}
