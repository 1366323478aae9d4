import fc from 'fast-check';
import { buildLayout } from '#core';
import type { Extent, Layout } from '#core';

/** A row of a layout: PTEs, or PMD entries where whole ones fit. */
export function extent(vaPage: number, pfn: number, pages: number, order = 0): Extent {
  return {
    vaPage,
    pfn,
    pages,
    order,
    leaf: order >= 9 && pages % 512 === 0 ? 'pmd' : 'pte',
    flags: [],
  };
}

/** @throws {Error} where the rows make no layout. */
export function layoutOf(...extents: readonly Extent[]): Layout {
  const built = buildLayout(extents);
  if (!built.ok) throw new Error(built.problem.message);
  return built.layout;
}

/** Layouts of a few extents: folios of three orders, whole or in part, gaps short and long. */
export const layouts: fc.Arbitrary<Layout> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.nat({ max: 40 }), fc.nat({ max: 1e9 })),
      order: fc.constantFrom(0, 2, 4),
      skipped: fc.nat({ max: 15 }),
      pages: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) => {
    let end = 0;
    return layoutOf(
      ...rows.map(({ gap, order, skipped, pages }, index) => {
        const vaPage = end + gap;
        end = vaPage + pages;
        return extent(
          vaPage,
          (rows.length - index) * 4096 + (order === 0 ? 0 : skipped),
          pages,
          order,
        );
      }),
    );
  });

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
