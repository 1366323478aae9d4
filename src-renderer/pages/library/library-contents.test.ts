import { expect, it } from 'vitest';
import type { RunRecord, SessionRecord } from '#contract';
import { NO_FILTERS } from '../../stores/library-view-store.ts';
import type { LibraryFilters, LibraryView } from '../../stores/library-view-store.ts';
import { sampleId, sampleRun, sampleSession } from '../../testing/lab-contents.ts';
import { sampleMeasurement } from '../../testing/measured-samples.ts';
import {
  countedTargets,
  countRuns,
  expectationOutcome,
  knownTags,
  listedSessions,
  runRows,
  tagsSentence,
  trashContents,
} from './library-contents.ts';

const WHEN = '2026-03-01T00:00:00.000Z';
const open = sampleSession({ id: sampleId('session', 1), name: 'Open' });
const archived = sampleSession({ id: sampleId('session', 2), name: 'Old', archivedAt: WHEN });
const thrownAway = sampleSession({ id: sampleId('session', 3), name: 'Gone', deletedAt: WHEN });
const sessions: readonly SessionRecord[] = [open, archived, thrownAway];

let made = 0;
function run(title: string, fields: Partial<RunRecord> = {}): RunRecord {
  made += 1;
  return sampleRun({ id: sampleId('run', made), sessionId: open.id, title, ...fields });
}
const held = { text: 'it holds', holds: true, found: '1' };
const runs: readonly RunRecord[] = [
  run('plain'),
  run('starred', { isStarred: true, tags: ['patch'], expectations: [held] }),
  run('failed', { status: 'failed', expectations: [held, { ...held, holds: false }] }),
  run('archived', { archivedAt: WHEN }),
  run('trashed', { archivedAt: WHEN, deletedAt: WHEN, isStarred: true }),
  run('of an archived session', { sessionId: archived.id, isStarred: true }),
  run('of a trashed session', { sessionId: thrownAway.id, archivedAt: WHEN }),
];
const byId = new Map(sessions.map((session) => [session.id, session]));

function titles(view: LibraryView, filters: Partial<LibraryFilters> = {}): readonly string[] {
  const context = { sessionsById: byId, changesById: new Map() };
  return runRows(runs, context, view, { ...NO_FILTERS, ...filters }).map((row) => row.run.title);
}

it('lists in each part of the library what belongs there, and nothing twice', () => {
  expect(titles({ kind: 'all' })).toEqual(['plain', 'starred', 'failed']);
  expect(titles({ kind: 'starred' })).toEqual(['starred']);
  expect(titles({ kind: 'archive' })).toEqual(['archived', 'of an archived session']);
  expect(titles({ kind: 'trash' })).toEqual(['trashed', 'of a trashed session']);
  expect(titles({ kind: 'ready-made' })).toEqual([]);
});

it('lists all runs of a session but those that were thrown away', () => {
  expect(titles({ kind: 'session', id: open.id })).toEqual([
    'plain',
    'starred',
    'failed',
    'archived',
  ]);
  expect(titles({ kind: 'session', id: archived.id })).toEqual(['of an archived session']);
});

it('counts what it lists', () => {
  const counts = countRuns(runs, byId);

  for (const kind of ['all', 'starred', 'archive', 'trash'] as const) {
    expect(counts[kind]).toBe(titles({ kind }).length);
  }
  for (const { id } of sessions) {
    expect(counts.bySession.get(id)).toBe(titles({ kind: 'session', id }).length);
  }
});

it('leaves out what a filter does not name', () => {
  expect(titles({ kind: 'all' }, { statuses: new Set(['failed'] as const) })).toEqual(['failed']);
  expect(titles({ kind: 'all' }, { tags: new Set(['patch', 'other']) })).toEqual(['starred']);
  expect(titles({ kind: 'all' }, { expectations: new Set(['held'] as const) })).toEqual([
    'starred',
  ]);
  expect(titles({ kind: 'all' }, { expectations: new Set(['held', 'failed'] as const) })).toEqual([
    'starred',
    'failed',
  ]);
});

it('says that all expectations held, that some did not, or that there were none', () => {
  expect(runs.slice(0, 3).map(expectationOutcome)).toEqual([null, 'held', 'failed']);
});

it('lists the sessions of a place by name, as a reader counts', () => {
  const numbered = ['Session 10', 'session 9', 'Session 1'].map((name, index) =>
    sampleSession({ id: sampleId('session', 10 + index), name }),
  );

  expect(listedSessions([...numbered, archived], 'library').map(({ name }) => name)).toEqual([
    'Session 1',
    'session 9',
    'Session 10',
  ]);
  expect(listedSessions(sessions, 'trash')).toEqual([thrownAway]);
});

it('knows every tag once', () => {
  expect(knownTags(runs, [{ ...open, tags: ['epyc', 'patch'] }])).toEqual(['epyc', 'patch']);
});

it('empties the trash of sessions, and of the runs that do not go with one', () => {
  const both = run('in a trashed session', { sessionId: thrownAway.id, deletedAt: WHEN });

  const contents = trashContents([...runs, both], sessions);

  expect(contents.map(({ kind }) => kind)).toEqual(['run', 'session']);
  expect(contents).toContainEqual({ kind: 'session', id: thrownAway.id });
});

it('counts runs and sessions apart', () => {
  const one = { kind: 'run', id: '1' } as const;

  expect(countedTargets([one])).toBe('1 run');
  expect(countedTargets([one, { kind: 'session', id: '2' }, one])).toBe('2 runs and 1 session');
  expect(
    countedTargets([one, { kind: 'measurement', id: '3' }, { kind: 'session', id: '2' }]),
  ).toBe('1 run, 1 measurement and 1 session');
});

it('says which tag came and which went', () => {
  expect([tagsSentence(['a'], ['a', 'b']), tagsSentence(['a', 'b'], ['b'])]).toEqual([
    'Tag “b” added.',
    'Tag “a” taken away.',
  ]);
});

it('empties the trash of measurements that lie there without their session', () => {
  const loose = sampleMeasurement(1, { sessionId: open.id, deletedAt: WHEN }).record;
  const along = sampleMeasurement(2, { sessionId: thrownAway.id, deletedAt: WHEN }).record;
  const kept = sampleMeasurement(3, { sessionId: open.id }).record;

  expect(trashContents([], sessions, [loose, along, kept])).toEqual([
    { kind: 'measurement', id: loose.id },
    { kind: 'session', id: thrownAway.id },
  ]);
});
