import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { costModelReference } from '#contract';
import type { Library } from '../library/index.ts';
import { copyCostModel, copyMeasurement, copyRun, copySession } from './copy-rows.ts';
import type { Route } from './copy-rows.ts';
import { findPricedModels } from './priced-models.ts';
import type { ModelVersion } from './priced-models.ts';
import { connectTo, createEmptyDatabase, SESSION_FILE_ID } from './session-database.ts';
import type { DatabaseOptions } from './session-database.ts';
import { reasonOf, SessionFileError } from './session-file-error.ts';

/** A session that is to be saved. */
export type SessionToSave = {
  /** Where the library is; not one in memory. */
  readonly library: Pick<Library, 'path'>;
  readonly sessionId: string;
  /** The file to write; one that is there is replaced. */
  readonly target: string;
};

const OUT_OF_LIBRARY: Route = { from: 'library', to: 'main' };

function readName(database: Database.Database, sessionId: string): string {
  const session = database
    .prepare<[string], { readonly name: string }>('SELECT name FROM library.sessions WHERE id = ?')
    .get(sessionId);
  if (session === undefined) {
    throw new SessionFileError('not-found', `There is no session ${sessionId} in the library.`);
  }
  return session.name;
}

/** The cost models of the library that runs of the copy were priced with. */
function collectCostModels(database: Database.Database): void {
  const models = new Map<string, ModelVersion>();
  for (const { model } of findPricedModels(database, { trials: 'main', models: 'library' })) {
    models.set(costModelReference(model), model);
  }
  for (const model of models.values()) {
    copyCostModel(database, OUT_OF_LIBRARY, model, model.version);
  }
}

/** What was measured and is not in the trash. */
async function collectMeasurements(database: Database.Database, sessionId: string): Promise<void> {
  const measurements = database
    .prepare<[string], { readonly id: string }>(
      'SELECT id FROM library.measurements WHERE session_id = ? AND deleted_at IS NULL',
    )
    .all(sessionId);
  for (const { id } of measurements) {
    copyMeasurement(database, OUT_OF_LIBRARY, id);
    await nextTurn();
  }
}

/** Copies the session in one transaction, which sees the library as it was at one moment. */
async function collectSession(database: Database.Database, sessionId: string): Promise<void> {
  database.exec('BEGIN');
  copySession(database, OUT_OF_LIBRARY, sessionId, readName(database, sessionId));
  const runs = database
    .prepare<[string], { readonly id: string }>(
      'SELECT id FROM library.runs WHERE session_id = ? AND deleted_at IS NULL ORDER BY started_at, id',
    )
    .all(sessionId);
  for (const { id } of runs) {
    // Only this connection has the transaction: everything else may read and write meanwhile.
    for (const step of copyRun(database, OUT_OF_LIBRARY, id)) await nextTurn(step);
  }
  await collectMeasurements(database, sessionId);
  collectCostModels(database);
  database.exec('COMMIT');
}

function flushToDisk(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a database to a file that is there whole or not at all. */
async function writeWhole(database: Database.Database, target: string): Promise<void> {
  const unfinished = `${target}.${randomUUID()}.partial`;
  try {
    await database.backup(unfinished);
    flushToDisk(unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    throw new SessionFileError(
      'cannot-write',
      `The session file ${target} cannot be written: ${reasonOf(error)}.`,
      { cause: error },
    );
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function fillDatabase(
  path: string,
  { library, sessionId }: SessionToSave,
  options: DatabaseOptions,
): Promise<Database.Database> {
  createEmptyDatabase(path, options);
  const database = connectTo(path, options);
  try {
    // A file that is alone needs no log beside it, and this one is not the copy that is kept.
    database.pragma('journal_mode = DELETE');
    database.pragma('synchronous = OFF');
    database.prepare('ATTACH ? AS library').run(library.path);
    await collectSession(database, sessionId);
    database.exec('DETACH library');
    database.pragma(`application_id = ${SESSION_FILE_ID}`);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof SessionFileError) throw error;
    throw new SessionFileError(
      'library-failed',
      `The session could not be read from the library ${library.path}: ${reasonOf(error)}.`,
      { cause: error },
    );
  }
}

/**
 * Saves a session with its runs and measurements, those in the trash left out, as one file. The cost
 * models of the library that its runs were priced with go with it. A run that is not over is
 * saved as one that was interrupted, with the trials it has.
 *
 * The library can be used meanwhile, by this process too.
 *
 * @throws {SessionFileError} `not-found`, `cannot-write` or `library-failed`; the target is as it was.
 */
export async function saveSessionFile(
  session: SessionToSave,
  options: DatabaseOptions = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-session-'));
  try {
    const database = await fillDatabase(join(folder, 'session.db'), session, options);
    try {
      await writeWhole(database, session.target);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
