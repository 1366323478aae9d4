import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildLayout,
  extentsFromLayout,
  findExtent,
  FLAG,
  LEAF_LEVELS,
  leafPages,
  PAGE_FLAGS,
} from './layout.ts';
import type { Extent, Layout } from './layout.ts';

/** One small page of anonymous memory; a test names what differs. */
function extent(differences: Partial<Extent> = {}): Extent {
  return { vaPage: 0, pfn: 0, pages: 1, order: 0, leaf: 'pte', flags: ['anon'], ...differences };
}

function built(extents: readonly Extent[]): Layout {
  const result = buildLayout(extents);
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

function problemOf(...extents: readonly Extent[]): unknown {
  const result = buildLayout(extents);
  return result.ok ? 'no problem' : result.problem;
}

describe('buildLayout', () => {
  it('packs extents into columns', () => {
    const layout = built([
      extent({ vaPage: 8, pfn: 68_719_476_736, pages: 3, flags: ['file', 'shared'] }),
      extent({ vaPage: 512, pfn: 1024, pages: 512, order: 9, leaf: 'pmd' }),
    ]);

    expect(layout).toEqual({
      length: 2,
      vaPage: Float64Array.of(8, 512),
      pfn: Float64Array.of(68_719_476_736, 1024),
      pages: Float64Array.of(3, 512),
      order: Uint8Array.of(0, 9),
      leaf: Uint8Array.of(0, 1),
      flags: Uint16Array.of(FLAG.file | FLAG.shared, 1),
      mappedPages: 515,
    });
  });

  it('refuses a layout that maps nothing', () => {
    expect(problemOf()).toEqual({
      row: 0,
      message: 'no extent; a layout maps at least one page',
    });
  });

  it.each([
    [{ vaPage: -1 }, 'va_page -1 is not a whole number from 0 to 2^40 - 1'],
    [{ vaPage: 2 ** 40 }, 'va_page 1099511627776 is not a whole number from 0 to 2^40 - 1'],
    [{ vaPage: NaN }, 'va_page NaN is not a whole number from 0 to 2^40 - 1'],
    [{ pfn: 0.5 }, 'pfn 0.5 is not a whole number from 0 to 2^40 - 1'],
    [{ pfn: 2 ** 40 }, 'pfn 1099511627776 is not a whole number from 0 to 2^40 - 1'],
    [
      { pages: 0 },
      'pages 0 is not a whole number from 1 to 1099511627775; pages and frames end before 2^40',
    ],
    [
      { vaPage: 2 ** 40 - 2, pages: 3 },
      'pages 3 is not a whole number from 1 to 2; pages and frames end before 2^40',
    ],
    [
      { pfn: 2 ** 40 - 2, pages: 3 },
      'pages 3 is not a whole number from 1 to 2; pages and frames end before 2^40',
    ],
    [{ order: 19 }, 'order 19 is not a whole number from 0 to 18'],
    [{ order: -1 }, 'order -1 is not a whole number from 0 to 18'],
  ])('[LAY-1] refuses numbers out of range: %o', (differences, message) => {
    expect(problemOf(extent(), extent({ vaPage: 1, pfn: 1, ...differences }))).toEqual({
      row: 1,
      message,
    });
  });

  it('[LAY-1] takes the last pages and frames of the range', () => {
    const last = extent({ vaPage: 2 ** 40 - 2, pfn: 2 ** 40 - 2, pages: 2 });

    expect(extentsFromLayout(built([last]))).toEqual([last]);
  });

  it('[LAY-1] refuses rows that descend or overlap', () => {
    const first = extent({ vaPage: 10, pages: 4 });

    expect(problemOf(first, extent({ vaPage: 9, pfn: 99 }))).toEqual({
      row: 1,
      message: 'va_page 9 descends after 10; rows must ascend',
    });
    expect(problemOf(first, extent({ vaPage: 13, pfn: 99 }))).toEqual({
      row: 1,
      message: 'va_page 13 overlaps the row before it, which ends before 14',
    });
    expect(problemOf(first, extent({ vaPage: 14, pfn: 99 }))).toBe('no problem');
  });

  it('[LAY-3] takes parts of folios and several folios in one row', () => {
    // The end of one folio of 16 pages, a whole one, and the beginning of a third.
    const parts = extent({ pfn: 30, pages: 20, order: 4 });

    expect(extentsFromLayout(built([parts]))).toEqual([parts]);
  });

  it.each([
    [
      { order: 8, leaf: 'pmd' },
      'leaf pmd with order 8; it needs order 9 or more unless flags say devmap without compound',
    ],
    [
      { order: 17, leaf: 'pud' },
      'leaf pud with order 17; it needs order 18 or more unless flags say devmap without compound',
    ],
    [
      { order: 0, leaf: 'pmd', flags: ['devmap', 'compound'] },
      'leaf pmd with order 0; it needs order 9 or more unless flags say devmap without compound',
    ],
  ] as const)('[LAY-4] refuses a leaf larger than its folio: %o', (differences, message) => {
    const whole = { vaPage: 0, pfn: 0, pages: 2 ** 18 };

    expect(problemOf(extent({ ...whole, ...differences }))).toEqual({ row: 0, message });
  });

  it('[LAY-4] takes single pages under a PMD entry where device memory has no compound pages', () => {
    const device = extent({ pages: 512, leaf: 'pmd', flags: ['devmap'] });

    expect(problemOf(device)).toBe('no problem');
  });

  it.each([
    ['pmd', { vaPage: 1 }],
    ['pmd', { pfn: 256 }],
    ['pmd', { pages: 513 }],
    ['pud', { vaPage: 512 }],
    ['pud', { pfn: 512 }],
    ['pud', { pages: 512 }],
  ] as const)('[LAY-4] refuses a misaligned %s leaf: %o', (leaf, differences) => {
    const size = leafPages(leaf);
    const bad = extent({ pages: size, order: 18, leaf, ...differences });

    expect(problemOf(bad)).toEqual({
      row: 0,
      message: `misaligned leaf ${leaf}: va_page ${bad.vaPage}, pfn ${bad.pfn} and pages ${bad.pages} must all be multiples of ${size}`,
    });
  });

  it('[LAY-4] ignores the frame of a zero row', () => {
    const hugeZero = extent({ pfn: 77, pages: 512, order: 9, leaf: 'pmd', flags: ['zero'] });

    expect(problemOf(hugeZero)).toBe('no problem');
  });

  it('[LAY-5] refuses a frame that two folios of different order claim, mapped or not', () => {
    // Two pages of the folio of frames 96 to 127, then a small page in the same folio.
    const large = extent({ pfn: 100, pages: 2, order: 5 });

    expect(problemOf(large, extent({ vaPage: 2, pfn: 127 }))).toEqual({
      row: 1,
      message:
        'frame 127 belongs to a folio of order 0 here and of order 5 in the row with va_page 0; a frame belongs to one folio',
    });
    expect(problemOf(large, extent({ vaPage: 2, pfn: 128 }))).toBe('no problem');
    expect(problemOf(large, extent({ vaPage: 2, pfn: 95 }))).toBe('no problem');
  });

  it('[LAY-5] names the later row and the frame, whichever folio begins first', () => {
    const small = extent({ vaPage: 0, pfn: 90, pages: 20 });
    const large = extent({ vaPage: 64, pfn: 100, pages: 2, order: 5 });

    expect(problemOf(small, large)).toEqual({
      row: 1,
      message:
        'frame 96 belongs to a folio of order 5 here and of order 0 in the row with va_page 0; a frame belongs to one folio',
    });
  });

  it('[LAY-5] finds a claim hidden behind shorter rows', () => {
    const extents = [
      extent({ vaPage: 0, pfn: 0, pages: 512, order: 9 }),
      extent({ vaPage: 512, pfn: 1024, pages: 32, order: 5 }),
      extent({ vaPage: 1024, pfn: 0, pages: 32, order: 9 }),
      extent({ vaPage: 2048, pfn: 500 }),
    ];

    expect(problemOf(...extents)).toMatchObject({ row: 3 });
    expect(problemOf(...extents.slice(0, 3))).toBe('no problem');
  });

  it('[LAY-5] takes one folio at two places, and any frame in a zero row', () => {
    const first = extent({ pfn: 96, pages: 4, order: 5, flags: ['file'] });

    expect(problemOf(first, { ...first, vaPage: 8 })).toBe('no problem');
    expect(problemOf(first, extent({ vaPage: 8, pfn: 96, flags: ['zero'] }))).toBe('no problem');
  });

  it('[LAY-6] refuses two types of memory and compound without devmap', () => {
    expect(problemOf(extent({ flags: ['anon', 'readonly', 'file'] }))).toEqual({
      row: 0,
      message: 'flags anon, file are 2 types of memory; one extent has one type',
    });
    expect(problemOf(extent({ flags: ['compound'] }))).toEqual({
      row: 0,
      message: 'flags compound without devmap; compound says that device memory has compound pages',
    });
  });

  it('[LAY-6] takes memory without a type as anonymous', () => {
    expect(built([extent({ flags: [] })])).toEqual(built([extent({ flags: ['anon'] })]));
    expect(extentsFromLayout(built([extent({ flags: ['readonly'] })]))).toEqual([
      extent({ flags: ['anon', 'readonly'] }),
    ]);
  });

  it('makes no difference between 0 and -0', () => {
    expect(built([extent({ vaPage: -0, pfn: -0 })])).toEqual(built([extent()]));
  });
});

/** Extents that any layout may have: ascending, with gaps, frames of their own. */
const extentLists: fc.Arbitrary<Extent[]> = fc
  .array(
    fc.record({
      gap: fc.nat({ max: 3 }),
      pages: fc.integer({ min: 1, max: 40 }),
      order: fc.integer({ min: 0, max: 18 }),
      skipped: fc.nat({ max: 1000 }),
      flags: fc.tuple(
        fc.constantFrom<Extent['flags']>(['anon'], ['file'], ['shmem'], ['devmap', 'compound']),
        fc.subarray([...PAGE_FLAGS.slice(6)]),
      ),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((parts) => {
    let vaPage = 0;
    return parts.map(({ gap, pages, order, skipped, flags: [type, states] }, index) => {
      const start = vaPage + gap;
      vaPage = start + pages;
      // 4 GiB apart, so that no two rows share a folio.
      const pfn = index * 2 ** 20 + (skipped % 2 ** order);
      return { vaPage: start, pfn, pages, order, leaf: 'pte', flags: [...type, ...states] };
    });
  });

describe('extentsFromLayout', () => {
  it('gives back the extents a layout was built from', () => {
    fc.assert(
      fc.property(extentLists, (extents) => {
        expect(extentsFromLayout(built(extents))).toEqual(extents);
      }),
    );
  });

  it('gives back every leaf level', () => {
    const extents = LEAF_LEVELS.map((leaf, index) =>
      extent({ vaPage: index * 2 ** 18, pfn: 2 ** 20, pages: leafPages(leaf), order: 18, leaf }),
    );

    expect(extentsFromLayout(built(extents))).toEqual(extents);
  });
});

describe('findExtent', () => {
  it('[LAY-2] finds the extent that maps a page or, in a gap, the next one', () => {
    fc.assert(
      fc.property(extentLists, fc.nat({ max: 1400 }), (extents, vaPage) => {
        const next = extents.findIndex((each) => vaPage < each.vaPage + each.pages);

        expect(findExtent(built(extents), vaPage)).toBe(next === -1 ? extents.length : next);
      }),
    );
  });
});
