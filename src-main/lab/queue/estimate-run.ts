import { availableParallelism } from 'node:os';
import { PAGE_BYTES } from '#core';
import type { Trial } from '#core';

/** What a run will take. */
export type RunEstimate = {
  readonly trials: number;
  /** I/Os to simulate, those of the warm-up included. */
  readonly ios: number;
  /** Expected time on a processor of today; within a factor of three. */
  readonly seconds: number;
};

// Measured on one thread of a server processor of 2024 (128 KiB on 4 KiB pages): what a trial takes
// before its first I/O, what counting an I/O at a new offset takes, and I/Os a second after that.
const SECONDS_PER_TRIAL = 0.006;
const SECONDS_PER_OFFSET = 4e-6;
const IOS_PER_SECOND = 10_000_000;
const IOS_PER_SECOND_WITH_DEVICE = 2_500_000;

/** I/Os that a trial simulates, those of its warm-up included. */
export function iosOfTrial({ workload }: Trial): number {
  return workload.count + workload.warmUpCount;
}

/** Expected time of one trial on one thread. Unit: seconds. */
export function estimateTrialSeconds(trial: Trial): number {
  const { layout, workload } = trial;
  const ios = iosOfTrial(trial);
  const offsets = Math.min(ios, (layout.layout.mappedPages * PAGE_BYTES) / workload.blockBytes);
  const rate = workload.device === null ? IOS_PER_SECOND : IOS_PER_SECOND_WITH_DEVICE;
  return SECONDS_PER_TRIAL + offsets * SECONDS_PER_OFFSET + ios / rate;
}

/** Threads to simulate on when nobody says: all processors but one, which keeps the books. */
export function defaultConcurrency(): number {
  return Math.max(1, availableParallelism() - 1);
}

/**
 * Tells what a run will take before it starts.
 *
 * @param concurrency  Trials simulated at once, at least 1.
 */
export function estimateRun(
  trials: readonly Trial[],
  concurrency: number = defaultConcurrency(),
): RunEstimate {
  const work = trials.map(estimateTrialSeconds);
  const threads = Math.max(1, Math.min(concurrency, trials.length));
  return {
    trials: trials.length,
    ios: trials.reduce((sum, trial) => sum + iosOfTrial(trial), 0),
    // No run is shorter than its longest trial.
    seconds: work.reduce(
      (longest, seconds) => Math.max(longest, seconds),
      work.reduce((sum, seconds) => sum + seconds, 0) / threads,
    ),
  };
}
