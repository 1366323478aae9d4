import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, naturalLogarithm } from './elementary-functions.ts';

function relativeError(found: number, expected: number): number {
  return found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected);
}

describe('exponential', () => {
  it('[MATH-1] is e^x to 1e-14 over the whole normal range', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => {
        expect(relativeError(exponential(x), Math.exp(x))).toBeLessThan(1e-14);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (x) => {
        expect(relativeError(exponential(x), Math.exp(x))).toBeLessThan(1e-15);
      }),
      { numRuns: 5000 },
    );
  });

  it('[MATH-1] is exact at 0 and ends where a double ends', () => {
    expect([0, -0, 709.79, -745.2, Infinity, -Infinity, NaN].map(exponential)).toEqual([
      1,
      1,
      Infinity,
      0,
      Infinity,
      0,
      NaN,
    ]);
    expect(exponential(709.78)).toBeGreaterThan(1.7e308);
    expect(exponential(-740)).toBeGreaterThan(0);
  });

  it('[MATH-1] gives these bits in every engine', () => {
    expect([1, -1, 0.5, 10, -20.25, 100.125].map(exponential)).toEqual([
      2.7182818284590455, 0.36787944117144233, 1.6487212707001282, 22026.465794806718,
      1.6052280551856116e-9, 3.0460357809113723e43,
    ]);
  });
});

describe('naturalLogarithm', () => {
  it('[MATH-2] is ln x to 1e-14 for every positive double, also beside 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(relativeError(naturalLogarithm(x), Math.log(x))).toBeLessThan(1e-14);
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0.25, max: 4, noNaN: true }), (x) => {
        expect(relativeError(naturalLogarithm(x), Math.log(x))).toBeLessThan(1e-14);
      }),
      { numRuns: 5000 },
    );
    for (const x of [1 - 2 ** -53, 1 + 2 ** -52, 0.5, 2, 2 ** -1022, 5e-324, Number.MAX_VALUE]) {
      expect(relativeError(naturalLogarithm(x), Math.log(x))).toBeLessThan(1e-15);
    }
  });

  it('[MATH-2] is exact at 1 and ends where a logarithm ends', () => {
    expect([1, 0, -0, -1, Infinity, -Infinity, NaN].map(naturalLogarithm)).toEqual([
      0,
      -Infinity,
      -Infinity,
      NaN,
      Infinity,
      NaN,
      NaN,
    ]);
  });

  it('[MATH-2] undoes the exponential', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 700, noNaN: true }), (x) => {
        expect(relativeError(naturalLogarithm(exponential(x)), x)).toBeLessThan(1e-12);
      }),
    );
  });

  it('[MATH-2] gives these bits in every engine', () => {
    expect([2, 10, 0.1, 1.5, 12345.678, 1e-300].map(naturalLogarithm)).toEqual([
      0.6931471805599453, 2.302585092994046, -2.3025850929940455, 0.4054651081081644,
      9.421061321291832, -690.7755278982137,
    ]);
  });
});
