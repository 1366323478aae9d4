import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PRICED, recordFromKeys } from '#core';
import type { CostModel } from '#core';
import { EMPTY_CONTENTS, sampleId, sampleSession } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import type { MemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useRunStore } from './run-store.ts';

const sessionId = sampleId('session', 1);
const EXPERIMENT = `schema: folio-lab/experiment@1
name: quick
title: A quick one
question: Does it run?
source: A test.
seed: 1
replicates: 4
layouts:
  - name: thp
    uniform: { size: 2MiB, order: 9 }
workload: { api: direct-io, operation: write, blockSize: 128KiB, count: 10 }
strategies:
  - { id: today }
costModel: none
`;
const UNTRACED = { enterNs: 0, exitNs: 0, exitNsRange: [0, 0], ownTimeScale: 1 } as const;
const COST_MODEL: CostModel = {
  id: 'none',
  title: 'Free',
  provenance: 'A test.',
  error: 'All of it.',
  prices: recordFromKeys(PRICED, () => 0),
  cacheBytes: null,
  jitter: { sigma: 0 },
  tracer: { before: UNTRACED, after: UNTRACED },
};
let lab: MemoryLab;

beforeEach(() => {
  vi.useFakeTimers();
  lab = createMemoryLab(
    { ...EMPTY_CONTENTS, sessions: [sampleSession({ id: sessionId })] },
    { pace: { durationMs: 1000 } },
  );
  useStoresOver(lab.bridge);
});
afterEach(() => {
  vi.useRealTimers();
});

const progress = { finishedTrials: 3, plannedTrials: 12, iosPerSecond: 8e6, remainingSeconds: 9 };

it('follows a run it did not start', () => {
  const store = useRunStore();

  lab.tell('runProgressed', { runId: 'elsewhere', ...progress });

  expect(store.running).toEqual([{ runId: 'elsewhere', ...progress }]);
});

it('forgets a run that ended, and says how', () => {
  const store = useRunStore();
  lab.tell('runProgressed', { runId: 'one', ...progress });
  lab.tell('runProgressed', { runId: 'two', ...progress });

  lab.tell('runEnded', { runId: 'one', status: 'finished' });

  expect(store.running.map(({ runId }) => runId)).toEqual(['two']);
  expect(store.lastEnd).toEqual({ runId: 'one', status: 'finished' });
});

it('refuses with a reason to start what is no experiment', async () => {
  const store = useRunStore();

  const reply = await store.start('name: 1', sessionId, null);

  expect(reply).toMatchObject({ ok: false, code: 'bad-input' });
  expect(store.running).toEqual([]);
});

it('says that it is cancelling until the run has ended', async () => {
  const store = useRunStore();
  lab.tell('runProgressed', { runId: 'one', ...progress });
  // The real laboratory answers before the run has stopped.
  Object.assign(lab.bridge, { cancelRun: () => Promise.resolve({ ok: true, value: null }) });

  await store.cancel('one');
  const during = [...store.cancellingIds];
  lab.tell('runEnded', { runId: 'one', status: 'cancelled' });

  expect(during).toEqual(['one']);
  expect([...store.cancellingIds]).toEqual([]);
});

it('is no longer cancelling when that failed', async () => {
  const store = useRunStore();
  lab.tell('runProgressed', { runId: 'one', ...progress });

  const reply = await store.cancel('one');

  expect(reply).toMatchObject({ ok: false, code: 'not-found' });
  expect([...store.cancellingIds]).toEqual([]);
});

it('shows a run from its start to its end', async () => {
  lab = createMemoryLab(
    {
      ...EMPTY_CONTENTS,
      catalogue: { ...EMPTY_CONTENTS.catalogue, costModels: [COST_MODEL] },
      sessions: [sampleSession({ id: sessionId })],
    },
    { pace: { durationMs: 1000 } },
  );
  useStoresOver(lab.bridge);
  const store = useRunStore();

  const reply = await store.start(EXPERIMENT, sessionId, null);
  const atStart = store.running.map(({ finishedTrials }) => finishedTrials);
  await vi.advanceTimersByTimeAsync(500);
  const halfway = store.running.map(({ finishedTrials }) => finishedTrials);
  await vi.advanceTimersByTimeAsync(600);

  expect(reply).toMatchObject({ ok: true });
  expect([atStart, halfway, store.running]).toEqual([[0], [2], []]);
  expect(lab.library.runs().map(({ status }) => status)).toEqual(['finished']);
});
