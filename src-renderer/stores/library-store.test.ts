import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_CONTENTS, sampleId, sampleRun, sampleSession } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import type { MemoryLab } from '../testing/memory-lab.ts';
import { sampleMeasurement } from '../testing/measured-samples.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useLibraryStore } from './library-store.ts';

const NOW = '2026-03-05T12:00:00.000Z';
const run = { kind: 'run', id: sampleId('run', 1) } as const;
const session = { kind: 'session', id: sampleId('session', 1) } as const;
const measured = sampleMeasurement(1);
const arriving = sampleMeasurement(2, { name: 'arriving' });
const measurement = { kind: 'measurement', id: measured.record.id } as const;
let lab: MemoryLab;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) });
  lab = createMemoryLab({
    ...EMPTY_CONTENTS,
    sessions: [sampleSession()],
    runs: [sampleRun(), sampleRun({ id: sampleId('run', 2), title: 'Another' })],
    measurements: [measured],
    arrivingMeasurements: [arriving],
  });
  useStoresOver(lab.bridge);
});
afterEach(() => {
  vi.useRealTimers();
});

async function loadedStore() {
  const store = useLibraryStore();
  await store.load();
  return store;
}

it('reads sessions and runs', async () => {
  const store = await loadedStore();

  expect(store.isLoaded).toBe(true);
  expect(store.sessions.map(({ name, runCount }) => ({ name, runCount }))).toEqual([
    { name: 'Session 1', runCount: 2 },
  ]);
  expect(store.runsById.get(run.id)?.title).toBe('An example');
});

it.each([
  ['notes', { notes: '**why**' }, 'setNotes'],
  ['tags', { tags: ['baseline'] }, 'setTags'],
  ['a star', { isStarred: true }, 'setStar'],
  ['the archive', { archivedAt: NOW }, 'archive'],
  ['the trash', { deletedAt: NOW }, 'trash'],
] as const)(
  'keeps %s of a run in the library and shows it at once',
  async (_what, fields, action) => {
    const store = await loadedStore();

    const acts = {
      setNotes: () => store.setNotes(run, '**why**'),
      setTags: () => store.setTags(run, ['baseline']),
      setStar: () => store.setStar(run.id, true),
      archive: () => store.archive(run, true),
      trash: () => store.trash(run),
    };
    const reply = await acts[action]();

    expect(reply.ok).toBe(true);
    expect(store.runsById.get(run.id)).toMatchObject(fields);
    expect(lab.library.findRun(run.id)).toMatchObject(fields);
  },
);

it('takes back what was archived or thrown away', async () => {
  const store = await loadedStore();
  await store.archive(session, true);
  await store.trash(session);

  await store.restore(session);
  await store.archive(session, false);

  expect(store.sessionsById.get(session.id)).toMatchObject({ archivedAt: null, deletedAt: null });
});

it('deletes for good only what is in the trash, and with a session its runs', async () => {
  const store = await loadedStore();

  const tooSoon = await store.purge(session);
  await store.trash(session);
  const inTime = await store.purge(session);

  expect(tooSoon).toMatchObject({ ok: false, code: 'conflict' });
  expect(inTime.ok).toBe(true);
  expect([store.sessions, store.runs]).toEqual([[], []]);
});

it('makes and renames sessions', async () => {
  const store = await loadedStore();

  const made = await store.createSession('Patch v5');
  const again = await store.createSession('Patch v5');
  await store.renameSession(session.id, 'Before the patch');

  expect(made).toMatchObject({ ok: true, value: { name: 'Patch v5' } });
  expect(again).toMatchObject({ ok: false, code: 'conflict' });
  expect(store.sessions.map(({ name }) => name)).toEqual(['Before the patch', 'Patch v5']);
});

it('shows the runs of an imported file', async () => {
  const store = await loadedStore();
  const opened = await lab.bridge.openSessionFile({ upload: null });
  const ticket = opened.ok ? (opened.value?.ticket ?? '') : '';

  const first = await store.importSessionFile(ticket);
  const second = await store.importSessionFile(ticket);

  expect(first).toMatchObject({ value: { importedRuns: 1, skippedRuns: 0 } });
  expect(second).toMatchObject({ value: { importedRuns: 0, skippedRuns: 1 } });
  expect(store.runs).toHaveLength(3);
});

it('says what the library says when nothing is there', async () => {
  const store = await loadedStore();

  expect(await store.setStar(sampleId('run', 99), true)).toMatchObject({
    ok: false,
    code: 'not-found',
  });
});

it('follows what another process changes, at once and then not at every change', async () => {
  const store = await loadedStore();
  let reads = 0;
  const listRuns = lab.bridge.listRuns;
  Object.assign(lab.bridge, {
    listRuns: (input: null) => {
      reads += 1;
      return listRuns(input);
    },
  });

  lab.library.changeRun(run.id, { notes: 'from elsewhere' });
  for (let change = 0; change < 10; change += 1) lab.tell('libraryChanged', null);
  await vi.advanceTimersByTimeAsync(1);
  const shownAtOnce = store.runsById.get(run.id)?.notes;
  await vi.advanceTimersByTimeAsync(5000);

  expect(shownAtOnce).toBe('from elsewhere');
  expect(reads).toBe(2);
});

it('does not read a library that nobody asked for', async () => {
  const store = useLibraryStore();

  lab.tell('libraryChanged', null);
  await vi.advanceTimersByTimeAsync(5000);

  expect(store.isLoaded).toBe(false);
});

it('does not take back on screen what changes while it reads', async () => {
  const store = await loadedStore();
  const both = [run, { kind: 'run', id: sampleId('run', 2) }] as const;

  // The first change alone makes the library say that it changed.
  await Promise.all(both.map((target) => store.trash(target)));
  await vi.advanceTimersByTimeAsync(1);

  expect(store.runs.map(({ deletedAt }) => deletedAt)).toEqual([NOW, NOW]);
});

it('keeps name, notes and the trash of a measurement in the library and shows them at once', async () => {
  const store = await loadedStore();

  await store.renameMeasurement(measurement.id, 'bare metal');
  await store.setNotes(measurement, 'idle machine');
  await store.trash(measurement);

  expect(store.measurements).toMatchObject([
    { name: 'bare metal', notes: 'idle machine', deletedAt: NOW },
  ]);
  expect(await lab.bridge.listMeasurements(null)).toMatchObject({ value: store.measurements });
  await store.purge(measurement);
  expect(store.measurements).toEqual([]);
});

it('lists a measured file as soon as it was imported', async () => {
  const store = await loadedStore();

  const reply = await store.importFile('arriving.txt');

  expect(reply).toMatchObject({ ok: true, value: { kind: 'measurement', outcome: 'added' } });
  expect(store.measurements.map(({ name }) => name)).toEqual(['measured-1', 'arriving']);
});
