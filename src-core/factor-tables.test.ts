import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from './digest.ts';
import { ModelError } from './errors.ts';
import {
  buildExponentialFactors,
  buildLogNormalFactors,
  FACTOR_INDEX_SHIFT,
  FACTOR_TABLE_ENTRIES,
} from './factor-tables.ts';
import { normalQuantile } from './normal-distribution.ts';

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isAscending(values: Float64Array): boolean {
  return values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
}

const sigmas = fc.double({ min: 1e-6, max: 3, noNaN: true });
const sizes = fc.integer({ min: 2, max: 5000 });

describe('factor tables', () => {
  it('[MATH-5] have a mean of exactly 1 and ascend, whatever the spread and the size', () => {
    fc.assert(
      fc.property(sigmas, sizes, (sigma, entries) => {
        const factors = buildLogNormalFactors(sigma, entries);

        expect(factors).toHaveLength(entries);
        expect(meanOf(factors)).toBe(1);
        expect(isAscending(factors)).toBe(true);
        expect(factors[0]).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(sizes, (entries) => {
        const factors = buildExponentialFactors(entries);

        expect(meanOf(factors)).toBe(1);
        expect(isAscending(factors)).toBe(true);
        expect(factors[0]).toBeGreaterThan(0);
      }),
    );
  });

  it('[MATH-5] hold 4096 entries, so that the upper 12 bits of a draw are an index', () => {
    expect(buildLogNormalFactors(0.2)).toHaveLength(FACTOR_TABLE_ENTRIES);
    expect(buildExponentialFactors()).toHaveLength(FACTOR_TABLE_ENTRIES);
    expect(0xffff_ffff >>> FACTOR_INDEX_SHIFT).toBe(FACTOR_TABLE_ENTRIES - 1);
  });

  it('[MATH-6] log-normal factors are quantiles at the middle of equal shares', () => {
    const sigma = 0.4;
    const factors = buildLogNormalFactors(sigma);
    const first = factors[0] ?? 0;

    for (const index of [1, 100, 2047, 2048, 4000, 4094]) {
      const step = normalQuantile((index + 0.5) / 4096) - normalQuantile(0.5 / 4096);
      expect((factors[index] ?? 0) / first).toBeCloseTo(Math.exp(sigma * step), 10);
    }
    expect(factors[2048]).toBeLessThan(1);
    expect(factors[2048]).toBeCloseTo(Math.exp((-sigma * sigma) / 2), 2);
  });

  it('[MATH-6] a sigma of 0 leaves every duration as it is', () => {
    expect(buildLogNormalFactors(0)).toEqual(new Float64Array(4096).fill(1));
  });

  it('[MATH-7] exponential factors are quantiles at the middle of equal shares', () => {
    const factors = buildExponentialFactors();
    const first = factors[0] ?? 0;

    for (const index of [1, 100, 2048, 4000, 4094]) {
      const expected = Math.log1p(-(index + 0.5) / 4096) / Math.log1p(-0.5 / 4096);
      expect((factors[index] ?? 0) / first / expected).toBeCloseTo(1, 10);
    }
    expect(factors[2047]).toBeCloseTo(Math.LN2, 3);
  });

  it('[MATH-5] have these bits in every engine', () => {
    expect(sha256Hex(buildLogNormalFactors(0.25))).toBe(
      '0371d1d56399ccd40bc9317e00a8314a4e1c7f7c9a9e5dac3666c9347acd8aeb',
    );
    expect(sha256Hex(buildExponentialFactors())).toBe(
      '703ceb6883c831d2d219f1baf83605df38dcd9badd6b524067bc0e2409528da1',
    );
  });

  it('[MATH-5] are refused outside their range', () => {
    for (const sigma of [-0.1, 3.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => buildLogNormalFactors(sigma)).toThrow(ModelError);
    }
    for (const entries of [0, -1, 1.5, 2 ** 20 + 1, Number.NaN]) {
      expect(() => buildLogNormalFactors(0.1, entries)).toThrow(ModelError);
      expect(() => buildExponentialFactors(entries)).toThrow(ModelError);
    }
  });
});
