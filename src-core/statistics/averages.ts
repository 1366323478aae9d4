import { ModelError } from '../errors.ts';

/** Which average of a sample is compared. */
export type Statistic = 'median' | 'mean';

/** @throws {ModelError} `out-of-range` when a sample is empty or has a value that is not finite. */
export function requireSample(values: ArrayLike<number>): void {
  if (values.length === 0) {
    throw new ModelError('out-of-range', 'a sample needs at least one value');
  }
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) {
      throw new ModelError('out-of-range', `a sample holds ${values[index]}, which is not finite`);
    }
  }
}

/**
 * The value at a share of an ascending sample, between two neighbours in proportion.
 *
 * @param ascending  At least one value.
 * @param fraction   From 0 (the first value) to 1 (the last).
 * @source R. J. Hyndman and Y. Fan, Sample Quantiles (1996), definition 7.
 */
export function quantileOfAscending(ascending: Float64Array, fraction: number): number {
  const position = (ascending.length - 1) * fraction;
  const below = Math.floor(position);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
}

/** Computes the statistic of a sample that it may reorder. */
export function reduceSample(values: Float64Array, statistic: Statistic): number {
  if (statistic === 'median') {
    return quantileOfAscending(values.sort(), 0.5);
  }
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index];
  }
  return sum / values.length;
}

/**
 * The middle value, or the mean of the middle two.
 *
 * @param values  At least one finite number, in any order. Left unmodified.
 * @throws {ModelError} `out-of-range` for another sample.
 */
export function medianOf(values: ArrayLike<number>): number {
  requireSample(values);
  return reduceSample(Float64Array.from(values), 'median');
}

/**
 * The arithmetic mean.
 *
 * @param values  At least one finite number. Left unmodified.
 * @throws {ModelError} `out-of-range` for another sample.
 */
export function meanOf(values: ArrayLike<number>): number {
  requireSample(values);
  return reduceSample(Float64Array.from(values), 'mean');
}
