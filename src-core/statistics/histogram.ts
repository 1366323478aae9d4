import { ModelError } from '../errors.ts';
import {
  BUCKET_COUNT,
  bucketHighest,
  bucketIndex,
  bucketLowest,
  smallBucketIndex,
} from './bucket-layout.ts';
import { describeEncodingFault, type EncodedHistogram } from './encoded-histogram.ts';

export type { EncodedHistogram };

/** Times are counted in picoseconds, so that a phase of a few nanoseconds keeps its digits. */
const PICOSECONDS_PER_NANOSECOND = 1000;
/** Values below this many picoseconds take the quick way, as an int32. */
const QUICK_LIMIT = 2_147_483_648;

/** The figures of {@link smallBucketIndex}. */
const HALF_BITS = 10;
const EXACT_VALUES_MASK = 2047;
const EXACT_LEADING_ZEROS = 21;

/** Positions of what a histogram knows beside its buckets. Unit of the last three: picoseconds. */
const COUNT = 0;
const SUM = 1;
const MINIMUM = 2;
const MAXIMUM = 3;

/** A stretch of time with at least one recorded value, its ends included. */
export type HistogramBucket = {
  /** Unit: nanoseconds, a multiple of 0.001. */
  readonly lowerNs: number;
  /** Unit: nanoseconds, a multiple of 0.001. */
  readonly upperNs: number;
  readonly count: number;
};

/** A duration in whole picoseconds, rounded half up. */
function picosecondsFromNanoseconds(valueNs: number): number {
  const value = Math.floor(valueNs * PICOSECONDS_PER_NANOSECOND + 0.5);
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new ModelError('out-of-range', `${valueNs} ns cannot be recorded: it is no duration`);
  }
  return value;
}

/**
 * A histogram of durations with the buckets of HdrHistogram: 3 significant digits from 1 ps.
 *
 * Values are rounded to whole picoseconds, half up. Count, minimum, maximum and sum are kept beside
 * the buckets: the first three are always exact, the sum as long as it is below 2^53 ps (some 2.5
 * hours). From 2^46 ps (70 s) all values share the last bucket. A histogram takes 303 KB, of which
 * an operating system provides what is touched.
 *
 * @source HdrHistogram 2.1.12; SPEC rules HIST-1 to HIST-6.
 */
export class Histogram {
  private readonly counts = new Float64Array(BUCKET_COUNT);
  private readonly totals = Float64Array.of(0, 0, Number.POSITIVE_INFINITY, 0);

  /**
   * Records one duration.
   *
   * @param valueNs  Unit: nanoseconds, fractions allowed, at least 0.
   * @throws {ModelError} `out-of-range` for a value that is negative or not finite.
   */
  record(valueNs: number): void {
    const scaled = valueNs * PICOSECONDS_PER_NANOSECOND + 0.5;
    if (!(scaled >= 0 && scaled < QUICK_LIMIT)) {
      this.recordMany(valueNs, 1);
      return;
    }
    const { counts, totals } = this;
    const value = scaled | 0;
    counts[smallBucketIndex(value)]++;
    totals[COUNT]++;
    totals[SUM] += value;
    if (value < totals[MINIMUM]) {
      totals[MINIMUM] = value;
    }
    if (value > totals[MAXIMUM]) {
      totals[MAXIMUM] = value;
    }
  }

  /**
   * Records the first `length` durations of an array, in order: the same as {@link record} for
   * each, in less than half the time, since the totals stay in registers.
   *
   * @param valuesNs  See {@link record}.
   * @param length    A whole number from 0 to the length of the array.
   * @throws {ModelError} `out-of-range` as {@link record} does; the values before that one have
   *   been recorded.
   */
  recordAll(valuesNs: Float64Array, length: number): void {
    for (let at = this.recordQuick(valuesNs, 0, length); at < length;) {
      this.recordMany(valuesNs[at], 1);
      at = this.recordQuick(valuesNs, at + 1, length);
    }
  }

  /**
   * Records the same duration many times.
   *
   * @param valueNs  See {@link record}.
   * @param count    A whole number from 0.
   * @throws {ModelError} `out-of-range` for such a value or count.
   */
  recordMany(valueNs: number, count: number): void {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new ModelError('out-of-range', `${count} is not a number of values to record`);
    }
    const value = picosecondsFromNanoseconds(valueNs);
    if (count > 0) {
      const { counts, totals } = this;
      counts[bucketIndex(value)] += count;
      totals[COUNT] += count;
      totals[SUM] += value * count;
      totals[MINIMUM] = Math.min(totals[MINIMUM], value);
      totals[MAXIMUM] = Math.max(totals[MAXIMUM], value);
    }
  }

  /**
   * Adds everything that another histogram holds, as if it had been recorded here.
   *
   * @param other  Left unmodified.
   */
  add(other: Histogram): void {
    const { counts, totals } = this;
    const last = other.lastIndex();
    for (let index = other.firstIndex(); index <= last; index++) {
      counts[index] += other.counts[index];
    }
    totals[COUNT] += other.totals[COUNT];
    totals[SUM] += other.totals[SUM];
    totals[MINIMUM] = Math.min(totals[MINIMUM], other.totals[MINIMUM]);
    totals[MAXIMUM] = Math.max(totals[MAXIMUM], other.totals[MAXIMUM]);
  }

  /** The number of recorded values. */
  get count(): number {
    return this.totals[COUNT];
  }

  /** The smallest recorded value. Unit: nanoseconds; NaN when nothing was recorded. */
  get minNs(): number {
    return this.count === 0 ? Number.NaN : this.totals[MINIMUM] / PICOSECONDS_PER_NANOSECOND;
  }

  /** The largest recorded value, never that of a bucket. Unit: nanoseconds; NaN when empty. */
  get maxNs(): number {
    return this.count === 0 ? Number.NaN : this.totals[MAXIMUM] / PICOSECONDS_PER_NANOSECOND;
  }

  /** The mean from the sum, not from the buckets. Unit: nanoseconds; NaN when empty. */
  get meanNs(): number {
    return this.totals[SUM] / this.count / PICOSECONDS_PER_NANOSECOND;
  }

  /**
   * The duration that the given share of the values does not exceed.
   *
   * The value of rank ⌈fraction × count⌉ is looked up, and the largest value that its bucket can
   * hold is given, as HdrHistogram does: at most 0.1 % more than the value itself. In the bucket of
   * the maximum that is the maximum, so `percentileNs(1)` and every percentile near it are exact.
   *
   * @param fraction  From 0 to 1: 0.999 is the 99.9th percentile; 0 gives the minimum.
   * @returns Unit: nanoseconds; NaN when nothing was recorded.
   * @throws {ModelError} `out-of-range` for another fraction.
   */
  percentileNs(fraction: number): number {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new ModelError('out-of-range', `${fraction} is not a share from 0 to 1`);
    }
    if (fraction === 0) {
      return this.minNs;
    }
    const exactRank = fraction * this.count;
    // 0.07 × 100 is 7.000000000000001: without the correction rank 8 would be taken.
    const rank = Math.max(1, Math.ceil(exactRank - exactRank * Number.EPSILON));
    const last = this.lastIndex();
    let passed = 0;
    for (let index = this.firstIndex(); index < last; index++) {
      passed += this.counts[index];
      if (passed >= rank) {
        return bucketHighest(index) / PICOSECONDS_PER_NANOSECOND;
      }
    }
    return this.maxNs;
  }

  /** Goes through the buckets that hold something, ascending. */
  *buckets(): Generator<HistogramBucket, void, undefined> {
    const last = this.lastIndex();
    for (let index = this.firstIndex(); index <= last; index++) {
      const count = this.counts[index];
      if (count > 0) {
        // Only beyond the trackable range does the maximum lie outside its bucket.
        const upper = Math.max(bucketHighest(index), index === last ? this.totals[MAXIMUM] : 0);
        yield {
          lowerNs: bucketLowest(index) / PICOSECONDS_PER_NANOSECOND,
          upperNs: upper / PICOSECONDS_PER_NANOSECOND,
          count,
        };
      }
    }
  }

  /** Copies the histogram into plain data with no memory in common with it. */
  encode(): EncodedHistogram {
    const indices: number[] = [];
    const last = this.lastIndex();
    for (let index = this.firstIndex(); index <= last; index++) {
      if (this.counts[index] > 0) {
        indices.push(index);
      }
    }
    const { count, totals } = this;
    return {
      indices: Uint32Array.from(indices),
      counts: Float64Array.from(indices, (index) => this.counts[index]),
      count,
      sumPs: totals[SUM],
      minPs: count === 0 ? 0 : totals[MINIMUM],
      maxPs: totals[MAXIMUM],
    };
  }

  /**
   * Turns plain data back into the histogram it was made from.
   *
   * @param encoded  What {@link encode} gave. Copied.
   * @throws {ModelError} `out-of-range` when its figures contradict each other.
   */
  static decode(encoded: EncodedHistogram): Histogram {
    const fault = describeEncodingFault(encoded);
    if (fault !== undefined) {
      throw new ModelError('out-of-range', `not an encoded histogram: ${fault}`);
    }
    const histogram = new Histogram();
    const { counts, totals } = histogram;
    for (const [at, index] of encoded.indices.entries()) {
      counts[index] = encoded.counts[at];
    }
    if (encoded.count > 0) {
      totals[COUNT] = encoded.count;
      totals[SUM] = encoded.sumPs;
      totals[MINIMUM] = encoded.minPs;
      totals[MAXIMUM] = encoded.maxPs;
    }
    return histogram;
  }

  /** Records from `first` up to the first value that is no int32. Returns its position. */
  private recordQuick(valuesNs: Float64Array, first: number, end: number): number {
    const { counts, totals } = this;
    let sum = totals[SUM];
    let minimum = totals[MINIMUM];
    let maximum = totals[MAXIMUM];
    let at = first;
    for (; at < end; at++) {
      const scaled = valuesNs[at] * PICOSECONDS_PER_NANOSECOND + 0.5;
      if (!(scaled >= 0 && scaled < QUICK_LIMIT)) {
        break;
      }
      const value = scaled | 0;
      // smallBucketIndex(), written out: the call into another module costs a tenth of the loop.
      const shift = EXACT_LEADING_ZEROS - Math.clz32(value | EXACT_VALUES_MASK);
      counts[(shift << HALF_BITS) + (value >>> shift)]++;
      sum += value;
      if (value < minimum) {
        minimum = value;
      }
      if (value > maximum) {
        maximum = value;
      }
    }
    totals[COUNT] += at - first;
    totals[SUM] = sum;
    totals[MINIMUM] = minimum;
    totals[MAXIMUM] = maximum;
    return at;
  }

  private firstIndex(): number {
    return this.count === 0 ? BUCKET_COUNT : bucketIndex(this.totals[MINIMUM]);
  }

  private lastIndex(): number {
    return this.count === 0 ? -1 : bucketIndex(this.totals[MAXIMUM]);
  }
}
