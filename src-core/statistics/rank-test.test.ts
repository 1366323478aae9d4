import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { measureCliffsDelta, testMannWhitney } from './rank-test.ts';

const smallSample = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });

function countPairs(baseline: readonly number[], candidate: readonly number[]): number {
  const scores = candidate.flatMap((right) =>
    baseline.map((left) => (right > left ? 1 : right === left ? 0.5 : 0)),
  );
  return scores.reduce((sum: number, score) => sum + score, 0);
}

/** Every way to call `size` of the values candidates, as pairs of the rest and the chosen. */
function* splits(values: readonly number[], size: number): Generator<[number[], number[]]> {
  const [first, ...rest] = values;
  if (first === undefined) {
    if (size === 0) {
      yield [[], []];
    }
    return;
  }
  for (const [left, right] of splits(rest, size)) {
    yield [[first, ...left], right];
  }
  if (size > 0) {
    for (const [left, right] of splits(rest, size - 1)) {
      yield [left, [first, ...right]];
    }
  }
}

describe('testMannWhitney', () => {
  it('[STAT-4] gives the exact p-values of textbook samples', () => {
    // Age at which diabetes was found; scipy.stats.mannwhitneyu.
    const women = [20, 11, 17, 12];
    const men = [19, 22, 16, 29, 24];
    // Permeability of the placenta: Hollander and Wolfe, example 4.1; R wilcox.test.
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];

    const diabetes = testMannWhitney(women, men);
    const permeability = testMannWhitney(early, term);

    expect([diabetes.u, diabetes.method]).toEqual([17, 'exact']);
    expect(diabetes.pValue).toBeCloseTo(1 / 9, 14);
    expect([permeability.u, permeability.method]).toEqual([35, 'exact']);
    expect(permeability.pValue).toBeCloseTo(0.2544122544122544, 14);
  });

  it('[STAT-4] counts every arrangement, with ties too', () => {
    fc.assert(
      fc.property(smallSample, smallSample, (baseline, candidate) => {
        const { u, pValue } = testMannWhitney(baseline, candidate);
        const all = [...splits([...baseline, ...candidate], candidate.length)].map(
          ([left, right]) => countPairs(left, right),
        );
        const atMost = all.filter((other) => other <= u).length / all.length;
        const atLeast = all.filter((other) => other >= u).length / all.length;

        expect(u).toBe(countPairs(baseline, candidate));
        expect(pValue).toBeCloseTo(Math.min(1, 2 * Math.min(atMost, atLeast)), 12);
      }),
    );
  });

  it('[STAT-4] approximates beyond 50 values, with corrections for ties and continuity', () => {
    // p-values from scipy.stats.mannwhitneyu, asymptotic with continuity.
    const spread = testMannWhitney(
      Array.from({ length: 40 }, (_, index) => (index * 37) % 101),
      Array.from({ length: 35 }, (_, index) => ((index * 53) % 101) + 8),
    );
    const tied = testMannWhitney(
      Array.from({ length: 60 }, (_, index) => (index * 7) % 10),
      Array.from({ length: 60 }, (_, index) => ((index * 3) % 10) + (index % 2)),
    );

    expect([spread.u, spread.method]).toEqual([765.5, 'normal']);
    expect(spread.pValue).toBeCloseTo(0.48997011871901097, 12);
    expect([tied.u, tied.method]).toEqual([1962, 'normal']);
    expect(tied.pValue).toBeCloseTo(0.3930142623311562, 12);
  });

  it('[STAT-4] both methods agree where one hands over to the other', () => {
    const row = (length: number, shift: number) =>
      Array.from({ length }, (_, index) => ((index * 29) % 53) + shift + index / 1000);

    const exact = testMannWhitney(row(25, 0), row(25, 9));
    const normal = testMannWhitney(row(26, 0), row(25, 9));

    expect([exact.method, normal.method]).toEqual(['exact', 'normal']);
    expect(Math.abs(exact.pValue - normal.pValue)).toBeLessThan(0.04);
  });

  it('[STAT-4] sees nothing where nothing differs, and all there is to see in small samples', () => {
    const same = Array.from({ length: 40 }, () => 5);

    expect(testMannWhitney([5, 5], [5, 5, 5]).pValue).toBe(1);
    expect(testMannWhitney(same, same).pValue).toBe(1);
    expect(testMannWhitney([1, 2, 3], [4, 5, 6]).pValue).toBeCloseTo(0.1, 14);
    expect(testMannWhitney([1], [2]).pValue).toBe(1);
  });

  it('[STAT-4] gives the same p-value when the samples change places', () => {
    fc.assert(
      fc.property(smallSample, smallSample, (left, right) => {
        const there = testMannWhitney(left, right);
        const back = testMannWhitney(right, left);

        expect(back.pValue).toBeCloseTo(there.pValue, 12);
        expect(there.u + back.u).toBe(left.length * right.length);
      }),
    );
  });
});

describe('measureCliffsDelta', () => {
  it('[STAT-5] is the share of larger pairs less the share of smaller ones', () => {
    expect(measureCliffsDelta([1, 2, 3], [4, 5, 6])).toBe(1);
    expect(measureCliffsDelta([4, 5, 6], [1, 2, 3])).toBe(-1);
    expect(measureCliffsDelta([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(measureCliffsDelta([10, 20, 30, 40], [15, 25, 35, 45])).toBe(0.25);
    fc.assert(
      fc.property(smallSample, smallSample, (baseline, candidate) => {
        const pairs = baseline.length * candidate.length;
        const delta = (2 * countPairs(baseline, candidate)) / pairs - 1;

        expect(measureCliffsDelta(baseline, candidate)).toBeCloseTo(delta, 12);
      }),
    );
  });

  it('[STAT-5] needs finite values in both samples', () => {
    for (const [baseline, candidate] of [
      [[], [1]],
      [[1], []],
      [[NaN], [1]],
      [[1], [Infinity]],
    ] as const) {
      expect(() => measureCliffsDelta(baseline, candidate)).toThrow(ModelError);
      expect(() => testMannWhitney(baseline, candidate)).toThrow(ModelError);
    }
  });
});
