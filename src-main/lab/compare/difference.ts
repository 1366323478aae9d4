import { bootstrapDifference, isIndistinguishable, medianOf, seedStream } from '#core';
import type { Interval, Pairing } from '#core';
import type { Difference } from './comparison.ts';

/** Enough for both ends of a 95 % interval to have two digits. */
const RESAMPLES = 2_000;
const CONFIDENCE = 0.95;

/** The replicates of one side of a comparison, in the order of their numbers. */
export type Sample = {
  /** One figure for each replicate, at least one. */
  readonly figures: readonly number[];
  /** For each replicate, what drew its I/Os. */
  readonly ioSources: readonly string[];
};

function pairingOf(baseline: Sample, candidate: Sample): Pairing {
  const { ioSources } = baseline;
  const isSame =
    ioSources.length === candidate.ioSources.length &&
    ioSources.every((source, index) => source === candidate.ioSources[index]);
  return isSame ? 'same-seeds' : 'independent';
}

function areAllEqual(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function intervalOf(baseline: Sample, candidate: Sample): Interval {
  const { figures: before } = baseline;
  const { figures: after } = candidate;
  // Counts are often the same in every replicate, and so is every resample of them.
  if (areAllEqual(before) && areAllEqual(after)) {
    const estimate = medianOf(after) - medianOf(before);
    return { estimate, lower: estimate, upper: estimate, confidence: CONFIDENCE };
  }
  const random = seedStream('compare', ...before, ...after);
  const options = { resamples: RESAMPLES, confidence: CONFIDENCE };
  return bootstrapDifference(before, after, random, pairingOf(baseline, candidate), options);
}

/** Measures how far a sample is from the baseline. The same samples give the same answer everywhere. */
export function measureDifference(baseline: Sample, candidate: Sample): Difference {
  const base = medianOf(baseline.figures);
  const delta = medianOf(candidate.figures) - base;
  const percent = base === 0 ? null : (delta / base) * 100;
  if (baseline.figures.length < 2 || candidate.figures.length < 2) {
    return { delta, percent, interval: null, isIndistinguishable: null };
  }
  const interval = intervalOf(baseline, candidate);
  const { lower, upper } = interval;
  return {
    delta,
    percent,
    interval: { lower, upper },
    isIndistinguishable: isIndistinguishable(interval),
  };
}
