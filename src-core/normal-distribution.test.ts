import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalProbability, normalQuantile } from './normal-distribution.ts';

/** Probability and value, computed with 60 decimal digits. */
const QUANTILES = [
  [1e-15, -7.9413453261709969766],
  [1e-10, -6.36134090240405658534],
  [1 / 8192, -3.66832928512132294685],
  [0.001, -3.09023230616781363622],
  [0.025, -1.95996398454005427148],
  [0.05, -1.64485362695147263601],
  [0.1, -1.28155156554460036844],
  [0.3, -0.52440051270804077799],
  [0.4, -0.25334710313579972274],
  [0.75, 0.67448975019608170545],
  [0.9, 1.28155156554460059048],
  [0.99, 2.32634787404084075746],
  [0.999, 3.09023230616781319213],
] as const;

/** Value and probability, computed with 60 decimal digits. */
const PROBABILITIES = [
  [-10, 7.61985302416052545e-24],
  [-8, 6.22096057427178387e-16],
  [-6, 9.86587645037698091e-10],
  [-5, 2.86651571879193912e-7],
  [-4, 3.16712418331199243e-5],
  [-3.1, 9.67603213218356855e-4],
  [-2, 2.27501319481792086e-2],
  [-1, 0.158655253931457046],
  [-0.1, 0.460172162722971012],
  [0.5, 0.691462461274013118],
  [1.96, 0.975002104851779516],
  [2.5, 0.993790334674223841],
  [3, 0.998650101968369897],
] as const;

describe('normalQuantile', () => {
  it('[MATH-3] gives the tabulated quantiles to 1e-14', () => {
    for (const [probability, value] of QUANTILES) {
      expect(Math.abs(normalQuantile(probability) / value - 1)).toBeLessThan(1e-14);
    }
  });

  it('[MATH-3] is odd about one half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 }), (numerator) => {
        const probability = numerator / 2 ** 21;

        expect(normalQuantile(1 - probability) + normalQuantile(probability)).toBe(0);
      }),
    );
  });

  it('[MATH-3] is infinite at the ends and nothing outside', () => {
    expect([0, 0.5, 1, -0.1, 1.1, NaN].map(normalQuantile)).toEqual([
      -Infinity,
      0,
      Infinity,
      NaN,
      NaN,
      NaN,
    ]);
  });
});

describe('normalProbability', () => {
  it('[MATH-4] gives the tabulated probabilities to 1e-13, far into the lower tail', () => {
    for (const [value, probability] of PROBABILITIES) {
      expect(Math.abs(normalProbability(value) / probability - 1)).toBeLessThan(1e-13);
    }
  });

  it('[MATH-4] undoes the quantile to 1e-12', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 0.5, noNaN: true }), (probability) => {
        const back = normalProbability(normalQuantile(probability));

        expect(Math.abs(back / probability - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 5000 },
    );
  });

  it('[MATH-4] meets itself where one formula hands over to the other', () => {
    const below = normalProbability(-2 - 1e-9);
    const above = normalProbability(-2 + 1e-9);

    expect((above - below) / 2e-9).toBeCloseTo(Math.exp(-2) / Math.sqrt(2 * Math.PI), 6);
  });

  it('[MATH-4] reaches 0 and 1', () => {
    expect([-Infinity, -40, 0, 40, Infinity, NaN].map(normalProbability)).toEqual([
      0,
      0,
      0.5,
      1,
      1,
      NaN,
    ]);
  });
});
