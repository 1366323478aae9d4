/**
 * The buckets of HdrHistogram for whole numbers from 1 with 3 significant digits: below 2,048 every
 * number has a bucket of its own, and above, every doubling is cut into 1,024 equal buckets. A
 * bucket is never wider than a 1,024th of its lower edge.
 *
 * @source HdrHistogram 2.1.12, AbstractHistogram.java, countsArrayIndex() and
 *   valueFromIndex(); SPEC rule HIST-1.
 */

/** Buckets per doubling, as a power of two. */
const HALF_BITS = 10;
const HALF_BUCKETS = 1024;
/** Numbers below this have a bucket of their own. */
const EXACT_VALUES = 2048;
/** `Math.clz32` of the largest of them. */
const EXACT_LEADING_ZEROS = 21;

/** From here on a value is no int32. */
const SMALL_VALUE_LIMIT = 2_147_483_648;
const SMALL_VALUE_BITS = 31;
/** Divides a large value so that 25 bits remain of the largest and 11 of the smallest. */
const LARGE_VALUE_SHIFT = 21;
const LARGE_VALUE_DIVISOR = 2_097_152;

/** The first value that has no bucket: 2^46. */
const TRACKABLE_LIMIT = 70_368_744_177_664;
/** The number of buckets, for values below 2^46. */
export const BUCKET_COUNT = 37_888;

/**
 * The bucket of a value below 2^31.
 *
 * @param value  A whole number from 0 to 2^31 - 1, as an int32.
 */
export function smallBucketIndex(value: number): number {
  const shift = EXACT_LEADING_ZEROS - Math.clz32(value | (EXACT_VALUES - 1));
  return (shift << HALF_BITS) + (value >>> shift);
}

/**
 * The bucket of any value: beyond the trackable range it is the last one.
 *
 * @param value  A whole number from 0.
 */
export function bucketIndex(value: number): number {
  if (value < SMALL_VALUE_LIMIT) {
    return smallBucketIndex(value);
  }
  if (value >= TRACKABLE_LIMIT) {
    return BUCKET_COUNT - 1;
  }
  const leading = smallBucketIndex(Math.floor(value / LARGE_VALUE_DIVISOR));
  return (LARGE_VALUE_SHIFT << HALF_BITS) + leading;
}

/** How many values share the bucket. A whole power of two. */
export function bucketWidth(index: number): number {
  const shift = Math.max(0, (index >>> HALF_BITS) - 1);
  return shift < SMALL_VALUE_BITS
    ? 1 << shift
    : (1 << (shift - LARGE_VALUE_SHIFT)) * LARGE_VALUE_DIVISOR;
}

/** The smallest value of the bucket. */
export function bucketLowest(index: number): number {
  const shift = Math.max(0, (index >>> HALF_BITS) - 1);
  return (index - shift * HALF_BUCKETS) * bucketWidth(index);
}

/** The largest value of the bucket. */
export function bucketHighest(index: number): number {
  return bucketLowest(index) + bucketWidth(index) - 1;
}
