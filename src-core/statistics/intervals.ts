import { ModelError } from '../errors.ts';
import type { RandomStream } from '../random.ts';
import { quantileOfAscending, reduceSample, requireSample, type Statistic } from './averages.ts';

/**
 * Where a figure lies, as far as the replicates tell. Unit of `estimate` and both ends: that of
 * the samples.
 */
export type Interval = {
  /** The figure of the samples as they are. */
  readonly estimate: number;
  /** -Infinity when there are too few replicates to tell. */
  readonly lower: number;
  /** Infinity when there are too few replicates to tell. */
  readonly upper: number;
  /** The share of intervals made like this one that hold the true figure, such as 0.95. */
  readonly confidence: number;
};

/**
 * How the replicates of two samples belong together: `same-seeds` when replicate i of both drew
 * the same I/Os (strategies on one layout and workload), else `independent`.
 */
export type Pairing = 'same-seeds' | 'independent';

/** How an interval is made. */
export type BootstrapOptions = {
  readonly statistic: Statistic;
  /** Between 0 and 1. */
  readonly confidence: number;
  /** How often the replicates are drawn anew: a whole number, at least 100. */
  readonly resamples: number;
};

const DEFAULT_OPTIONS: BootstrapOptions = {
  statistic: 'median',
  confidence: 0.95,
  resamples: 10_000,
};
const FEWEST_RESAMPLES = 100;

function requireOptions({ confidence, resamples }: BootstrapOptions): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ModelError('out-of-range', `a confidence of ${confidence} is not between 0 and 1`);
  }
  if (!Number.isSafeInteger(resamples) || resamples < FEWEST_RESAMPLES) {
    throw new ModelError(
      'out-of-range',
      `${resamples} resamples are not a whole number of at least ${FEWEST_RESAMPLES}`,
    );
  }
}

function requirePairing(baseline: number, candidate: number, pairing: Pairing): void {
  if (pairing === 'same-seeds' && baseline !== candidate) {
    throw new ModelError(
      'out-of-range',
      `samples of ${baseline} and ${candidate} replicates cannot be paired`,
    );
  }
}

function drawPositions(positions: Uint32Array, random: RandomStream): void {
  for (let at = 0; at < positions.length; at++) {
    positions[at] = random.nextIndex(positions.length);
  }
}

/** Prepares the statistic of the values at given positions, one position for each value. */
function prepareReduction(
  values: ArrayLike<number>,
  statistic: Statistic,
): (positions: Uint32Array) => number {
  const drawn = new Float64Array(values.length);
  return (positions) => {
    for (let at = 0; at < positions.length; at++) {
      drawn[at] = values[positions[at]];
    }
    return reduceSample(drawn, statistic);
  };
}

/** The percentile interval: what is left of the resampled figures without both tails. */
function boundResampled(figures: Float64Array, estimate: number, confidence: number): Interval {
  figures.sort();
  const tail = (1 - confidence) / 2;
  return {
    estimate,
    lower: quantileOfAscending(figures, tail),
    upper: quantileOfAscending(figures, 1 - tail),
    confidence,
  };
}

function leaveOpen(estimate: number, confidence: number): Interval {
  return {
    estimate,
    lower: Number.NEGATIVE_INFINITY,
    upper: Number.POSITIVE_INFINITY,
    confidence,
  };
}

/**
 * Estimates the median or mean over replicates with a bootstrap percentile interval.
 *
 * @param values   One figure per replicate, all finite. A single one leaves the interval open.
 * @param random   Draws the resamples; the same stream gives the same interval.
 * @param options  What differs from a median with 95 % confidence from 10,000 resamples.
 * @throws {ModelError} `out-of-range` for an empty sample, a value that is not finite or an option
 *   outside its range.
 * @source B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; SPEC
 *   rule STAT-2.
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  random: RandomStream,
  options: Partial<BootstrapOptions> = {},
): Interval {
  const { statistic, confidence, resamples } = { ...DEFAULT_OPTIONS, ...options };
  requireOptions({ statistic, confidence, resamples });
  requireSample(values);
  const estimate = reduceSample(Float64Array.from(values), statistic);
  if (values.length === 1) {
    return leaveOpen(estimate, confidence);
  }
  const positions = new Uint32Array(values.length);
  const reduce = prepareReduction(values, statistic);
  const figures = Float64Array.from({ length: resamples }, () => {
    drawPositions(positions, random);
    return reduce(positions);
  });
  return boundResampled(figures, estimate, confidence);
}

/**
 * Estimates by how much the median or mean of a candidate exceeds that of a baseline, with a
 * bootstrap percentile interval.
 *
 * The samples are figures of replicates, one per seed. Never pass single simulated I/Os: with
 * enough of them every difference would look certain.
 *
 * @param baseline   One figure per replicate, all finite. With a single one in either sample the
 *   interval is open on both sides: one replicate says nothing about the next.
 * @param candidate  As `baseline`; of equal length when the pairing is `same-seeds`.
 * @param random     Draws the resamples; the same stream gives the same interval.
 * @param pairing    With `same-seeds` both samples are resampled alike, so that what a seed does to
 *   both cancels out.
 * @param options    What differs from a median with 95 % confidence from 10,000 resamples.
 * @returns Candidate minus baseline: positive when the candidate is larger.
 * @throws {ModelError} `out-of-range` for an empty sample, a value that is not finite, paired
 *   samples of different length or an option outside its range.
 * @source As {@link bootstrapInterval}; SPEC rules STAT-2 and STAT-3.
 */
export function bootstrapDifference(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
  random: RandomStream,
  pairing: Pairing,
  options: Partial<BootstrapOptions> = {},
): Interval {
  const { statistic, confidence, resamples } = { ...DEFAULT_OPTIONS, ...options };
  requireOptions({ statistic, confidence, resamples });
  requireSample(baseline);
  requireSample(candidate);
  requirePairing(baseline.length, candidate.length, pairing);
  const estimate =
    reduceSample(Float64Array.from(candidate), statistic) -
    reduceSample(Float64Array.from(baseline), statistic);
  if (baseline.length === 1 || candidate.length === 1) {
    return leaveOpen(estimate, confidence);
  }
  const baselinePositions = new Uint32Array(baseline.length);
  const candidatePositions =
    pairing === 'same-seeds' ? baselinePositions : new Uint32Array(candidate.length);
  const reduceBaseline = prepareReduction(baseline, statistic);
  const reduceCandidate = prepareReduction(candidate, statistic);
  const figures = Float64Array.from({ length: resamples }, () => {
    drawPositions(baselinePositions, random);
    if (pairing === 'independent') {
      drawPositions(candidatePositions, random);
    }
    return reduceCandidate(candidatePositions) - reduceBaseline(baselinePositions);
  });
  return boundResampled(figures, estimate, confidence);
}

/** Claims that the replicates show no difference: zero lies in the interval. Shown as `~`. */
export function isIndistinguishable(interval: Interval): boolean {
  return interval.lower <= 0 && interval.upper >= 0;
}
