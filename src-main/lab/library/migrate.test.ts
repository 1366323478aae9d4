import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connection.ts';
import { migrate, MIGRATIONS_FOLDER, readMigrations } from './migrate.ts';
import { openLibrary } from './open-library.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

const NOW = new Date('2026-01-31T09:45:00.123Z');
const ADD_COLOUR = 'ALTER TABLE sessions ADD COLUMN colour TEXT;';

let folder: ReturnType<typeof createTemporaryFolder>;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = `${folder.path}/library.db`;
});
afterEach(() => folder.remove());

/** Builds a library as an older version made it, with a session in it. */
function createOldLibrary(version: number): void {
  const connection = connect(path, {});
  migrate(connection, readMigrations(MIGRATIONS_FOLDER).slice(0, version), NOW);
  connection.database.pragma('journal_mode = WAL');
  connection.database.exec(
    "INSERT INTO sessions (id, name, created_at) VALUES ('0', 'of old', '2026-01-01T00:00:00.000Z')",
  );
  connection.database.close();
}

/** The migrations of this version and some that a later one could have. */
function laterMigrations(added: readonly string[]): URL {
  const target = `${folder.path}/migrations`;
  cpSync(fileURLToPath(MIGRATIONS_FOLDER), target, { recursive: true });
  const latest = readMigrations(MIGRATIONS_FOLDER).length;
  for (const [index, sql] of added.entries()) {
    const number = String(latest + 1 + index).padStart(4, '0');
    writeFileSync(`${target}/${number}-later.sql`, sql);
  }
  return pathToFileURL(`${target}/`);
}

function backups(): string[] {
  return readdirSync(folder.path).filter((name) => name.includes('backup'));
}

describe('migrating', () => {
  const latest = readMigrations(MIGRATIONS_FOLDER).length;

  it('brings a library of every version to this one, with what is in it', () => {
    for (let version = 1; version <= latest; version += 1) {
      createOldLibrary(version);
      const library = openLibrary(path, { clock: () => NOW });
      expect(library.sessions().map(({ name }) => name)).toEqual(['of old']);
      library.close();
      expect(backups()).toHaveLength(version === latest ? 0 : 1);
      folder.remove();
      folder = createTemporaryFolder();
      path = `${folder.path}/library.db`;
    }
  });

  it('copies a library to a file beside it before the first change', () => {
    createOldLibrary(latest);
    // Another process has the library open: part of it is still in the log.
    const other = new Database(path);
    other.exec("UPDATE sessions SET notes = 'in the log'");
    const migrationsFolder = laterMigrations([ADD_COLOUR, ADD_COLOUR.replace('colour', 'shape')]);
    openLibrary(path, { clock: () => NOW, migrationsFolder }).close();
    other.close();

    expect(backups()).toEqual([`library.db.version-${latest}.20260131T094500123Z.backup`]);
    const database = new Database(path);
    expect(database.prepare('SELECT colour, shape FROM sessions').all()).toEqual([
      { colour: null, shape: null },
    ]);
    expect(database.prepare('SELECT version FROM migrations').all()).toHaveLength(latest + 2);
    database.close();
    const copy = openLibrary(`${folder.path}/${backups()[0] ?? ''}`);
    expect(copy.sessions().map(({ name, notes }) => [name, notes])).toEqual([
      ['of old', 'in the log'],
    ]);
    copy.close();
  });

  it('changes nothing when one of the migrations fails, and says which and where the copy is', () => {
    createOldLibrary(latest);
    const before = readFileSync(path);
    const migrationsFolder = laterMigrations([
      ADD_COLOUR,
      'ALTER TABLE nowhere ADD COLUMN a TEXT;',
    ]);
    const copy = `${path}.version-${latest}.20260131T094500123Z.backup`;
    expect(() => openLibrary(path, { clock: () => NOW, migrationsFolder })).toThrow(
      `The library ${path} could not be brought from version ${latest} to ${latest + 2} and is as it was, with a copy in ${copy}: 000${latest + 2}-later.sql failed: no such table: nowhere.`,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    openLibrary(path).close();
  });

  it('leaves nothing behind when a new library cannot be made', () => {
    const migrationsFolder = laterMigrations(['no SQL']);
    expect(() => openLibrary(path, { migrationsFolder })).toThrow('could not be brought from');
    expect(backups()).toEqual([]);
    const library = openLibrary(path);
    expect(library.sessions()).toEqual([]);
    library.close();
  });

  it('reads migrations that are numbered without a gap only', () => {
    const source = laterMigrations([]);
    writeFileSync(new URL('0009-gap.sql', source), '');
    expect(() => readMigrations(source)).toThrow('0009-gap.sql is not the migration to version');
  });
});
