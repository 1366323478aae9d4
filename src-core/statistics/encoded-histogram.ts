import { BUCKET_COUNT, bucketIndex } from './bucket-layout.ts';

/** How far rounding may move a sum beyond 2^53 ps, as a share. */
const SUM_TOLERANCE = 1e-6;

/**
 * A histogram as plain data, small enough to store and to send: only buckets that hold something.
 * `indices` and `counts` have the same length; `Histogram.decode` is the way back.
 */
export type EncodedHistogram = {
  /** Bucket numbers of the layout of HdrHistogram (unit 1 ps, 3 digits), ascending. */
  readonly indices: Uint32Array;
  /** Values in each of these buckets, at least 1. */
  readonly counts: Float64Array;
  readonly count: number;
  /** Unit: picoseconds, as are the next two. All three are 0 when `count` is. */
  readonly sumPs: number;
  readonly minPs: number;
  readonly maxPs: number;
};

/**
 * Says in words what is wrong with an encoded histogram.
 *
 * @returns Nothing when its figures agree with each other.
 */
export function describeEncodingFault(encoded: EncodedHistogram): string | undefined {
  const { indices, counts, count, sumPs, minPs, maxPs } = encoded;
  if (indices.length !== counts.length) {
    return `${indices.length} buckets have ${counts.length} counts`;
  }
  let total = 0;
  for (const [at, index] of indices.entries()) {
    if (index >= BUCKET_COUNT || (at > 0 && index <= indices[at - 1])) {
      return `bucket ${index} is out of place`;
    }
    if (!Number.isSafeInteger(counts[at]) || counts[at] < 1) {
      return `bucket ${index} holds ${counts[at]} values`;
    }
    total += counts[at];
  }
  if (total !== count) {
    return `the buckets hold ${total} values and not ${count}`;
  }
  if (count === 0) {
    return sumPs === 0 && minPs === 0 && maxPs === 0 ? undefined : 'it is empty but has figures';
  }
  if (bucketIndex(minPs) !== indices[0] || bucketIndex(maxPs) !== indices[indices.length - 1]) {
    return `${minPs} and ${maxPs} ps are not in its first and last bucket`;
  }
  const mean = sumPs / count;
  return mean >= minPs * (1 - SUM_TOLERANCE) && mean <= maxPs * (1 + SUM_TOLERANCE)
    ? undefined
    : `a sum of ${sumPs} ps does not come from such values`;
}
