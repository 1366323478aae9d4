import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Histogram } from '#core';
import { cumulativeSteps, percentileNs, poolDistributions, shareAtMost } from './distribution.ts';
import { bucketsOf, distributionOf } from './testing/chart-samples.ts';

/** Whole picoseconds, which a histogram keeps exactly. */
const times = fc.array(
  fc.integer({ min: 0, max: 5_000_000 }).map((picoseconds) => picoseconds / 1000),
  { minLength: 1, maxLength: 60 },
);

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

it('[STAT-1] reads percentiles off buckets as the histogram of the core does', () => {
  fc.assert(
    fc.property(times, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, share) => {
      expect(percentileNs(distributionOf(values), share)).toBe(
        histogramOf(values).percentileNs(share),
      );
    }),
  );
});

it('pools replicates as if they had been recorded together', () => {
  fc.assert(
    fc.property(times, times, (first, second) => {
      const pooled = poolDistributions([
        { buckets: bucketsOf(first), maxNs: Math.max(...first) },
        { buckets: bucketsOf(second), maxNs: Math.max(...second) },
      ]);

      expect(pooled).toEqual(distributionOf([...first, ...second]));
    }),
  );
});

it('ends its steps at all values and the maximum', () => {
  fc.assert(
    fc.property(times, (values) => {
      const steps = cumulativeSteps(distributionOf(values));

      expect(steps.at(-1)).toMatchObject({ upTo: 1, valueNs: Math.max(...values) });
      expect(steps.every((step, index) => step.from === (steps[index - 1]?.upTo ?? 0))).toBe(true);
    }),
  );
});

it('counts a bucket from its end on', () => {
  const distribution = distributionOf([1, 2, 2, 4]);

  const shares = [0.5, 1, 2, 3.9, 4].map((valueNs) => shareAtMost(distribution, valueNs));

  expect(shares).toEqual([0, 0.25, 0.75, 0.75, 1]);
});

it('has no percentile of nothing', () => {
  const nothing = poolDistributions([]);

  expect([percentileNs(nothing, 0.5), shareAtMost(nothing, 1)]).toEqual([null, 0]);
});
