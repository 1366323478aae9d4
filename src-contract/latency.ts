import { Histogram, LATENCY_PHASES, recordFromKeys } from '#core';
import type { EncodedHistogram, FinishedTrial, LatencyPhase } from '#core';

/** What is told of a latency distribution, in the order of the columns. */
export const LATENCY_STATISTICS = ['p50', 'p90', 'p99', 'p999', 'max', 'mean'] as const;
export type LatencyStatistic = (typeof LATENCY_STATISTICS)[number];
/** Unit of each: nanoseconds. */
export type LatencySummary = Readonly<Record<LatencyStatistic, number>>;

/**
 * Reduces a stored distribution to its figures. A phase that an I/O never enters is recorded as zeros;
 * a distribution without a value, which a finished trial never has, gives zeros too.
 */
export function latencySummary(encoded: EncodedHistogram): LatencySummary {
  if (encoded.count === 0) return recordFromKeys(LATENCY_STATISTICS, () => 0);
  const histogram = Histogram.decode(encoded);
  return {
    p50: histogram.percentileNs(0.5),
    p90: histogram.percentileNs(0.9),
    p99: histogram.percentileNs(0.99),
    p999: histogram.percentileNs(0.999),
    max: histogram.maxNs,
    mean: histogram.meanNs,
  };
}

/** The figures of every phase of a trial. */
export function latencySummaries(trial: FinishedTrial): Record<LatencyPhase, LatencySummary> {
  return recordFromKeys(LATENCY_PHASES, (phase) => latencySummary(trial.latency[phase]));
}
