import { array, assert, constantFrom, double, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPrices, modelledNs } from './fit-prices.ts';
import type { FitRow } from './fit-prices.ts';

type Drawn = { readonly counts: readonly number[]; readonly run: string };

/** Rows that a machine with these prices would have measured, each run slower or faster. */
function rowsOf(
  drawn: readonly Drawn[],
  prices: readonly number[],
  scales: Readonly<Record<string, number>> = {},
): FitRow[] {
  return drawn.map(({ counts, run }) => {
    const groupNs = Float64Array.from(counts);
    const row = { fixedNs: 90, groupNs };
    const scale = scales[run] ?? 1;
    return {
      ...row,
      run,
      series: 'f',
      measuredNs: modelledNs(row, Float64Array.from(prices)) * scale,
    };
  });
}

const DRAWN: readonly Drawn[] = [
  [1, 0, 0],
  [10, 1, 0],
  [100, 0, 3],
  [3, 200, 1],
  [50, 50, 50],
].flatMap((counts) => ['a', 'b'].map((run) => ({ counts, run })));

describe('fitted prices', () => {
  it('are those of the machine where nothing disturbs it', () => {
    const { multipliers, scales } = fitPrices(rowsOf(DRAWN, [5, 0.5, 20]));

    expect(multipliers[0]).toBeCloseTo(5, 6);
    expect(multipliers[1]).toBeCloseTo(0.5, 6);
    expect(multipliers[2]).toBeCloseTo(20, 6);
    expect([...scales.values()].every((scale) => Math.abs(scale - 1) < 1e-6)).toBe(true);
  });

  it('are not disturbed by a run that was slower throughout', () => {
    const { multipliers, scales } = fitPrices(rowsOf(DRAWN, [5, 0.5, 20], { a: 1.25, b: 0.8 }));

    expect(scales.get('a')).toBeCloseTo(1.25, 3);
    expect(scales.get('b')).toBeCloseTo(0.8, 3);
    expect(multipliers[0]).toBeCloseTo(5, 1);
  });

  it('are 0 for what is in no row', () => {
    const rows = rowsOf(DRAWN, [5, 0.5, 20]).map((row) => ({
      ...row,
      groupNs: Float64Array.from([...row.groupNs, 0]),
    }));

    expect(fitPrices(rows).multipliers[3]).toBe(0);
  });

  it('follow the rows and not one that was disturbed', () => {
    const [first, ...rest] = rowsOf(DRAWN, [5, 0.5, 20]);
    if (first === undefined) throw new Error('there is a row');
    const { multipliers } = fitPrices([{ ...first, measuredNs: first.measuredNs * 3 }, ...rest]);

    expect(multipliers[2]).toBeGreaterThan(19);
    expect(multipliers[2]).toBeLessThan(21);
  });

  it('are never below 0, and scale factors of a series are 1 in the mean', () => {
    const count = double({ min: 0, max: 1000, noNaN: true });
    const rows = array(
      record({
        groupNs: array(count, { minLength: 2, maxLength: 2 }),
        measuredNs: double({ min: 100, max: 1e6, noNaN: true }),
        run: constantFrom('a', 'b', 'c'),
      }),
      { minLength: 3, maxLength: 12 },
    );

    assert(
      property(rows, (drawn) => {
        const { multipliers, scales } = fitPrices(
          drawn.map((row) => ({
            ...row,
            fixedNs: 90,
            series: 'f',
            groupNs: Float64Array.from(row.groupNs),
          })),
        );
        const logs = [...scales.values()].map(Math.log);

        expect(multipliers.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        expect(logs.reduce((sum, log) => sum + log, 0)).toBeCloseTo(0, 6);
      }),
      { numRuns: 100 },
    );
  });
});
