import { expect, it } from 'vitest';
import { idsBetween, rowAfterKey, toggled } from './row-selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

it('selects a row, and takes it back', () => {
  const one = toggled(new Set(), 'a');
  const none = toggled(one, 'a');

  expect([[...one], [...none]]).toEqual([['a'], []]);
});

it('selects from one row to another, whichever comes first', () => {
  expect(idsBetween(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(idsBetween(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
});

it('selects one row where the other is not listed any more', () => {
  expect(idsBetween(ids, 'gone', 'd')).toEqual(['d']);
  expect(idsBetween(ids, null, 'd')).toEqual(['d']);
  expect(idsBetween(ids, 'a', 'gone')).toEqual([]);
});

it.each([
  ['ArrowDown', 2, 3],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 2, 1],
  ['ArrowUp', 0, 0],
  ['PageDown', 0, 3],
  ['PageUp', 4, 1],
  ['Home', 3, 0],
  ['End', 0, 4],
  ['x', 2, null],
])('goes with %s from row %d to row %d of five, three of them on screen', (key, from, to) => {
  expect(rowAfterKey(key, from, 5, 3)).toBe(to);
});

it('goes nowhere in an empty table', () => {
  expect(rowAfterKey('ArrowDown', 0, 0, 3)).toBeNull();
});
