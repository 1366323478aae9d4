import fc from 'fast-check';
import { Float64Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { seedStream } from '../random.ts';
import { type EncodedHistogram, Histogram } from './histogram.ts';

const TRACKABLE_PS = 2 ** 46;

function histogramOf(valuesPs: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of valuesPs) {
    histogram.record(value / 1000);
  }
  return histogram;
}

/** The reference: the same buckets with a unit of 1 ps and 3 digits. */
function referenceOf(valuesPs: readonly number[]): Float64Histogram {
  const reference = new Float64Histogram(1, TRACKABLE_PS - 1, 3);
  for (const value of valuesPs) {
    reference.recordValue(value);
  }
  return reference;
}

function picoseconds(valueNs: number): number {
  return Math.round(valueNs * 1000);
}

/** Values of every magnitude: a uniform exponent, then a uniform value below that power. */
const durationsPs = fc
  .tuple(fc.integer({ min: 0, max: 46 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([exponent, share]) => Math.min(TRACKABLE_PS - 1, Math.floor(2 ** exponent * share)));
const samples = fc.array(durationsPs, { minLength: 1, maxLength: 200 });

const FRACTIONS = [0.001, 0.01, 0.07, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];

describe('Histogram', () => {
  it('[HIST-1] gives the percentiles of hdr-histogram-js, cut off at the maximum', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 4096 }), (values, numerator) => {
        const histogram = histogramOf(values);
        const reference = referenceOf(values);
        for (const fraction of [...FRACTIONS, numerator / 4096]) {
          const expected = Math.min(
            reference.getValueAtPercentile(fraction * 100),
            Math.max(...values),
          );

          expect(picoseconds(histogram.percentileNs(fraction))).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[HIST-1] gives the percentiles of hdr-histogram-js for a long run', () => {
    const random = seedStream('a long run');
    const values = Array.from({ length: 50_000 }, () =>
      Math.floor(3_000_000 * (1 + 4 * random.nextUnit() * random.nextUnit())),
    );
    const histogram = histogramOf(values);
    const reference = referenceOf(values);

    for (let step = 1; step < 10_000; step++) {
      expect(picoseconds(histogram.percentileNs(step / 10_000))).toBe(
        Math.min(reference.getValueAtPercentile(step / 100), Math.max(...values)),
      );
    }
  });

  it('[HIST-1] has the buckets and counts of hdr-histogram-js', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const reference = referenceOf(values);
        const total = [...histogramOf(values).buckets()].map((bucket) => {
          const lower = picoseconds(bucket.lowerNs);

          expect(reference.lowestEquivalentValue(lower)).toBe(lower);
          expect(reference.highestEquivalentValue(lower)).toBe(picoseconds(bucket.upperNs));
          expect(reference.getCountAtIndex(reference.countsArrayIndex(lower))).toBe(bucket.count);
          return bucket.count;
        });

        expect(total.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
      { numRuns: 300 },
    );
  });

  it('[HIST-2] keeps the maximum beyond the trackable range, and in the last bucket', () => {
    const histogram = new Histogram();
    histogram.record(1);
    histogram.record(80e9);
    histogram.record(90e9);

    expect(histogram.maxNs).toBe(90e9);
    expect(histogram.percentileNs(0.6)).toBe(90e9);
    expect(histogram.meanNs).toBeCloseTo((1 + 170e9) / 3, 3);
    expect([...histogram.buckets()].map((bucket) => [bucket.upperNs, bucket.count])).toEqual([
      [1, 1],
      [90e9, 2],
    ]);
  });

  it('[HIST-3] rounds to whole picoseconds, half up, so that small phases keep their digits', () => {
    const valuesNs = [0.0004, 0.0005, 0.0015, 1.2344, 1.2345, 20.45, 3.6];
    const rounded = valuesNs.map((valueNs) => {
      const histogram = new Histogram();
      histogram.record(valueNs);
      return [histogram.minNs, histogram.maxNs, histogram.meanNs];
    });

    expect(rounded).toEqual(
      [0, 0.001, 0.002, 1.234, 1.235, 20.45, 3.6].map((value) => [value, value, value]),
    );
  });

  it('[HIST-4] keeps count, minimum, maximum and mean exactly', () => {
    fc.assert(
      fc.property(samples, (values) => {
        const histogram = histogramOf(values);
        const sum = values.reduce((total, value) => total + value, 0);

        expect([histogram.count, histogram.minNs, histogram.maxNs, histogram.meanNs]).toEqual([
          values.length,
          Math.min(...values) / 1000,
          Math.max(...values) / 1000,
          sum / values.length / 1000,
        ]);
        expect(histogram.percentileNs(1)).toBe(Math.max(...values) / 1000);
        expect(histogram.percentileNs(0)).toBe(Math.min(...values) / 1000);
      }),
    );
  });

  it('[HIST-4] gives the extremes themselves at the fractions 0 and 1, not their buckets', () => {
    const histogram = histogramOf([500_001, 700_000, 900_001]);

    expect([histogram.percentileNs(0), histogram.percentileNs(1)]).toEqual([500.001, 900.001]);
    expect(histogram.percentileNs(0.3)).toBe(500.223);
  });

  it('[HIST-4] never gives a percentile above a later one, or beside what was recorded', () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0, max: 1, noNaN: true }), (values, fraction) => {
        const histogram = histogramOf(values);
        const ascending = values.toSorted((left, right) => left - right);
        const rank = Math.max(1, Math.ceil(fraction * values.length));
        const exact = ascending[rank - 1] ?? Number.NaN;
        const found = picoseconds(histogram.percentileNs(fraction));

        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(exact * (1 + 1 / 1024));
        expect(histogram.percentileNs(Math.min(1, fraction + 0.1)) * 1000).toBeGreaterThanOrEqual(
          found - 0.5,
        );
      }),
    );
  });

  it('[HIST-4] knows nothing when nothing was recorded', () => {
    const empty = new Histogram();

    expect([empty.count, empty.minNs, empty.maxNs, empty.meanNs, empty.percentileNs(0.5)]).toEqual([
      0,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect([...empty.buckets()]).toEqual([]);
  });

  it('[HIST-5] recording an array equals recording its values one by one', () => {
    const anyDurationNs = fc.oneof(
      fc.double({ min: 0, max: 1e7, noNaN: true }),
      fc.integer({ min: 0, max: 5 }).map((halves) => halves / 2000),
      durationsPs.map((value) => value / 1000),
      fc.integer({ min: TRACKABLE_PS, max: 2 ** 52 }),
    );
    fc.assert(
      fc.property(fc.array(anyDurationNs, { maxLength: 100 }), fc.nat(), (valuesNs, cut) => {
        const length = valuesNs.length === 0 ? 0 : cut % (valuesNs.length + 1);
        const together = new Histogram();
        together.recordAll(Float64Array.from(valuesNs), length);
        const oneByOne = new Histogram();
        for (const valueNs of valuesNs.slice(0, length)) {
          oneByOne.record(valueNs);
        }

        expect(together.encode()).toEqual(oneByOne.encode());
      }),
      { numRuns: 500 },
    );
  });

  it('[HIST-5] recording a value many times equals recording it so often', () => {
    fc.assert(
      fc.property(durationsPs, fc.nat({ max: 50 }), durationsPs, (value, times, other) => {
        const many = histogramOf([other]);
        many.recordMany(value / 1000, times);

        expect(many.encode()).toEqual(
          histogramOf([other, ...Array.from({ length: times }, () => value)]).encode(),
        );
      }),
    );
  });

  it('[HIST-5] adding a histogram equals recording its values, in any order', () => {
    const maybeEmpty = fc.array(durationsPs, { maxLength: 60 });
    fc.assert(
      fc.property(maybeEmpty, maybeEmpty, (left, right) => {
        const merged = histogramOf(left);
        const other = histogramOf(right);
        merged.add(other);
        const reversed = histogramOf(right);
        reversed.add(histogramOf(left));

        expect(merged.encode()).toEqual(histogramOf([...left, ...right]).encode());
        expect(reversed.encode()).toEqual(merged.encode());
        expect(other.encode()).toEqual(histogramOf(right).encode());
      }),
    );
  });

  it('[HIST-6] survives encoding, also after a copy between threads, and goes on from there', () => {
    fc.assert(
      fc.property(fc.array(durationsPs, { maxLength: 100 }), durationsPs, (values, next) => {
        const encoded: EncodedHistogram = structuredClone(histogramOf(values).encode());
        const decoded = Histogram.decode(encoded);

        expect(decoded.encode()).toEqual(encoded);
        decoded.record(next / 1000);
        expect(decoded.encode()).toEqual(histogramOf([...values, next]).encode());
      }),
    );
  });

  it('[HIST-6] encodes only buckets that hold something', () => {
    expect(histogramOf([5, 5, 3000, 2 ** 33]).encode()).toEqual({
      indices: Uint32Array.of(5, 2524, 24_576),
      counts: Float64Array.of(2, 1, 1),
      count: 4,
      sumPs: 3010 + 2 ** 33,
      minPs: 5,
      maxPs: 2 ** 33,
    });
    expect(new Histogram().encode()).toEqual({
      indices: new Uint32Array(0),
      counts: new Float64Array(0),
      count: 0,
      sumPs: 0,
      minPs: 0,
      maxPs: 0,
    });
  });

  it('[HIST-6] refuses figures that contradict each other', () => {
    const good = histogramOf([5, 5, 3000]).encode();
    const faults: readonly Partial<EncodedHistogram>[] = [
      { counts: Float64Array.of(2) },
      { counts: Float64Array.of(2, 0) },
      { counts: Float64Array.of(2, 1.5) },
      { counts: Float64Array.of(2, Number.NaN) },
      { counts: Float64Array.of(3, 1) },
      { indices: Uint32Array.of(2524, 5) },
      { indices: Uint32Array.of(5, 5), maxPs: 5, sumPs: 15 },
      { indices: Uint32Array.of(5, 37_888) },
      { count: 4 },
      { count: 0 },
      { minPs: 6 },
      { maxPs: 3002 },
      { sumPs: 10_000 },
      { sumPs: Number.NaN },
    ];

    expect(Histogram.decode(good).count).toBe(3);
    for (const fault of faults) {
      expect(() => Histogram.decode({ ...good, ...fault })).toThrow(ModelError);
    }
    const empty = new Histogram().encode();
    expect(() => Histogram.decode({ ...empty, sumPs: 1 })).toThrow(/empty/);
  });

  it('[HIST-3] refuses what is no duration, and keeps what it had', () => {
    const histogram = histogramOf([7]);
    const before = histogram.encode();
    for (const value of [-1, -0.0006, NaN, Infinity, -Infinity, Number.MAX_VALUE]) {
      expect(() => {
        histogram.record(value);
      }).toThrow(ModelError);
      expect(() => {
        histogram.recordMany(value, 2);
      }).toThrow(ModelError);
      expect(() => {
        histogram.recordAll(Float64Array.of(value, 1), 2);
      }).toThrow(ModelError);
    }
    for (const count of [-1, 0.5, NaN, Infinity]) {
      expect(() => {
        histogram.recordMany(1, count);
      }).toThrow(ModelError);
    }
    expect(() => {
      histogram.recordAll(new Float64Array(0), 1);
    }).toThrow(ModelError);
    expect(histogram.encode()).toEqual(before);
  });

  it('[HIST-4] refuses a fraction outside 0 to 1', () => {
    for (const fraction of [-0.1, 1.001, 50, NaN]) {
      expect(() => histogramOf([1]).percentileNs(fraction)).toThrow(ModelError);
    }
  });
});
