import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import { summariseLayout } from './layout-summary.ts';
import { extent, layoutOf, layouts, sum } from './testing/drawn-layouts.ts';

describe('the summary', () => {
  it('agrees with the extents', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const { orders, leaves, mappedBytes, gaps } = summariseLayout(layout);
        const extents = extentsFromLayout(layout);

        expect(sum(orders.map(({ pages }) => pages)) * 4096).toBe(mappedBytes);
        expect(sum(orders.map(({ share }) => share))).toBeCloseTo(1, 9);
        expect(sum(Object.values(leaves))).toBeCloseTo(1, 9);
        expect(gaps).toBe(
          extents.filter(
            ({ vaPage }, at) =>
              at > 0 && vaPage > (extents[at - 1]?.vaPage ?? 0) + (extents[at - 1]?.pages ?? 0),
          ).length,
        );
      }),
    );
  });

  it('counts the runs of all mapped memory, gaps or not', () => {
    const layout = layoutOf(
      extent(0, 64, 16, 4),
      extent(16, 80, 16, 4),
      extent(100, 500, 2),
      extent(102, 900, 222),
    );

    const { folioRunsPerMiB, physicalRunsPerMiB, spannedBytes } = summariseLayout(layout);

    expect([folioRunsPerMiB, physicalRunsPerMiB]).toEqual([226, 3]);
    expect(spannedBytes).toBe(324 * 4096);
  });
});
