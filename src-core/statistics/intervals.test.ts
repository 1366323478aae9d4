import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { normalQuantile } from '../normal-distribution.ts';
import { seedStream } from '../random.ts';
import { meanOf, medianOf } from './averages.ts';
import { bootstrapDifference, bootstrapInterval, isIndistinguishable } from './intervals.ts';

// Survival of 16 mice in days: Efron and Tibshirani, An Introduction to the Bootstrap, table 2.1.
const TREATED = [94, 197, 16, 38, 99, 141, 23];
const CONTROL = [52, 104, 146, 10, 51, 30, 40, 27, 46];

const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 20,
});

describe('averages', () => {
  it('[STAT-2] the median is the middle value, or the mean of the middle two', () => {
    expect([medianOf([3]), medianOf([9, 1, 5]), medianOf([8, 1, 2, 4])]).toEqual([3, 5, 3]);
    expect([medianOf(TREATED), medianOf(CONTROL)]).toEqual([94, 46]);
  });

  it('[STAT-2] averages lie within the sample and leave it as it was', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const before = [...values];
        const low = Math.min(...values);
        const high = Math.max(...values);

        expect(medianOf(values)).toBeGreaterThanOrEqual(low);
        expect(medianOf(values)).toBeLessThanOrEqual(high);
        expect(meanOf(values)).toBeGreaterThanOrEqual(low - 1e-9);
        expect(meanOf(values)).toBeLessThanOrEqual(high + 1e-9);
        expect(values).toEqual(before);
      }),
    );
  });

  it('[STAT-2] an empty sample, or one that is not finite, has no average', () => {
    for (const values of [[], [1, NaN], [Infinity]]) {
      expect(() => medianOf(values)).toThrow(ModelError);
      expect(() => meanOf(values)).toThrow(ModelError);
    }
  });
});

describe('bootstrap intervals', () => {
  it('[STAT-2] agree with an independent implementation on the mouse data', () => {
    // Ends from 400,000 resamples of scipy.stats.bootstrap, percentile method.
    const difference = bootstrapDifference(CONTROL, TREATED, seedStream(1), 'independent', {
      statistic: 'mean',
      resamples: 100_000,
    });
    const alone = bootstrapInterval(TREATED, seedStream(2), {
      statistic: 'mean',
      resamples: 100_000,
    });
    const medians = bootstrapDifference(CONTROL, TREATED, seedStream(3), 'independent', {
      resamples: 100_000,
    });

    expect(difference.estimate).toBeCloseTo(30.63, 2);
    expect(Math.abs(difference.lower - -21)).toBeLessThan(1);
    expect(Math.abs(difference.upper - 84.1)).toBeLessThan(1);
    expect(Math.abs(alone.lower - 43.4)).toBeLessThan(1);
    expect(Math.abs(alone.upper - 134.7)).toBeLessThan(1);
    expect(medians).toEqual({ estimate: 48, lower: -29, upper: 101, confidence: 0.95 });
  });

  it('[STAT-3] resampling both alike removes what a seed does to both', () => {
    const baseline = [100, 110, 130, 125, 118, 109, 141, 122];
    const candidate = [103, 112, 131, 128, 119, 113, 143, 126];
    const options = { statistic: 'mean', resamples: 20_000 } as const;

    const paired = bootstrapDifference(baseline, candidate, seedStream(4), 'same-seeds', options);
    const apart = bootstrapDifference(baseline, candidate, seedStream(4), 'independent', options);

    expect(paired.estimate).toBe(2.5);
    expect(Math.abs(paired.lower - 1.75)).toBeLessThan(0.2);
    expect(Math.abs(paired.upper - 3.25)).toBeLessThan(0.2);
    expect(isIndistinguishable(paired)).toBe(false);
    expect(Math.abs(apart.lower - -9.25)).toBeLessThan(0.5);
    expect(Math.abs(apart.upper - 14.25)).toBeLessThan(0.5);
    expect(isIndistinguishable(apart)).toBe(true);
  });

  it('[STAT-2] hold the true mean about as often as they claim', () => {
    const random = seedStream('coverage');
    let held = 0;
    for (let experiment = 0; experiment < 500; experiment++) {
      const values = Array.from({ length: 25 }, () => 10 + normalQuantile(random.nextUnit()));
      const options = { statistic: 'mean', confidence: 0.9, resamples: 400 } as const;
      const interval = bootstrapInterval(values, random, options);
      held += interval.lower <= 10 && interval.upper >= 10 ? 1 : 0;
    }

    // The percentile method claims a little more than it holds for 25 values.
    expect(held / 500).toBeGreaterThan(0.83);
    expect(held / 500).toBeLessThan(0.94);
  });

  it('[STAT-2] are the same from the same stream, and turn round with the samples', () => {
    fc.assert(
      fc.property(sample, fc.nat(), (values, seed) => {
        const other = values.map((value) => value / 2 + 1);
        const options = { resamples: 200 };
        const once = bootstrapDifference(values, other, seedStream(seed), 'same-seeds', options);
        const again = bootstrapDifference(values, other, seedStream(seed), 'same-seeds', options);
        const back = bootstrapDifference(other, values, seedStream(seed), 'same-seeds', options);

        expect(again).toEqual(once);
        expect(back.estimate).toBeCloseTo(-once.estimate, 6);
        expect(isIndistinguishable(back)).toBe(isIndistinguishable(once));
      }),
      { numRuns: 50 },
    );
  });

  it('[STAT-3] one replicate leaves the interval open, so that nothing is claimed', () => {
    const difference = bootstrapDifference([10], [20], seedStream(5), 'same-seeds');

    expect(difference).toEqual({
      estimate: 10,
      lower: -Infinity,
      upper: Infinity,
      confidence: 0.95,
    });
    expect(isIndistinguishable(difference)).toBe(true);
    expect(bootstrapInterval([7], seedStream(5)).upper).toBe(Infinity);
    expect(bootstrapDifference([1, 2], [3], seedStream(5), 'independent').lower).toBe(-Infinity);
  });

  it('[STAT-3] an interval that ends at zero is indistinguishable, one beside it is not', () => {
    const ends = [
      [-1, 1],
      [0, 1],
      [-1, 0],
      [0.1, 1],
      [-1, -0.1],
    ] as const;

    expect(
      ends.map(([lower, upper]) =>
        isIndistinguishable({ estimate: 0, lower, upper, confidence: 0.9 }),
      ),
    ).toEqual([true, true, true, false, false]);
  });

  it('[STAT-2] refuse what they cannot use', () => {
    const random = seedStream(6);

    expect(() => bootstrapInterval([], random)).toThrow(ModelError);
    expect(() => bootstrapInterval([1, 2], random, { confidence: 95 })).toThrow(/95/);
    expect(() => bootstrapInterval([1, 2], random, { resamples: 10 })).toThrow(/10/);
    expect(() => bootstrapDifference([1], [NaN], random, 'independent')).toThrow(ModelError);
    expect(() => bootstrapDifference([1, 2], [1], random, 'same-seeds')).toThrow(/paired/);
  });
});
