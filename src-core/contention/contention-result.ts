import type { Histogram } from '../statistics/index.ts';

/** What the threads of a group did while they were watched. */
export type GroupResult = {
  readonly name: string;
  readonly threads: number;
  /** Operations that ended while they were watched. */
  readonly operations: number;
  readonly operationsPerSecond: number;
  /** From the first step of each of these operations to its last. */
  readonly latency: Histogram;
  /** Shares of the threads' time, 0 to 1: on the processor, asleep for `mmap_lock`, idle. */
  readonly runningShare: number;
  readonly lockWaitShare: number;
  readonly idleShare: number;
};

/** What a profiler would charge to a function, over all threads. */
export type FunctionSamples = {
  readonly function: string;
  readonly ns: number;
  /** Of all time on processors, 0 to 1. */
  readonly share: number;
};

/** What came of a contention setup. */
export type ContentionResult = {
  readonly groups: readonly GroupResult[];
  /** Most time first; equal times by name. Interrupts are charged to `INTERRUPT_FUNCTION`. */
  readonly functions: readonly FunctionSamples[];
  /** How often each `count` step was taken while watched, by its counter; one never reached is 0. */
  readonly counters: Readonly<Record<string, number>>;
  readonly measuredNs: number;
};

/** What answering the interrupts of others is charged to. */
export const INTERRUPT_FUNCTION = 'call_function_interrupt';

/** The share of all time on processors that is charged to some functions. */
export function samplesShare(result: ContentionResult, functions: readonly string[]): number {
  return result.functions
    .filter((each) => functions.includes(each.function))
    .reduce((sum, { share }) => sum + share, 0);
}
