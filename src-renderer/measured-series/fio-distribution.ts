import { fioHistogram } from '#contract';
import type { FioLatency } from '#contract';
import type { Buckets, Distribution } from '../charts/distribution.ts';

/** I/Os that a series of fio is drawn as where fio did not count them. */
const ASSUMED_IOS = 10_000;

function withTotal(buckets: Buckets, maxNs: number | null): Distribution {
  const total = buckets.count.reduce((sum, count) => sum + count, 0);
  return { ...buckets, total, maxNs: maxNs ?? buckets.upperNs.at(-1) ?? 0 };
}

function fromBins(latency: FioLatency): Distribution {
  const { lowerNs, upperNs, count } = fioHistogram(latency);
  // A bin ends before its upper bound; times of fio are whole nanoseconds.
  return withTotal({ lowerNs, upperNs: upperNs.map((upper) => upper - 1), count }, latency.maxNs);
}

/** Between two percentiles lie as many I/Os as their distance says, and nothing is known of where. */
function fromPercentiles(latency: FioLatency, ios: number): Distribution {
  const { percentiles, minNs, maxNs } = latency;
  const last = maxNs ?? percentiles.at(-1)?.ns ?? 0;
  const ends = [...percentiles.filter(({ percent }) => percent < 100), { percent: 100, ns: last }];
  const buckets = ends.map(({ percent, ns }, index) => {
    const before = ends[index - 1];
    const passed = Math.round(((before?.percent ?? 0) / 100) * ios);
    return {
      lowerNs: before?.ns ?? minNs ?? ns,
      upperNs: ns,
      count: Math.round((percent / 100) * ios) - passed,
    };
  });
  const held = buckets.filter(({ count }) => count > 0);
  return withTotal(
    {
      lowerNs: held.map(({ lowerNs }) => lowerNs),
      upperNs: held.map(({ upperNs }) => upperNs),
      count: held.map(({ count }) => count),
    },
    last,
  );
}

/**
 * A latency of fio as charts draw distributions: from the bins of JSON+, or else from its percentiles,
 * between which it has steps.
 *
 * @param ios  I/Os of the series; null where fio did not count them.
 * @returns Null where fio kept neither.
 */
export function distributionFromFio(latency: FioLatency, ios: number | null): Distribution | null {
  if (latency.bins.length > 0) return fromBins(latency);
  if (latency.percentiles.length === 0) return null;
  return fromPercentiles(latency, ios ?? ASSUMED_IOS);
}
