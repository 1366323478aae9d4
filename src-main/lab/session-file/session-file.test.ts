import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunRecord, SessionRecord, StoredTrial } from '#contract';
import { openLibrary } from '../library/index.ts';
import type { Library } from '../library/index.ts';
import { smallTrials } from '../testing/small-plan.ts';
import { startSmallRun } from '../testing/start-small-run.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { openSessionFile, saveSessionFile, SESSION_FILE_ID, SessionFileError } from './index.ts';
import type { MergeReport } from './index.ts';

let folder: string;
let library: Library;
let otherLibrary: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  library = openLibrary(join(folder, 'library.db'));
  otherLibrary = openLibrary(join(folder, 'other.db'));
});
afterEach(() => {
  library.close();
  otherLibrary.close();
  rmSync(folder, { recursive: true, force: true });
});

const trials = smallTrials({ replicates: 2 });

function place(name: string): string {
  return join(folder, name);
}

/** The session "small" with two runs, beside another session that is nobody's business. */
function fillLibrary(): { readonly session: SessionRecord; readonly runs: readonly RunRecord[] } {
  const runs = [
    storeSmallRun(library, trials, { title: 'First' }),
    storeSmallRun(library, trials.slice(0, 3), { title: 'Second', status: 'cancelled' }),
  ];
  const session = library.findOrCreateSession('small');
  library.setSessionNotes(session.id, 'Which array?');
  library.setRunTags(runs[0]?.id ?? '', ['patch series']);
  library.archiveRun(runs[1]?.id ?? '');
  const other = library.createSession('Private');
  storeSmallRun(library, trials, { sessionId: other.id });
  return { session, runs };
}

async function save(session: SessionRecord, name = 'small.foliolab'): Promise<string> {
  await saveSessionFile({ library, sessionId: session.id, target: place(name) });
  return place(name);
}

async function importFile(path: string, target: Library): Promise<MergeReport> {
  const file = await openSessionFile(path);
  try {
    return file.importInto(target);
  } finally {
    file.close();
  }
}

const NOTHING_ELSE = {
  importedMeasurements: 0,
  skippedMeasurements: 0,
  importedCostModels: [],
  renamedCostModels: [],
};

/** All that a session is, in any library. */
function sessionContent(of: Library, sessionId: string) {
  const runs = of.runs({ sessionId, archived: 'any' });
  return {
    session: of.findSession(sessionId),
    runs: runs.map((run) => ({ run, trials: [...of.trials(run.id)] satisfies StoredTrial[] })),
  };
}

async function codeOf(opening: Promise<unknown>): Promise<string> {
  try {
    await opening;
    return 'no error';
  } catch (error) {
    if (!(error instanceof SessionFileError)) return String(error);
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(error.message).not.toMatch(/folio-lab-session-/);
    return error.code;
  }
}

it('brings a session to another library as it was, with nothing of other sessions', async () => {
  const { session } = fillLibrary();

  const report = await importFile(await save(session), otherLibrary);

  expect(report).toEqual({
    sessionIds: [session.id],
    importedRuns: 2,
    skippedRuns: 0,
    ...NOTHING_ELSE,
  });
  expect(sessionContent(otherLibrary, session.id)).toEqual(sessionContent(library, session.id));
  expect(otherLibrary.sessions({ archived: 'any', deleted: 'any' })).toHaveLength(1);
  expect(readFileSync(place('small.foliolab')).includes('Private')).toBe(false);
});

it('is one file that says what it is, and leaves none beside it', async () => {
  const { session } = fillLibrary();

  const database = new Database(await save(session), { readonly: true });

  expect(database.pragma('application_id', { simple: true })).toBe(SESSION_FILE_ID);
  expect(database.pragma('user_version', { simple: true })).toBeGreaterThan(0);
  expect(database.pragma('journal_mode', { simple: true })).toBe('delete');
  database.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('small'))).toEqual([
    'small.foliolab',
  ]);
});

it('shows what is in a file without touching the file or any library', async () => {
  const { session, runs } = fillLibrary();
  const path = await save(session);
  const before = readFileSync(path);

  const file = await openSessionFile(path);
  file.close();

  expect(file.fileName).toBe('small.foliolab');
  expect(file.sessions.map(({ name, runCount }) => ({ name, runCount }))).toEqual([
    { name: 'small', runCount: 2 },
  ]);
  expect(new Set(file.runs.map(({ id }) => id))).toEqual(new Set(runs.map(({ id }) => id)));
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(otherLibrary.sessions()).toEqual([]);
});

it('adds nothing when a file is imported a second time', async () => {
  const { session } = fillLibrary();
  const path = await save(session);
  await importFile(path, otherLibrary);
  const once = sessionContent(otherLibrary, session.id);

  const report = await importFile(path, otherLibrary);

  expect(report).toEqual({
    sessionIds: [session.id],
    importedRuns: 0,
    skippedRuns: 2,
    ...NOTHING_ELSE,
  });
  expect(sessionContent(otherLibrary, session.id)).toEqual(once);
});

it('adds the runs that are new, and keeps what was changed since', async () => {
  const { session } = fillLibrary();
  await importFile(await save(session), otherLibrary);
  otherLibrary.renameSession(session.id, 'Renamed here');
  storeSmallRun(library, trials, { title: 'Third' });

  const report = await importFile(await save(session), otherLibrary);

  expect(report).toEqual({
    sessionIds: [session.id],
    importedRuns: 1,
    skippedRuns: 2,
    ...NOTHING_ELSE,
  });
  expect(otherLibrary.findSession(session.id)).toMatchObject({ name: 'Renamed here', runCount: 3 });
});

it('brings back a session and a run that were deleted', async () => {
  const { session, runs } = fillLibrary();
  const path = await save(session);
  library.deleteRun(runs[0]?.id ?? '');
  library.deleteSession(session.id);
  library.createSession('small');

  const report = await importFile(path, library);

  expect(report).toEqual({
    sessionIds: [session.id],
    importedRuns: 1,
    skippedRuns: 1,
    ...NOTHING_ELSE,
  });
  expect(library.sessions().map(({ name, runCount }) => ({ name, runCount }))).toContainEqual({
    name: 'small (2)',
    runCount: 2,
  });
});

it('brings back a session that was deleted for good', async () => {
  const { session } = fillLibrary();
  const path = await save(session);
  const before = sessionContent(library, session.id);
  library.deleteSession(session.id);
  library.purgeSession(session.id);

  await importFile(path, library);

  expect(sessionContent(library, session.id)).toEqual(before);
});

it('gives an imported session a free name when another session has its own', async () => {
  const { session } = fillLibrary();
  otherLibrary.createSession('small');

  await importFile(await save(session), otherLibrary);

  expect(otherLibrary.findSession(session.id)?.name).toBe('small (2)');
});

it('leaves the trash at home', async () => {
  const { session, runs } = fillLibrary();
  library.deleteRun(runs[1]?.id ?? '');

  const report = await importFile(await save(session), otherLibrary);

  expect(report.importedRuns).toBe(1);
  expect(otherLibrary.findRun(runs[1]?.id ?? '')).toBeNull();
});

it('saves a run that is not over as interrupted, while it goes on', async () => {
  const run = startSmallRun(library, 4);
  const session = library.findOrCreateSession('small');

  await importFile(await save(session), otherLibrary);

  expect(otherLibrary.findRun(run.id)).toMatchObject({ status: 'interrupted', finishedTrials: 0 });
  expect(library.endRun(run.id, { status: 'finished', expectations: [] }).status).toBe('finished');
});

it('sees the library as it was at one moment, and lets it change meanwhile', async () => {
  const { session, runs } = fillLibrary();

  const saving = save(session);
  await new Promise((resolve) => setImmediate(resolve));
  storeSmallRun(library, trials, { title: 'Too late' });
  const report = await importFile(await saving, otherLibrary);

  expect(report.importedRuns).toBe(runs.length);
});

it('replaces a file only by a whole one', async () => {
  const { session } = fillLibrary();
  writeFileSync(place('small.foliolab'), 'kept');

  const missing = await codeOf(
    saveSessionFile({
      library,
      sessionId: '00000000-0000-4000-8000-000000000000',
      target: place('small.foliolab'),
    }),
  );
  const nowhere = await codeOf(
    saveSessionFile({ library, sessionId: session.id, target: place('no/such/folder.foliolab') }),
  );

  expect({ missing, nowhere }).toEqual({ missing: 'not-found', nowhere: 'cannot-write' });
  expect(readFileSync(place('small.foliolab'), 'utf8')).toBe('kept');
});

it('refuses what is no session file, each with one sentence', async () => {
  const { session } = fillLibrary();
  const path = await save(session);
  writeFileSync(place('empty.foliolab'), '');
  writeFileSync(place('text.foliolab'), 'schema: folio-lab/experiment@1\n'.repeat(100));
  const foreign = new Database(place('foreign.foliolab'));
  foreign.exec('CREATE TABLE cats (name TEXT)');
  foreign.close();
  const whole = readFileSync(path);
  writeFileSync(place('cut.foliolab'), whole.subarray(0, whole.length / 2));
  copyFileSync(path, place('newer.foliolab'));
  const newer = new Database(place('newer.foliolab'));
  newer.pragma('user_version = 4000');
  newer.close();

  expect({
    none: await codeOf(openSessionFile(place('none.foliolab'))),
    folder: await codeOf(openSessionFile(folder)),
    empty: await codeOf(openSessionFile(place('empty.foliolab'))),
    text: await codeOf(openSessionFile(place('text.foliolab'))),
    foreign: await codeOf(openSessionFile(place('foreign.foliolab'))),
    library: await codeOf(openSessionFile(library.path)),
    cut: await codeOf(openSessionFile(place('cut.foliolab'))),
    newer: await codeOf(openSessionFile(place('newer.foliolab'))),
  }).toEqual({
    none: 'cannot-read',
    folder: 'cannot-read',
    empty: 'not-a-session-file',
    text: 'not-a-session-file',
    foreign: 'not-a-session-file',
    library: 'not-a-session-file',
    cut: 'damaged',
    newer: 'newer-version',
  });
});

/** Does something to a file that the laboratory would never do. */
function tamper(path: string, sql: string): void {
  const database = new Database(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

it('refuses a file whose rows or tables are not those of a session', async () => {
  const { session } = fillLibrary();
  const path = await save(session);
  const attacks = {
    trigger: 'CREATE TRIGGER more AFTER INSERT ON sessions BEGIN DELETE FROM runs; END',
    table: 'CREATE TABLE more (text TEXT) STRICT',
    view: 'CREATE VIEW more AS SELECT 1',
    noTable: 'DROP TABLE allocations',
    orphan: 'PRAGMA foreign_keys = OFF; DELETE FROM sessions',
    noSession: 'PRAGMA foreign_keys = ON; DELETE FROM sessions',
    identity: "PRAGMA foreign_keys = OFF; UPDATE sessions SET id = '../../etc'; DELETE FROM runs",
    json: `DROP TRIGGER trials_do_not_change; UPDATE trials SET parameters = '[]';
      CREATE TRIGGER trials_do_not_change BEFORE UPDATE ON trials BEGIN
        SELECT RAISE(ABORT, 'a trial does not change');
      END`,
    status: "DROP TRIGGER runs_end_once; UPDATE runs SET status = 'odd'",
  };

  const codes: Record<string, string> = {};
  for (const [name, sql] of Object.entries(attacks)) {
    copyFileSync(path, place('bad.foliolab'));
    tamper(place('bad.foliolab'), sql);
    codes[name] = await codeOf(importFile(place('bad.foliolab'), otherLibrary));
  }

  expect(codes).toEqual(Object.fromEntries(Object.keys(attacks).map((name) => [name, 'damaged'])));
  expect(otherLibrary.sessions({ archived: 'any', deleted: 'any' })).toEqual([]);
});

it('answers any bytes with a sentence, and leaves the library as it was', async () => {
  const { session } = fillLibrary();
  const whole = readFileSync(await save(session));
  const path = place('any.foliolab');
  const damage = fc.record({
    at: fc.array(fc.nat(whole.length - 1), { minLength: 1, maxLength: 40 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    keptShare: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  await fc.assert(
    fc.asyncProperty(damage, async ({ at, bytes, keptShare }) => {
      const damaged = Buffer.from(whole);
      for (const start of at) damaged.set(bytes.subarray(0, damaged.length - start), start);
      writeFileSync(path, damaged.subarray(0, Math.ceil(damaged.length * keptShare)));

      const code = await codeOf(openSessionFile(path).then((file) => file.close()));

      expect(['no error', 'not-a-session-file', 'newer-version', 'damaged']).toContain(code);
    }),
    { numRuns: 60 },
  );
  expect(otherLibrary.sessions()).toEqual([]);
});

it('imports all of a file or nothing', async () => {
  const { session } = fillLibrary();
  const file = await openSessionFile(await save(session));
  // Another program keeps the library from taking the second run.
  tamper(
    otherLibrary.path,
    "CREATE TRIGGER full BEFORE INSERT ON runs WHEN (SELECT count(*) FROM runs) > 0 BEGIN SELECT RAISE(ABORT, 'full'); END",
  );

  expect(() => file.importInto(otherLibrary)).toThrow(SessionFileError);

  file.close();
  expect(otherLibrary.sessions({ archived: 'any', deleted: 'any' })).toEqual([]);
  expect(existsSync(place('small.foliolab'))).toBe(true);
});

it('copies every table of the library, or says why not', () => {
  const copied = [
    'sessions',
    'runs',
    'expectations',
    'ledger_axes',
    'trials',
    'histograms',
    'counters',
    'allocations',
    'measurements',
    'cost_models',
  ];
  // A copy is worked on by nobody, and has its own list of migrations.
  const leftOut = ['leases', 'migrations'];

  const database = new Database(library.path, { readonly: true });
  const tables = database
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  database.close();

  expect(new Set(tables.map(({ name }) => name))).toEqual(new Set([...copied, ...leftOut]));
});
