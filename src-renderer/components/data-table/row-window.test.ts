import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowParts, withActiveRow } from './row-window.ts';

/** `3 [3] [4] 2`: a gap of three rows, rows 3 and 4, a gap of two. */
function text(indexes: readonly number[], count: number): string {
  return windowParts(indexes, count, 10)
    .map((part) => (part.kind === 'row' ? `[${part.index}]` : String(part.heightPx / 10)))
    .join(' ');
}

it('puts gaps in place of the rows that are off screen', () => {
  expect(text([3, 4], 7)).toBe('3 [3] [4] 2');
  expect(text([0, 1], 2)).toBe('[0] [1]');
  expect(text([0, 5, 6], 8)).toBe('[0] 4 [5] [6] 1');
  expect(text([], 4)).toBe('4');
  expect(text([], 0)).toBe('');
});

it('keeps the active row, which has the focus, when it is scrolled away', () => {
  expect(withActiveRow([5, 6], 2)).toEqual([2, 5, 6]);
  expect(withActiveRow([5, 6], 6)).toEqual([5, 6]);
  expect(withActiveRow([5, 6], -1)).toEqual([5, 6]);
});

it('is as high as all its rows, whichever are drawn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.array(fc.nat(499)), (count, chosen) => {
      const indexes = [...new Set(chosen)].filter((index) => index < count).sort((a, b) => a - b);

      const parts = windowParts(indexes, count, 32);

      const height = parts.reduce(
        (sum, part) => sum + (part.kind === 'gap' ? part.heightPx : 32),
        0,
      );
      expect(height).toBe(count * 32);
    }),
  );
});
