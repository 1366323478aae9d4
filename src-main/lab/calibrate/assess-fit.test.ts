import { describe, expect, it } from 'vitest';
import { leaveLayoutsOut } from './assess-fit.ts';
import type { CalibrationRow } from './calibration-rows.ts';
import type { FitRow } from './fit-prices.ts';

const RUN = { run: 'a', series: 'f', fixedNs: 0 };

/** A row of a layout that takes 5 ns for each of the first part and 20 for each of the second. */
function rowOf(layout: string, counts: readonly [number, number]): [CalibrationRow, FitRow] {
  const [first, second] = counts;
  const measuredNs = 5 * first + 20 * second;
  const row: CalibrationRow = {
    ...{ ...RUN, file: 'f', stage: 'span', line: 2, metric: 'm', layout, what: '', part: 'p' },
    ...{ measuredNs, counts: Float64Array.from(counts), spread: null },
  };
  return [row, { ...RUN, measuredNs, groupNs: Float64Array.from(counts) }];
}

function errorsOf(rows: readonly [CalibrationRow, FitRow][]): readonly (number | null)[] {
  return leaveLayoutsOut(
    rows.map(([row]) => row),
    rows.map(([, fitRow]) => fitRow),
  );
}

describe('rows of a layout told without it', () => {
  it('are told from what the others say', () => {
    const errors = errorsOf([rowOf('a', [1, 1]), rowOf('b', [1, 2]), rowOf('c', [3, 1])]);

    for (const error of errors) expect(error).toBeCloseTo(0, 3);
  });

  it('are not told where they need a price that only they have', () => {
    const errors = errorsOf([rowOf('a', [1, 0]), rowOf('b', [2, 0]), rowOf('c', [3, 1])]);

    expect(errors[0]).toBeCloseTo(0, 3);
    expect(errors[2]).toBeNull();
  });

  it('are not told where there was no memory to leave out, or nothing else', () => {
    expect(errorsOf([rowOf('none', [1, 0]), rowOf('b', [2, 0])])).toEqual([null, null]);
    expect(errorsOf([rowOf('a', [1, 0]), rowOf('a', [2, 1])])).toEqual([null, null]);
  });
});
