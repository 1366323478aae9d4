/** Buckets of a latency distribution, ascending; what a trial detail holds for one phase. */
export type Buckets = {
  readonly lowerNs: readonly number[];
  readonly upperNs: readonly number[];
  readonly count: readonly number[];
};

/** A latency distribution: buckets that all hold something, and the exact maximum. */
export type Distribution = Buckets & {
  readonly total: number;
  /** The largest value itself, not the end of its bucket. Unit: nanoseconds. */
  readonly maxNs: number;
};

/** Values of replicates together, as if they had been recorded into one histogram. */
export function poolDistributions(
  parts: readonly { readonly buckets: Buckets; readonly maxNs: number }[],
): Distribution {
  const counts = new Map<number, { upperNs: number; count: number }>();
  for (const { buckets } of parts) {
    for (const [index, lowerNs] of buckets.lowerNs.entries()) {
      const bucket = counts.get(lowerNs) ?? { upperNs: 0, count: 0 };
      bucket.upperNs = Math.max(bucket.upperNs, buckets.upperNs[index] ?? lowerNs);
      bucket.count += buckets.count[index] ?? 0;
      counts.set(lowerNs, bucket);
    }
  }
  const ascending = [...counts].sort(([left], [right]) => left - right);
  return {
    lowerNs: ascending.map(([lowerNs]) => lowerNs),
    upperNs: ascending.map(([, { upperNs }]) => upperNs),
    count: ascending.map(([, { count }]) => count),
    total: ascending.reduce((sum, [, { count }]) => sum + count, 0),
    maxNs: Math.max(0, ...parts.map(({ maxNs }) => maxNs)),
  };
}

/**
 * The time that a share of the values does not exceed, read as the core's histogram reads it: the end
 * of the bucket of rank ⌈share × total⌉, and the maximum in the last one.
 *
 * @returns Unit: nanoseconds; null when there is no value.
 */
export function percentileNs(distribution: Distribution, share: number): number | null {
  const { upperNs, count, total, maxNs } = distribution;
  if (total === 0) return null;
  const exactRank = share * total;
  const rank = Math.max(1, Math.ceil(exactRank - exactRank * Number.EPSILON));
  let passed = 0;
  for (const [index, own] of count.entries()) {
    passed += own;
    if (passed >= rank) return Math.min(upperNs[index] ?? maxNs, maxNs);
  }
  return maxNs;
}

/** The share of values that are at most `valueNs`, counting a bucket from its end on. */
export function shareAtMost(distribution: Distribution, valueNs: number): number {
  const { upperNs, count, total, maxNs } = distribution;
  let passed = 0;
  for (const [index, own] of count.entries()) {
    if (Math.min(upperNs[index] ?? maxNs, maxNs) > valueNs) break;
    passed += own;
  }
  return total === 0 ? 0 : passed / total;
}

/** A step of a cumulative distribution: up to `upTo` (a share) values are at most `valueNs`. */
export type CumulativeStep = {
  readonly from: number;
  readonly upTo: number;
  readonly valueNs: number;
};

/** The steps of a distribution, ascending in both share and value. */
export function cumulativeSteps(distribution: Distribution): readonly CumulativeStep[] {
  const { upperNs, count, total, maxNs } = distribution;
  let passed = 0;
  return count.map((own, index) => {
    const from = passed / total;
    passed += own;
    return { from, upTo: passed / total, valueNs: Math.min(upperNs[index] ?? maxNs, maxNs) };
  });
}
