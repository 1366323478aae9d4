import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layout } from '#core';
import { axisFromLayout } from './picture-axis.ts';
import { drawPicture } from './picture-drawing.ts';
import { pictureGeometry } from './picture-geometry.ts';
import { fittedWindow } from './picture-window.ts';
import { extent, layoutOf, layouts } from './testing/drawn-layouts.ts';

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
