import { exponential, naturalLogarithm } from './elementary-functions.ts';
import { ModelError } from './errors.ts';
import { normalQuantile } from './normal-distribution.ts';

/** Entries of a factor table unless a caller asks for another number. */
export const FACTOR_TABLE_ENTRIES = 4096;

/**
 * Turns a draw into the index of a table of 4096 factors: `random.nextUint32() >>> 20`, the upper
 * 12 of 32 bits.
 */
export const FACTOR_INDEX_SHIFT = 20;

/** Beyond this spread a few entries would carry the whole mean. */
const LARGEST_SIGMA = 3;
const MOST_ENTRIES = 1_048_576;

/** Tabulates a quantile function at the middle of equal shares and brings its mean to 1. */
function tabulateFactors(entries: number, quantile: (probability: number) => number): Float64Array {
  if (!Number.isInteger(entries) || entries < 1 || entries > MOST_ENTRIES) {
    throw new ModelError(
      'out-of-range',
      `${entries} is not a number of table entries from 1 to ${MOST_ENTRIES}`,
    );
  }
  const factors = Float64Array.from({ length: entries }, (_, index) =>
    quantile((index + 0.5) / entries),
  );
  const mean = sumUpTo(factors, entries) / entries;
  for (let index = 0; index < entries; index++) {
    factors[index] /= mean;
  }
  // The division leaves a rounding error of some 1e-13 in the sum: the last and largest entry
  // takes it, so that the mean is 1 and not nearly 1.
  factors[entries - 1] = entries - sumUpTo(factors, entries - 1);
  return factors;
}

function sumUpTo(values: Float64Array, end: number): number {
  let sum = 0;
  for (let index = 0; index < end; index++) {
    sum += values[index];
  }
  return sum;
}

/**
 * Tabulates log-normal factors: what a duration is multiplied by to scatter like measured ones,
 * with a tail to the right.
 *
 * Entry i of n is the quantile at (i + ½) / n, so entries ascend and each is equally likely: a draw
 * from the table is one random index. They are scaled so that their sum, taken in order, is exactly
 * n: on average a factor changes nothing, and half of them are below a median of about
 * e^(-sigma² / 2), which is less than 1. Nothing lies beyond the quantiles at ½ / n and 1 - ½ / n: with 4096 entries
 * the factors end at 3.67 standard deviations, e^(3.67 sigma) times the median.
 *
 * @param sigma    Standard deviation of the logarithm, from 0 (every factor is 1) to 3.
 * @param entries  A whole number from 1 to 2^20.
 * @throws {ModelError} `out-of-range`.
 * @source SPEC rules MATH-5 and MATH-6.
 */
export function buildLogNormalFactors(
  sigma: number,
  entries: number = FACTOR_TABLE_ENTRIES,
): Float64Array {
  if (!(sigma >= 0 && sigma <= LARGEST_SIGMA)) {
    throw new ModelError('out-of-range', `${sigma} is not a sigma from 0 to ${LARGEST_SIGMA}`);
  }
  return tabulateFactors(entries, (probability) =>
    exponential(sigma * normalQuantile(probability)),
  );
}

/**
 * Tabulates exponential factors: what a mean time is multiplied by to become the time to the next
 * of many independent events.
 *
 * Entry i of n is the quantile -ln(1 - p) at p = (i + ½) / n, scaled so that the sum, taken in
 * order, is exactly n. With 4096 entries the largest factor is about 9.
 *
 * @param entries  A whole number from 1 to 2^20.
 * @throws {ModelError} `out-of-range`.
 * @source SPEC rules MATH-5 and MATH-7.
 */
export function buildExponentialFactors(entries: number = FACTOR_TABLE_ENTRIES): Float64Array {
  return tabulateFactors(entries, (probability) => -naturalLogarithm(1 - probability));
}
