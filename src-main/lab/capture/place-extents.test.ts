import { describe, expect, it } from 'vitest';
import { buildLayout } from '#core';
import type { Extent } from '#core';
import { placeAbsentPages, relativeExtents, trimExtents } from './place-extents.ts';

const GIB = 262_144;

function row(vaPage: number, pfn: number, pages: number, rest: Partial<Extent> = {}): Extent {
  return { vaPage, pfn, pages, order: 0, leaf: 'pte', flags: ['anon'], ...rest };
}

describe('trimExtents', () => {
  const rows = [row(0, 100, 10), row(10, 0, 6, { flags: ['anon', 'absent'] })];

  it('cuts rows to the range, frames with them', () => {
    expect(trimExtents(rows, { startPage: 4, endPage: 12 })).toEqual([
      row(4, 104, 6),
      row(10, 0, 2, { flags: ['anon', 'absent'] }),
    ]);
    expect(trimExtents(rows, { startPage: 16, endPage: 99 })).toEqual([]);
  });

  it('[LAY-4] keeps a PMD entry whole', () => {
    const huge = row(512, 1024, 2048, { order: 9, leaf: 'pmd' });
    expect(trimExtents([huge], { startPage: 1030, endPage: 1540 })).toEqual([
      row(1024, 1536, 1024, { order: 9, leaf: 'pmd' }),
    ]);
  });
});

describe('placeAbsentPages', () => {
  it('[LAY-5] gives absent pages frames of their own beyond all others', () => {
    const absent = { flags: ['anon', 'absent'] } as const;
    const rows = [
      row(0, 0, 3, absent),
      row(3, GIB + 1, 2),
      row(512, 0, 512, { order: 9, leaf: 'pmd', flags: ['hugetlb', 'absent'] }),
      row(2000, 0, 1, absent),
    ];
    const placed = placeAbsentPages(rows);

    expect(placed.map(({ pfn }) => pfn)).toEqual([2 * GIB, GIB + 1, 2 * GIB + 512, 2 * GIB + 1024]);
    expect(buildLayout(placed).ok).toBe(true);
  });
});

describe('relativeExtents', () => {
  it('counts from a boundary of 1 GiB, and ignores the frame of a zero page', () => {
    const zero = { flags: ['anon', 'zero'] } as const;
    const rows = [
      row(5 * GIB + 7, 3 * GIB + 9, 1),
      row(9 * GIB, 15, 2, zero),
      row(9 * GIB + 2, 4 * GIB, 1),
    ];

    expect(relativeExtents(rows)).toEqual([
      row(7, 9, 1),
      row(4 * GIB, 0, 2, zero),
      row(4 * GIB + 2, GIB, 1),
    ]);
    expect(relativeExtents([row(GIB, 15, 1, zero)])).toEqual([row(0, 0, 1, zero)]);
  });
});
