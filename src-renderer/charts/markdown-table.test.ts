import { expect, it } from 'vitest';
import { markdownTable, wrapped } from './markdown-table.ts';

it('lines its columns up, figures to the right', () => {
  const columns = [
    { title: 'Block size', isNumeric: false },
    { title: 'today', isNumeric: true },
  ];

  expect(
    markdownTable(columns, [
      ['4KiB', '100 ns'],
      ['128KiB', '2 µs (−75 %)'],
    ]),
  ).toEqual([
    '| Block size |        today |',
    '| ---------- | -----------: |',
    '| 4KiB       |       100 ns |',
    '| 128KiB     | 2 µs (−75 %) |',
  ]);
});

it('keeps a cell a cell, whatever is in it', () => {
  const [, , row] = markdownTable([{ title: 'x', isNumeric: false }], [['a|b\\c\nd']]);

  expect(row).toBe('| a\\|b\\\\c d |');
});

it('wraps a paragraph as a mailing list has it', () => {
  const lines = wrapped(`- ${'word '.repeat(20)}end`, '  ');

  expect(lines).toEqual([`- ${'word '.repeat(14)}word`.slice(0, 71), `  ${'word '.repeat(6)}end`]);
});
