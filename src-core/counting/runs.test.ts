import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLayout, extentsFromLayout } from '../layout/layout.ts';
import type { Extent, Layout } from '../layout/layout.ts';
import { countRuns } from './runs.ts';
import type { RunCounts } from './runs.ts';

function built(extents: readonly Extent[]): Layout {
  const result = buildLayout(extents);
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

/** Where a page lies: its folio's head, and its frame. In a zero row, those of the zero folio. */
type PageOfRun = {
  readonly folio: number | string;
  readonly frame: number;
  readonly isZero: boolean;
};

function pageAt(extents: readonly Extent[], vaPage: number): PageOfRun | undefined {
  const row = extents.find((each) => each.vaPage <= vaPage && vaPage < each.vaPage + each.pages);
  if (row === undefined) return undefined;
  // A PTE maps the zero page, whatever the row says of its folio.
  if (row.flags.includes('zero')) return { folio: 'zero', frame: 0, isZero: true };
  const size = 2 ** row.order;
  const frame = row.pfn + vaPage - row.vaPage;
  return { folio: frame - (frame % size), frame, isZero: false };
}

/** Counts runs one page after the other. */
function countRunsByPage(layout: Layout, firstPage: number, pages: number): RunCounts {
  const extents = extentsFromLayout(layout);
  let folioRuns = 0;
  let physicalRuns = 0;
  let previous: PageOfRun | undefined;
  for (let vaPage = firstPage; vaPage < firstPage + pages; vaPage += 1) {
    const page = pageAt(extents, vaPage);
    if (page === undefined) break;
    const isSameFolio = previous?.folio === page.folio;
    const isNext =
      previous?.frame === page.frame - 1 && (isSameFolio || !(previous.isZero || page.isZero));
    if (!isNext) physicalRuns += 1;
    if (!isNext || !isSameFolio) folioRuns += 1;
    previous = page;
  }
  return { folioRuns, physicalRuns };
}

/** Rows that often continue each other: same order or another, at a folio boundary or inside one. */
const layouts: fc.Arbitrary<Layout> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 5),
      jump: fc.constantFrom(0, 0, 0, 1, 2),
      order: fc.constantFrom(0, 0, 1, 2, 3, 5),
      skipped: fc.constantFrom(0, 0, 0, 1, 3),
      pages: fc.integer({ min: 1, max: 40 }),
      isZero: fc.constantFrom(false, false, false, false, true),
      isSplit: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => {
    let vaPage = 0;
    let frame = 64;
    const extents = parts.flatMap(
      ({ gap, jump, order, skipped, pages, isZero, isSplit }): Extent[] => {
        const size = 2 ** order;
        const pfn = Math.ceil(frame / size + jump) * size + (skipped % size);
        const start = vaPage + gap;
        vaPage = start + pages;
        // The whole last folio is taken, so that the next row may have another order.
        frame = Math.ceil((pfn + pages) / size) * size;
        const flags: Extent['flags'] = isZero ? ['anon', 'zero'] : ['anon'];
        const whole: Extent = { vaPage: start, pfn, pages, order, leaf: 'pte', flags };
        const half = Math.floor(pages / 2);
        // One row cut in two, as a change of flags would cut it.
        return isSplit && half > 0
          ? [
              { ...whole, pages: half },
              { ...whole, vaPage: start + half, pfn: pfn + half, pages: pages - half },
            ]
          : [whole];
      },
    );
    return built(extents);
  });

describe('countRuns', () => {
  it('[LAY-7] counts what a count page by page finds', () => {
    fc.assert(
      fc.property(layouts, fc.nat({ max: 200 }), fc.nat({ max: 300 }), (layout, first, pages) => {
        expect(countRuns(layout, first, pages)).toEqual(countRunsByPage(layout, first, pages));
      }),
      { numRuns: 500 },
    );
  });

  it('[LAY-7] joins folios that are physically adjacent into one physical run', () => {
    // Two folios of 4 pages and one small page, one after the other.
    const layout = built([
      { vaPage: 0, pfn: 8, pages: 8, order: 2, leaf: 'pte', flags: ['anon'] },
      { vaPage: 8, pfn: 16, pages: 1, order: 0, leaf: 'pte', flags: ['anon'] },
    ]);

    expect(countRuns(layout, 0, 9)).toEqual({ folioRuns: 3, physicalRuns: 1 });
    expect(countRuns(layout, 2, 4)).toEqual({ folioRuns: 2, physicalRuns: 1 });
  });

  it('[LAY-7] ends at a gap, and finds nothing in one', () => {
    const layout = built([
      { vaPage: 1, pfn: 8, pages: 2, order: 0, leaf: 'pte', flags: ['anon'] },
      { vaPage: 4, pfn: 20, pages: 2, order: 0, leaf: 'pte', flags: ['anon'] },
    ]);

    expect(countRuns(layout, 1, 5)).toEqual({ folioRuns: 2, physicalRuns: 1 });
    expect(countRuns(layout, 0, 5)).toEqual({ folioRuns: 0, physicalRuns: 0 });
    expect(countRuns(layout, 6, 1)).toEqual({ folioRuns: 0, physicalRuns: 0 });
    expect(countRuns(layout, 1, 0)).toEqual({ folioRuns: 0, physicalRuns: 0 });
  });

  it('[LAY-7] counts one run for each mapping of a zero folio, whatever its frame number says', () => {
    const small: Extent = { vaPage: 0, pfn: 1, pages: 3, order: 0, leaf: 'pte', flags: ['zero'] };
    const huge: Extent = {
      vaPage: 512,
      pfn: 0,
      pages: 1024,
      order: 9,
      leaf: 'pmd',
      flags: ['zero'],
    };

    expect(countRuns(built([small]), 0, 3)).toEqual({ folioRuns: 3, physicalRuns: 3 });
    expect(countRuns(built([huge]), 512, 1024)).toEqual({ folioRuns: 2, physicalRuns: 2 });
  });
});
