import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connection.ts';
import { APPLICATION_ID } from './library-file.ts';
import { openLibrary } from './open-library.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = `${folder.path}/library.db`;
  openLibrary(path).close();
});
afterEach(() => folder.remove());

/** The schema as one text: all that a migration can change. */
function readSchemaText(database: Database.Database): string {
  const items = database
    .prepare<[], { sql: string }>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all();
  const version = String(database.pragma('user_version', { simple: true }));
  return [`-- Version ${version}`, ...items.map(({ sql }) => `${sql};`)].join('\n\n') + '\n';
}

describe('the schema', () => {
  it('is the one that was reviewed', async () => {
    const database = new Database(path);
    const schema = readSchemaText(database);
    database.close();
    await expect(
      schema,
      'The migrations give another schema. If that is meant: npm run schema:update',
    ).toMatchFileSnapshot('schema-snapshot.sql');
  });

  it('has strict tables only, and marks the file as a library', () => {
    const database = new Database(path);
    const tables = database
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    const applicationId = database.pragma('application_id', { simple: true });
    const journal = database.pragma('journal_mode', { simple: true });
    database.close();
    expect(tables.length).toBeGreaterThan(9);
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
    expect({ applicationId, journal }).toEqual({ applicationId: APPLICATION_ID, journal: 'wal' });
  });

  it('is guarded on every connection by foreign keys, types and full synchronisation', () => {
    const { database } = connect(path, {});
    const insertLease = (runId: string, processId: unknown) => () =>
      database
        .prepare("INSERT INTO leases VALUES (?, 'holder', 'host', ?, NULL, 'now')")
        .run(runId, processId);
    expect(insertLease('no such run', 1)).toThrow('FOREIGN KEY constraint failed');
    database.pragma('foreign_keys = OFF');
    expect(insertLease('a run', 'word')).toThrow('cannot store TEXT value in INTEGER column');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    database.close();
  });
});
