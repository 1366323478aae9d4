import { expect, it } from 'vitest';
import {
  columnWidth,
  isColumnWidths,
  leastTableWidth,
  withoutWidth,
  withWidth,
} from './column-widths.ts';

const columns = [
  { id: 'title', isFlexible: true, width: 200 },
  { id: 'seed', width: 90 },
  { id: 'tags' },
];

it('is as wide as it was made, else as it was designed; a flexible column takes the rest', () => {
  const widths = { seed: 60 };

  expect(columns.map((column) => columnWidth(column, widths))).toEqual([null, 60, 110]);
  expect(columnWidth({ id: 'title', isFlexible: true }, { title: 150 })).toBe(150);
  expect(leastTableWidth(columns, widths)).toBe(370);
});

it('keeps a width within what can be taken hold of again', () => {
  expect([-20, 80.4, 5000].map((width) => withWidth({ tags: 90 }, 'seed', width))).toEqual([
    { tags: 90, seed: 44 },
    { tags: 90, seed: 80 },
    { tags: 90, seed: 900 },
  ]);
});

it('gives a column its designed width back', () => {
  expect(withoutWidth({ seed: 60, tags: 70 }, 'seed')).toEqual({ tags: 70 });
});

it('takes back what it remembered, and nothing another version may have left', () => {
  expect([{ seed: 60 }, {}, null, [60], { seed: '60' }, { seed: 0 }].map(isColumnWidths)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
