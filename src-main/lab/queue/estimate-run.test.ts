import { expect, it } from 'vitest';
import { smallLayout, smallTrials } from '../testing/small-plan.ts';
import { estimateRun } from './estimate-run.ts';

it('counts the I/Os of all trials, those of the warm-up included', () => {
  const trials = smallTrials({ replicates: 3, workload: { count: 1000, warmUpCount: 100 } });

  expect(estimateRun(trials, 1)).toMatchObject({ trials: 6, ios: 6600 });
});

it('divides the time of a run by its threads, but not below its longest trial', () => {
  const trials = smallTrials({ replicates: 2, workload: { count: 10_000_000 } });
  const [one] = trials.slice(0, 1).map((trial) => estimateRun([trial], 1).seconds);

  const seconds = [1, 2, 4, 64].map((threads) => estimateRun(trials, threads).seconds);

  expect(seconds.map((each) => each / (one ?? 0))).toEqual([4, 2, 1, 1]);
});

it('expects more time where a device keeps I/Os in flight and where offsets are many', () => {
  const device = { parallelism: 4, service: { distribution: 'constant', meanNs: 5000 } } as const;
  const wide = { base: smallLayout({ bytes: 67_108_864 }) };
  const workload = { count: 1_000_000, blockBytes: 4096 };

  const plain = estimateRun(smallTrials({ workload }), 1).seconds;

  expect(
    estimateRun(smallTrials({ workload: { ...workload, device } }), 1).seconds,
  ).toBeGreaterThan(plain);
  expect(estimateRun(smallTrials({ workload, layouts: wide }), 1).seconds).toBeGreaterThan(plain);
});

it('takes no time for no trials', () => {
  expect(estimateRun([])).toEqual({ trials: 0, ios: 0, seconds: 0 });
});
