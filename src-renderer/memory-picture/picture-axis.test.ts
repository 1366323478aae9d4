import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLayoutFromSpec } from '#core';
import { axisFromLayout, LONGEST_GAP, placeAt, positionOfPage } from './picture-axis.ts';
import { extent, layoutOf, layouts } from './testing/drawn-layouts.ts';

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
