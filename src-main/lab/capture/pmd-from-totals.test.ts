import { describe, expect, it } from 'vitest';
import type { Extent } from '#core';
import { pmdFromTotals } from './pmd-from-totals.ts';

const HUGE_KIB = 2048;

function row(vaPage: number, pfn: number, pages: number, rest: Partial<Extent> = {}): Extent {
  return { vaPage, pfn, pages, order: 9, leaf: 'pte', flags: ['anon'], ...rest };
}

/** Seven pages, three aligned stretches of 2 MiB and half of a fourth, all in huge pages. */
const THREE = row(512 - 7, 10_240 - 7, 7 + 3 * 512 + 256);

describe('pmdFromTotals', () => {
  it('has no doubt when nothing or everything is mapped by PMD entries', () => {
    expect(pmdFromTotals([THREE], 0)).toEqual({ extents: [THREE], candidates: 3, mapped: 0 });
    expect(pmdFromTotals([THREE], 3 * HUGE_KIB)).toEqual({
      extents: [
        row(505, 10_233, 7),
        row(512, 10_240, 1536, { leaf: 'pmd' }),
        row(2048, 11_776, 256),
      ],
      candidates: 3,
      mapped: 3,
    });
  });

  it('takes the first stretches when only some are, and says how many there are', () => {
    const small = row(0, 77, 16, { order: 4 });
    expect(pmdFromTotals([small, THREE], HUGE_KIB)).toEqual({
      extents: [
        small,
        row(505, 10_233, 7),
        row(512, 10_240, 512, { leaf: 'pmd' }),
        row(1024, 10_752, 1024 + 256),
      ],
      candidates: 3,
      mapped: 1,
    });
  });

  it('leaves alone what no PMD entry can map', () => {
    const rows = [
      row(0, 512, 512, { order: 4 }),
      row(1024, 512 + 8, 512),
      row(2048, 0, 512, { flags: ['anon', 'zero'] }),
      row(4096, 1024, 512, { leaf: 'pmd', flags: ['hugetlb'] }),
    ];
    expect(pmdFromTotals(rows, HUGE_KIB)).toEqual({ extents: rows, candidates: 0, mapped: 1 });
  });
});
