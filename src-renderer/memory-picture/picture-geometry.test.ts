import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Extent } from '#core';
import { detailsAt, positionAt, textAt } from './page-details.ts';
import { axisFromLayout } from './picture-axis.ts';
import { pictureGeometry } from './picture-geometry.ts';
import { fittedWindow } from './picture-window.ts';
import { extent, layoutOf, layouts, sum } from './testing/drawn-layouts.ts';

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
