import type { Histogram } from './histogram.ts';

/** What a table shows of a histogram. Unit of every time: nanoseconds; NaN when `count` is 0. */
export type Summary = {
  readonly count: number;
  readonly minNs: number;
  readonly p50Ns: number;
  readonly p90Ns: number;
  readonly p99Ns: number;
  readonly p999Ns: number;
  /** The largest value itself, not that of its bucket. */
  readonly maxNs: number;
  /** From the sum of all values, not from the buckets. */
  readonly meanNs: number;
};

/**
 * Reduces a histogram to the figures of a table.
 *
 * @param histogram  Left unmodified. Percentiles are at most 0.1 % above the value of their rank.
 * @source SPEC rule STAT-1.
 */
export function summariseHistogram(histogram: Histogram): Summary {
  return {
    count: histogram.count,
    minNs: histogram.minNs,
    p50Ns: histogram.percentileNs(0.5),
    p90Ns: histogram.percentileNs(0.9),
    p99Ns: histogram.percentileNs(0.99),
    p999Ns: histogram.percentileNs(0.999),
    maxNs: histogram.maxNs,
    meanNs: histogram.meanNs,
  };
}
