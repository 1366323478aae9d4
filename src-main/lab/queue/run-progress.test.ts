import { expect, it } from 'vitest';
import type { Trial } from '#core';
import { smallTrials } from '../testing/small-plan.ts';
import { RunMeter } from './run-progress.ts';

const workload = { count: 900, warmUpCount: 100 };
const trials = smallTrials({ replicates: 2, workload });

function add(meter: RunMeter, done: readonly Trial[]): void {
  for (const trial of done) meter.addCommitted(trial);
}

it('knows neither speed nor time left before the first trial is committed', () => {
  const meter = new RunMeter(4, trials, 1_000);

  expect(meter.read(2_000)).toEqual({
    trialsDone: 0,
    trialsPlanned: 4,
    iosPerSecond: null,
    secondsLeft: null,
  });
});

it('takes the speed from the clock and the time left from the trials that are left', () => {
  const meter = new RunMeter(4, trials, 1_000);
  add(meter, trials.slice(0, 1));

  const progress = meter.read(3_000);

  expect(progress).toMatchObject({ trialsDone: 1, iosPerSecond: 500 });
  expect(progress.secondsLeft).toBeCloseTo(6);
});

it('has no time left when all is done', () => {
  const meter = new RunMeter(4, trials, 0);
  add(meter, trials);

  expect(meter.read(8_000)).toMatchObject({ trialsDone: 4, secondsLeft: 0 });
});

it('counts trials that were committed before as done, and takes no speed from them', () => {
  const meter = new RunMeter(4, trials.slice(2), 0);
  add(meter, trials.slice(2, 3));

  expect(meter.read(1_000)).toMatchObject({ trialsDone: 3, iosPerSecond: 1000 });
});
