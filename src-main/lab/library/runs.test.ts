import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connection.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import type { RunStart } from './runs.ts';
import { exampleRun, exampleTrial } from './testing/records.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';

let folder: ReturnType<typeof createTemporaryFolder>;
let library: Library;
let statements: string[];
let sessionId: string;
let time: number;

beforeEach(() => {
  folder = createTemporaryFolder();
  statements = [];
  time = Date.UTC(2026, 0, 31);
  library = openLibrary(`${folder.path}/library.db`, {
    clock: () => new Date(time),
    onStatement: (sql) => statements.push(sql),
  });
  sessionId = library.createSession('night').id;
});
afterEach(() => {
  library.close();
  folder.remove();
});

/** A run that is over, begun a second after the one before. */
function finishedRun(changes: Partial<RunStart> = {}): string {
  time += 1000;
  const { id } = library.startRun(exampleRun(sessionId, changes));
  library.endRun(id, { status: 'finished', expectations: [] });
  return id;
}

describe('a run', () => {
  it('is recorded from its first moment', () => {
    const start = exampleRun(sessionId);
    const run = library.startRun(start);
    expect(run).toEqual({
      ...start,
      id: run.id,
      status: 'running',
      failure: null,
      startedAt: '2026-01-31T00:00:00.000Z',
      endedAt: null,
      finishedTrials: 0,
      notes: '',
      tags: [],
      isStarred: false,
      archivedAt: null,
      deletedAt: null,
      expectations: [],
    });
    expect(library.runs()).toEqual([run]);
  });

  it('ends once, with what its expectations found in their order', () => {
    const { id } = library.startRun(exampleRun(sessionId, { parentRunId: NO_SUCH_ID }));
    const expectations = [
      { text: 'p50 of total is 28 µs', holds: false, found: '29 µs' },
      { text: 'kmalloc is 0', holds: true, found: '0' },
    ];
    time += 5000;
    const ended = library.endRun(id, {
      status: 'failed',
      failure: 'A worker died.',
      expectations,
    });
    expect(ended).toMatchObject({
      status: 'failed',
      failure: 'A worker died.',
      endedAt: '2026-01-31T00:00:05.000Z',
      parentRunId: NO_SUCH_ID,
      expectations,
    });
    expect(() => library.endRun(id, { status: 'finished', expectations: [] })).toThrow(
      `Run ${id} is failed; nothing more can be added to it.`,
    );
    expect(() => library.appendTrials(id, [exampleTrial(0)])).toThrow('is failed');
  });

  it('is found by its id or the beginning of it', () => {
    const ids = Array.from({ length: 40 }, () => finishedRun());
    const [first = ''] = ids;
    expect(library.findRun(first)?.id).toBe(first);
    expect(library.findRun(` ${first.slice(0, 13).toUpperCase()}`)?.id).toBe(first);
    expect(['', 'no hexadecimal', NO_SUCH_ID, '%', '_'].map(library.findRun)).toEqual(
      Array(5).fill(null),
    );
    // 40 ids and 16 digits: two begin alike.
    const shared = ids.map((id) => id.charAt(0)).find((digit, at, all) => all.indexOf(digit) < at);
    expect(() => library.findRun(shared ?? '')).toThrow(/names \d+ runs; give the id of one: /);
  });

  it('takes notes, tags and a star, and keeps the rest as it was', () => {
    const id = finishedRun();
    const before = library.findRun(id);
    library.setRunNotes(id, 'odd');
    library.setRunTags(id, ['cover letter', ' cover letter']);
    expect(library.setRunStar(id, true)).toEqual({
      ...before,
      notes: 'odd',
      tags: ['cover letter'],
      isStarred: true,
    });
  });

  it('cannot be changed in what it records, not even past the library', () => {
    const id = finishedRun();
    const { database } = connect(library.path, {});
    const change = (sql: string) => () => database.prepare(sql).run(id);
    expect(change('UPDATE runs SET seed = 1 WHERE id = ?')).toThrow('does not change');
    expect(change("UPDATE runs SET host = 'x' WHERE id = ?")).toThrow('does not change');
    expect(change("UPDATE runs SET status = 'running', ended_at = NULL WHERE id = ?")).toThrow(
      'a run that has ended does not change',
    );
    database.close();
  });

  it('can be archived, deleted, restored and purged, each apart from the others', () => {
    const [id, other] = [finishedRun(), finishedRun()];
    library.archiveRun(id);
    expect(library.runs().map((run) => run.id)).toEqual([other]);
    expect(library.runs({ archived: true }).map((run) => run.id)).toEqual([id]);
    library.deleteRun(id);
    expect(library.runs({ archived: true })).toEqual([]);
    expect(library.runs({ archived: 'any', deleted: true }).map((run) => run.id)).toEqual([id]);
    const restored = library.restoreRun(id);
    expect([restored.deletedAt, restored.archivedAt === null]).toEqual([null, false]);
    expect(() => library.purgeRun(id)).toThrow(`Run ${id} is not in the trash; delete it first.`);
    library.unarchiveRun(id);
    library.deleteRun(id);
    library.purgeRun(id);
    expect(library.findRun(id)).toBeNull();
    expect(library.runs().map((run) => run.id)).toEqual([other]);
  });

  it('leaves nothing behind when it is purged', () => {
    const { id } = library.startRun(exampleRun(sessionId));
    library.appendTrials(id, [exampleTrial(0)]);
    const expectations = [{ text: 'a', holds: true, found: 'b' }];
    library.endRun(id, { status: 'finished', expectations });
    library.deleteRun(id);
    library.purgeRun(id);
    const { database } = connect(library.path, {});
    const tables = ['trials', 'histograms', 'counters', 'allocations', 'expectations', 'leases'];
    const left = tables.map((table) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    database.close();
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is not deleted before it is over', () => {
    const { id } = library.startRun(exampleRun(sessionId));
    expect(() => library.deleteRun(id)).toThrow(
      `Run ${id} cannot be deleted before it is over; cancel it first.`,
    );
    library.endRun(id, { status: 'cancelled', expectations: [] });
    expect(library.deleteRun(id).deletedAt).not.toBeNull();
  });

  it('that does not exist is named', () => {
    const sentence = `There is no run ${NO_SUCH_ID} in ${library.path}.`;
    const { archiveRun, deleteRun, purgeRun, renewLease, trialIds, trials } = library;
    for (const act of [archiveRun, deleteRun, purgeRun, renewLease, trialIds, trials]) {
      expect(() => act(NO_SUCH_ID)).toThrow(sentence);
    }
  });
});

describe('the list of runs', () => {
  it('of 1,000 runs is read with one query', () => {
    const connection = connect(library.path, {});
    connection.database.exec(`
      WITH RECURSIVE numbers (value) AS (
        SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < 1000
      )
      INSERT INTO runs (
        id, session_id, experiment_name, title, status, seed, experiment_text, application_version,
        core_version, record_version, host, processor, operating_system, runtime, started_at,
        ended_at, planned_trials
      ) SELECT printf('run-%04d', value), '${sessionId}', 'e', 't', 'finished', value, '', '0', '1',
        1, 'h', 'p', 'o', 'r', printf('%04d', value), 'later', 0 FROM numbers;
      INSERT INTO expectations SELECT id, 0, 'text', 1, 'found' FROM runs;`);
    connection.database.close();
    statements.length = 0;
    const runs = library.runs();
    expect(runs).toHaveLength(1000);
    expect(runs[0]).toMatchObject({
      id: 'run-1000',
      expectations: [{ text: 'text', holds: true, found: 'found' }],
    });
    expect(statements).toHaveLength(1);
  });

  it('is filtered by every property at once, and sorted by any', () => {
    const other = library.createSession('day').id;
    const first = finishedRun({ title: 'Batch of 15' });
    const second = finishedRun({ title: 'batch of 31', experimentName: 'batches' });
    const third = finishedRun({ sessionId: other, title: '100 % folios' });
    const running = library.startRun(exampleRun(sessionId)).id;
    library.appendTrials(running, [exampleTrial(0, 'folio-vec'), exampleTrial(1, 'folio-vec')]);
    library.setRunStar(second, true);
    library.setRunTags(second, ['cover']);
    library.setRunNotes(third, 'BATCH?');
    const ids = (filter: Parameters<Library['runs']>[0]) =>
      library.runs(filter).map(({ id }) => id);

    expect(ids({})).toEqual([running, third, second, first].sort(byStart));
    expect(ids({ sessionId: other })).toEqual([third]);
    expect(ids({ statuses: ['running', 'failed'] })).toEqual([running]);
    expect(ids({ statuses: [] })).toEqual([]);
    expect(ids({ isStarred: true })).toEqual([second]);
    expect(ids({ isStarred: false, tag: 'cover' })).toEqual([]);
    expect(ids({ tag: 'cover' })).toEqual([second]);
    expect(ids({ tag: 'cov' })).toEqual([]);
    expect(ids({ text: 'bAtch', orderBy: 'startedAt', direction: 'asc' })).toEqual([
      first,
      second,
      third,
    ]);
    expect(ids({ text: '%' })).toEqual([third]);
    expect(ids({ strategyId: 'folio-vec', layoutName: 'uniform-4k' })).toEqual([running]);
    expect(ids({ strategyId: 'today' })).toEqual([]);
    expect(ids({ orderBy: 'title', limit: 2 })).toEqual([third, first]);
    expect(ids({ text: 'batch', isStarred: true, tag: 'cover', sessionId })).toEqual([second]);
  });

  it('leaves out the runs of an archived session, unless that session is asked for', () => {
    const id = finishedRun();
    library.archiveSession(sessionId);
    expect(library.runs()).toEqual([]);
    expect(library.runs({ archived: true }).map((run) => run.id)).toEqual([id]);
    expect(library.runs({ sessionId }).map((run) => run.id)).toEqual([id]);
  });
});

/** The newest first, by the time each began; then by id. */
function byStart(left: string, right: string): number {
  const start = (id: string): string => library.findRun(id)?.startedAt ?? '';
  return start(right).localeCompare(start(left)) || (left < right ? -1 : 1);
}
