import fc from 'fast-check';
import { expect, it } from 'vitest';
import { overviewRects } from './overview.ts';
import { axisFromLayout } from './picture-axis.ts';
import { layouts, sum } from './testing/drawn-layouts.ts';

it('the overview shows every mapped position, column by column', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const axis = axisFromLayout(layout);
      const area = sum(overviewRects(axis, 400, 30).map(({ width, height }) => width * height));

      expect(area).toBeCloseTo((layout.mappedPages / axis.length) * 400 * 30, 3);
    }),
  );
});
