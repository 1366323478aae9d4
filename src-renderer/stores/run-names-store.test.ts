import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleId, sampleRun } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useRunNamesStore } from './run-names-store.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  useStoresOver(createMemoryLab().bridge);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs of one experiment, each with the next seed. */
function seededRuns(count: number) {
  return Array.from({ length: count }, (_, index) =>
    sampleRun({
      id: sampleId('run', index),
      experimentText: `seed: ${index}\n`,
      startedAt: new Date(1_000_000 * index).toISOString(),
    }),
  );
}

it('names many runs, in pieces', async () => {
  const names = useRunNamesStore();

  names.follow(seededRuns(1000));
  await vi.runAllTimersAsync();

  expect([
    names.changesById.size,
    names.changesById.get(sampleId('run', 0)),
    names.changesById.get(sampleId('run', 999)),
  ]).toEqual([999, undefined, ['seed 998 → 999']]);
});

it('names a run anew when the one before it is gone', () => {
  const names = useRunNamesStore();
  const [first, second, third] = seededRuns(3);
  if (first === undefined || second === undefined || third === undefined) throw new Error('three');

  names.follow([first, second, third]);
  names.follow([first, third]);

  expect([...names.changesById.values()]).toEqual([['seed 0 → 2']]);
});
