import { array, assert, constant, constantFrom, double, oneof, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartName } from './count-spans.ts';
import { groupParts } from './event-groups.ts';

const NAMES: readonly PartName[] = ['pte_read', 'meta', 'grab_call', 'ptr_store', 'recheck'];

function columnsFrom(shares: readonly (readonly number[])[]): Parameters<typeof groupParts>[0] {
  return shares.map((column, at) => ({
    name: NAMES[at] ?? 'put',
    shares: Float64Array.from(column),
  }));
}

function namesOf(shares: readonly (readonly number[])[], tolerance: number): string[] {
  return groupParts(columnsFrom(shares), tolerance).map(({ parts }) => parts.join('+'));
}

describe('parts that rows cannot tell apart', () => {
  it('are those that occur in the same ratio in every row', () => {
    expect(
      namesOf(
        [
          [1, 2, 3],
          [2, 4, 6],
          [1, 0, 0],
        ],
        1e-9,
      ),
    ).toEqual(['meta+pte_read', 'grab_call']);
  });

  it('are sums of others, tied to the one they resemble most', () => {
    // The third is the first and a little of the second.
    const columns = [
      [10, 0, 10],
      [0, 5, 5],
      [1, 0.1, 1.1],
    ];

    expect(namesOf(columns, 1e-9)).toEqual(['pte_read+grab_call', 'meta']);
  });

  it('are alike up to the tolerance', () => {
    const columns = [
      [10, 10, 10],
      [1, 1, 1.3],
    ];

    expect(namesOf(columns, 0.5)).toEqual(['pte_read+meta']);
    expect(namesOf(columns, 0.05)).toEqual(['pte_read', 'meta']);
  });

  it('leave out what occurs nowhere, and never outnumber the rows', () => {
    expect(
      namesOf(
        [
          [1, 1],
          [0, 0],
          [1, 2],
          [5, 1],
          [3, 9],
        ],
        1e-9,
      ),
    ).toHaveLength(2);
    expect(namesOf([[0, 0]], 0.1)).toEqual([]);
  });

  it('are in exactly one group, whatever the rows', () => {
    const share = oneof(constant(0), double({ min: 1e-6, max: 1, noNaN: true }));
    const rows = array(array(share, { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    const tolerances = constantFrom(1e-9, 0.05, 0.5, 1);

    assert(
      property(rows, tolerances, (columns, tolerance) => {
        const occurring = NAMES.filter((_name, at) => columns[at]?.some((value) => value > 0));
        const grouped = groupParts(columnsFrom(columns), tolerance).flatMap(({ parts }) => parts);

        expect([...grouped].sort()).toEqual([...occurring].sort());
      }),
      { numRuns: 200 },
    );
  });
});
