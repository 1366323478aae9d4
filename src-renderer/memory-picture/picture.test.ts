import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLayout, buildLayoutFromSpec, extentsFromLayout } from '#core';
import type { Extent, Layout } from '#core';
import { summariseLayout } from './layout-summary.ts';
import { overviewRects } from './overview.ts';
import { detailsAt, positionAt, textAt } from './page-details.ts';
import { axisFromLayout, LONGEST_GAP, placeAt, positionOfPage } from './picture-axis.ts';
import { pictureGeometry } from './picture-geometry.ts';
import { drawPicture } from './picture-drawing.ts';
import { fittedWindow, windowShowing, zoomedWindow } from './picture-window.ts';

function extent(vaPage: number, pfn: number, pages: number, order = 0): Extent {
  return {
    vaPage,
    pfn,
    pages,
    order,
    leaf: order >= 9 && pages % 512 === 0 ? 'pmd' : 'pte',
    flags: [],
  };
}

function layoutOf(...extents: readonly Extent[]): Layout {
  const built = buildLayout(extents);
  if (!built.ok) throw new Error(built.problem.message);
  return built.layout;
}

/** Layouts of a few extents: folios of three orders, whole or in part, gaps short and long. */
const layouts: fc.Arbitrary<Layout> = fc
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

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

describe('the axis', () => {
  it('has a place for every mapped page, and finds it back', () => {
    fc.assert(
      fc.property(layouts, fc.double({ min: 0, max: 1, noNaN: true }), (layout, share) => {
        const axis = axisFromLayout(layout);
        const position = Math.floor(share * (axis.length - 1));
        const place = placeAt(axis, position);

        if (place.kind === 'page') expect(positionOfPage(axis, place.vaPage)).toBe(position);
        else expect(place.pages).toBeGreaterThan(0);
      }),
    );
  });

  it('cuts long gaps short and nothing else', () => {
    const axis = axisFromLayout(
      layoutOf(extent(0, 100, 4), extent(10, 200, 4), extent(1_000_000, 300, 4)),
    );

    expect([...axis.starts]).toEqual([0, 10, 14 + LONGEST_GAP]);
    expect(axis.length).toBe(18 + LONGEST_GAP);
    expect(placeAt(axis, 5)).toEqual({ kind: 'gap', vaPage: 4, pages: 6 });
    expect(positionOfPage(axis, 999_999)).toBe(13 + LONGEST_GAP);
  });

  it('knows a copied page by the folio that goes on around it', () => {
    // Folio of 16 pages at frame 64: page 3 copied elsewhere, page 7 not mapped, last page copied.
    const layout = layoutOf(
      extent(0, 64, 3, 4),
      extent(3, 500, 1),
      extent(4, 68, 3, 4),
      extent(8, 72, 7, 4),
      extent(15, 501, 1),
      extent(16, 502, 1),
    );

    expect([...axisFromLayout(layout).isCopied]).toEqual([0, 1, 0, 0, 1, 0]);
  });

  it('knows a copied first page by the folio that follows', () => {
    const layout = layoutOf(extent(15, 400, 1), extent(16, 500, 2), extent(18, 66, 14, 4));

    expect([...axisFromLayout(layout).isCopied]).toEqual([0, 1, 0]);
  });

  it('sees no copy in what was built without one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.nat({ max: 6 }),
        fc.nat(),
        (pages, order, seed) => {
          const built = buildLayoutFromSpec(
            {
              kind: 'uniform',
              bytes: pages * 4096,
              order,
              frames: 'scattered',
              leaf: 'pte',
              misalignmentPages: 3,
              flags: [],
            },
            seed,
          );

          expect(built.ok && axisFromLayout(built.layout).isCopied.includes(1)).toBe(false);
        },
      ),
    );
  });
});

describe('the picture', () => {
  const drawn = fc
    .record({
      layout: layouts,
      first: fc.double({ min: 0, max: 1, noNaN: true }),
      count: fc.integer({ min: 16, max: 2048 }),
    })
    .map(({ layout, first, count }) => {
      const axis = axisFromLayout(layout);
      const window = fittedWindow({ first: first * axis.length, count }, axis.length);
      return { layout, axis, window, picture: pictureGeometry(axis, window, 1000) };
    });

  it('fills its width with pages and gaps, in order and without overlap', () => {
    fc.assert(
      fc.property(drawn, ({ picture }) => {
        const spans = [...picture.pages, ...picture.gaps].sort((a, b) => a.x - b.x);
        let end = 0;
        for (const { x, width } of spans) {
          expect(x).toBeCloseTo(end, 6);
          end = x + width;
        }
        expect(end).toBeCloseTo(1000, 6);
      }),
    );
  });

  it('draws every folio once, frames to one scale and in physical order', () => {
    fc.assert(
      fc.property(drawn, ({ picture }) => {
        const { folios } = picture;
        const scale = (folios[0]?.width ?? 0) / (folios[0]?.frames ?? 1);
        folios.forEach((folio, index) => {
          const before = folios[index - 1];
          expect(folio.width).toBeCloseTo(folio.frames * scale, 6);
          expect(folio.x).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0) - 1e-6);
          expect(folio.pfn).toBeGreaterThanOrEqual((before?.pfn ?? 0) + (before?.frames ?? 0));
        });
        expect(new Set(folios.map(({ folio }) => folio)).size).toBe(folios.length);
      }),
    );
  });

  it('links every page to frames of its folio, and leaves the rest of the folio unmapped', () => {
    fc.assert(
      fc.property(drawn, ({ picture }) => {
        const { folios, links, unmapped, pages } = picture;
        const scale = (folios[0]?.width ?? 0) / (folios[0]?.frames ?? 1);
        for (const { frame, folio } of links) {
          const around = folios.find((one) => one.folio === folio);
          expect(frame.x).toBeGreaterThanOrEqual((around?.x ?? Infinity) - 1e-6);
          expect(frame.x + frame.width).toBeLessThanOrEqual(
            (around?.x ?? 0) + (around?.width ?? 0) + 1e-6,
          );
        }
        expect(links).toHaveLength(pages.length);
        expect(
          sum(links.map(({ frame }) => frame.width)) + sum(unmapped.map(({ width }) => width)),
        ).toBeCloseTo(sum(folios.map(({ frames }) => frames)) * scale, 5);
      }),
    );
  });

  it('finds the page under the pointer, from above and from below', () => {
    fc.assert(
      fc.property(drawn, fc.double({ min: 0, max: 999.9, noNaN: true }), ({ picture, axis }, x) => {
        const above = positionAt(picture, 'pages', x);
        const below = positionAt(picture, 'folios', x);

        expect(above).not.toBeNull();
        if (above !== null) expect(textAt(axis, above)).not.toBe('');
        if (below !== null) expect(detailsAt(axis, below)).not.toBeNull();
      }),
    );
  });

  it('marks every 2 MiB of virtual memory', () => {
    const axis = axisFromLayout(layoutOf(extent(500, 100, 600)));

    const { boundaries, pixelsPerPage } = pictureGeometry(axis, { first: 0, count: 600 }, 1200);

    expect(boundaries.map(({ vaPage }) => vaPage)).toEqual([512, 1024]);
    expect(boundaries.map(({ x }) => x / pixelsPerPage)).toEqual([12, 524]);
  });

  it('shows one PMD entry as one piece and PTEs by their table', () => {
    const axis = axisFromLayout(
      layoutOf(extent(0, 1024, 1024, 9), extent(1024, 4096, 100), extent(1124, 9000, 500)),
    );

    const { leaves } = pictureGeometry(axis, { first: 0, count: 1624 }, 1624);

    expect(leaves).toEqual([
      { x: 0, width: 512, leaf: 'pmd' },
      { x: 512, width: 512, leaf: 'pmd' },
      { x: 1024, width: 512, leaf: 'pte' },
      { x: 1536, width: 88, leaf: 'pte' },
    ]);
  });

  it('shows a folio that goes on beyond the window, and frames of it that nothing maps', () => {
    const axis = axisFromLayout(
      layoutOf(extent(0, 64, 3, 4), extent(3, 500, 1), extent(4, 68, 3, 4)),
    );

    const { folios, unmapped } = pictureGeometry(axis, { first: 0, count: 7 }, 80);

    expect(
      folios.map(({ pfn, frames, goesOnLeft, goesOnRight }) => [
        pfn,
        frames,
        goesOnLeft,
        goesOnRight,
      ]),
    ).toEqual([
      [64, 7, false, true],
      [500, 1, false, false],
    ]);
    expect(unmapped).toHaveLength(1);
  });

  it('gives pages without a frame no folio', () => {
    const zero: Extent = { ...extent(0, 7, 4), flags: ['zero'] };
    const absent: Extent = { ...extent(4, 90, 2), flags: ['absent'] };
    const axis = axisFromLayout(layoutOf(zero, absent, extent(6, 100, 1)));

    const { folios, pages } = pictureGeometry(axis, { first: 0, count: 7 }, 70);

    expect(pages.map(({ piece }) => piece.folio)).toEqual([null, null, 100]);
    expect(folios).toHaveLength(1);
    expect(textAt(axis, 0)).toContain('zero page');
    expect(textAt(axis, 5)).toContain('not present');
  });
});

describe('the window', () => {
  const windows = fc.record({
    length: fc.integer({ min: 1, max: 1_000_000 }),
    first: fc.integer({ min: -100, max: 1_000_100 }),
    count: fc.integer({ min: 1, max: 5000 }),
  });

  it('lies within the axis, whatever is asked for', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ({ length, first, count }, factor) => {
          const window = fittedWindow({ first, count }, length);
          const zoomed = zoomedWindow(window, factor, window.first + window.count / 2, length);
          for (const one of [window, zoomed]) {
            expect(one.first).toBeGreaterThanOrEqual(0);
            expect(one.first + one.count).toBeLessThanOrEqual(length);
          }
        },
      ),
    );
  });

  it('moves no further than it must to show a position', () => {
    fc.assert(
      fc.property(windows, fc.nat({ max: 999_999 }), ({ length, first, count }, position) => {
        const target = Math.min(position, length - 1);
        const window = fittedWindow({ first, count }, length);

        const shown = windowShowing(window, target, length);

        expect(target).toBeGreaterThanOrEqual(shown.first);
        expect(target).toBeLessThan(shown.first + shown.count);
        expect(windowShowing(shown, target, length)).toEqual(shown);
      }),
    );
  });
});

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

it('the overview shows every mapped position, column by column', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const axis = axisFromLayout(layout);
      const area = sum(overviewRects(axis, 400, 30).map(({ width, height }) => width * height));

      expect(area).toBeCloseTo((layout.mappedPages / axis.length) * 400 * 30, 3);
    }),
  );
});

describe('the drawing', () => {
  const kindsOf = (layout: Layout, pages: number, width = 1000): Set<string> => {
    const axis = axisFromLayout(layout);
    const { paths } = drawPicture(pictureGeometry(axis, { first: 0, count: pages }, width));
    return new Set(paths.map(({ kind }) => kind));
  };

  it('takes a few paths, however many pages there are', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const axis = axisFromLayout(layout);
        const window = fittedWindow({ first: 0, count: 2048 }, axis.length);

        const { paths } = drawPicture(pictureGeometry(axis, window, 1000));

        expect(paths.length).toBeLessThan(30);
        expect(new Set(paths.map(({ key }) => key)).size).toBe(paths.length);
        expect(paths.every(({ d }) => d.startsWith('M') && !d.includes('NaN'))).toBe(true);
      }),
    );
  });

  it('outlines copies where pages are wide enough, and marks them where not', () => {
    const layout = layoutOf(extent(0, 64, 3, 4), extent(3, 500, 1), extent(4, 68, 12, 4));

    expect(kindsOf(layout, 16)).toContain('copied');
    expect(kindsOf(layout, 16, 64)).toContain('copied-tick');
    expect(kindsOf(layout, 16)).toContain('unmapped');
  });

  it('hatches what is not mapped and names how much that is', () => {
    const axis = axisFromLayout(layoutOf(extent(0, 100, 8), extent(1_000_000, 300, 8)));

    const { paths, texts } = drawPicture(pictureGeometry(axis, { first: 0, count: 40 }, 1000));

    expect(paths.map(({ kind }) => kind)).toContain('gap');
    expect(texts.filter(({ kind }) => kind === 'gap').map(({ text }) => text)).toEqual([
      '3.81 GiB',
    ]);
  });
});
