import type Database from 'better-sqlite3';
import type { SessionRecord } from '#contract';
import { copyMeasurement, copyRun, copySession } from './copy-rows.ts';
import type { Route } from './copy-rows.ts';
import {
  defineCostModelHere,
  mergeCostModels,
  TRIALS_WITH_MODELS_HERE,
} from './merge-cost-models.ts';
import type { RenamedCostModel } from './merge-cost-models.ts';
import { connectTo } from './session-database.ts';
import type { DatabaseOptions } from './session-database.ts';
import { reasonOf, SessionFileError } from './session-file-error.ts';

/** What an import did. */
export type MergeReport = {
  readonly sessionIds: readonly string[];
  /** Runs that were added, or taken out of the trash. */
  readonly importedRuns: number;
  /** Runs that the library had already; they stay as they are. */
  readonly skippedRuns: number;
  /** Measurements that were added, or taken out of the trash. */
  readonly importedMeasurements: number;
  /** Measurements that the library had already. */
  readonly skippedMeasurements: number;
  /** Cost models that were added, under the names they have in this library: `my-epyc@2`. */
  readonly importedCostModels: readonly string[];
  /**
   * Cost models that have another version here than in the file. Trials that were added name them as they
   * are called here; the text of a run's experiment stays as it was run.
   */
  readonly renamedCostModels: readonly RenamedCostModel[];
};

/** How long another process may keep the library. Unit: milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

const INTO_LIBRARY: Route = { from: 'file', to: 'main' };

type TableName = 'sessions' | 'runs' | 'measurements';

type Named = Pick<SessionRecord, 'id' | 'name'>;
type Stored = { readonly deleted_at: string | null };

function findStored(database: Database.Database, table: TableName, id: string): Stored | null {
  return (
    database
      .prepare<[string], Stored>(`SELECT deleted_at FROM main.${table} WHERE id = ?`)
      .get(id) ?? null
  );
}

/** A name that no other session outside the trash has: `Reads`, `Reads (2)`, `Reads (3)`. */
function freeName(database: Database.Database, { id, name }: Named): string {
  const isTaken = database.prepare<[string, string]>(
    'SELECT 1 FROM main.sessions WHERE name = ? AND id <> ? AND deleted_at IS NULL',
  );
  let free = name;
  for (let copy = 2; isTaken.get(free, id) !== undefined; copy += 1) free = `${name} (${copy})`;
  return free;
}

function restore(database: Database.Database, table: TableName, id: string): void {
  database.prepare(`UPDATE main.${table} SET deleted_at = NULL WHERE id = ?`).run(id);
}

function mergeSession(database: Database.Database, session: Named): void {
  const stored = findStored(database, 'sessions', session.id);
  if (stored === null) {
    copySession(database, INTO_LIBRARY, session.id, freeName(database, session));
  } else if (stored.deleted_at !== null) {
    const own = database
      .prepare<[string], Named>('SELECT id, name FROM main.sessions WHERE id = ?')
      .get(session.id);
    const name = freeName(database, own ?? session);
    database.prepare('UPDATE main.sessions SET name = ? WHERE id = ?').run(name, session.id);
    restore(database, 'sessions', session.id);
  }
}

/** @returns Whether the library shows a run now that it did not show before. */
function mergeRun(database: Database.Database, runId: string): boolean {
  const stored = findStored(database, 'runs', runId);
  if (stored === null) {
    // In one go: another turn of the event loop would find the library locked by ourselves.
    Array.from(copyRun(database, INTO_LIBRARY, runId, TRIALS_WITH_MODELS_HERE));
    return true;
  }
  if (stored.deleted_at === null) return false;
  restore(database, 'runs', runId);
  return true;
}

/** The measurement that a session has of the same file. */
function findSameFile(database: Database.Database, id: string): { readonly id: string } | null {
  return (
    database
      .prepare<[string], { readonly id: string }>(
        `SELECT own.id FROM file.measurements AS theirs
         JOIN main.measurements AS own ON own.id = theirs.id
           OR (own.session_id = theirs.session_id AND own.sha256 = theirs.sha256)
         WHERE theirs.id = ?`,
      )
      .get(id) ?? null
  );
}

/** @returns Whether the library shows a measurement now that it did not show before. */
function mergeMeasurement(database: Database.Database, id: string): boolean {
  const known = findSameFile(database, id);
  if (known === null) {
    copyMeasurement(database, INTO_LIBRARY, id);
    return true;
  }
  if (findStored(database, 'measurements', known.id)?.deleted_at === null) return false;
  restore(database, 'measurements', known.id);
  return true;
}

type Identified = { readonly id: string };

function mergeAll(database: Database.Database): MergeReport {
  const models = mergeCostModels(database, INTO_LIBRARY);
  defineCostModelHere(database, models.renamed);
  const sessions = database
    .prepare<[], Named>('SELECT id, name FROM file.sessions ORDER BY created_at, id')
    .all();
  for (const session of sessions) mergeSession(database, session);
  const runs = database
    .prepare<[], Identified>('SELECT id FROM file.runs ORDER BY started_at, id')
    .all();
  const shown = runs.filter(({ id }) => mergeRun(database, id));
  const measurements = database
    .prepare<[], Identified>('SELECT id FROM file.measurements ORDER BY imported_at, id')
    .all();
  const added = measurements.filter(({ id }) => mergeMeasurement(database, id));
  return {
    sessionIds: sessions.map(({ id }) => id),
    importedRuns: shown.length,
    skippedRuns: runs.length - shown.length,
    importedMeasurements: added.length,
    skippedMeasurements: measurements.length - added.length,
    importedCostModels: models.imported,
    renamedCostModels: models.renamed,
  };
}

/**
 * Adds the sessions, runs, measurements and cost models of one database to another, by their ids: what is there already stays as
 * it is there, but for what lies in the trash, which is taken out. All of it in one transaction.
 *
 * @param file  A database of this version that was checked to the last row.
 * @throws {SessionFileError} `library-failed`; the library is as it was.
 */
export function mergeSessions(
  libraryPath: string,
  file: string,
  options: DatabaseOptions,
): MergeReport {
  let database: Database.Database | null = null;
  try {
    database = connectTo(libraryPath, options);
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.pragma('synchronous = FULL');
    database.prepare('ATTACH ? AS file').run(file);
    const opened = database;
    return opened.transaction(() => mergeAll(opened)).immediate();
  } catch (error) {
    throw new SessionFileError(
      'library-failed',
      `Nothing was imported into the library ${libraryPath}: ${reasonOf(error)}.`,
      { cause: error },
    );
  } finally {
    database?.close();
  }
}
