import { parse } from 'csv-parse/sync';
import { array, assert, constantFrom, double, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { cellText, lineText, neutraliseText, restoreText } from './csv-text.ts';

/** Text that begins the way formulas and our own marks do. */
const trickyText = oneof(
  string({ unit: 'binary' }),
  array(constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', 'a'), {
    maxLength: 5,
  }).map((letters) => letters.join('')),
);

it('text that a spreadsheet would run as a formula gets a mark in front', () => {
  expect(
    ['=1+1', '+1', '-1', '@now', '\tx', '\rx', '\nx', "'=1", "'plain", 'a=b', ''].map(
      neutraliseText,
    ),
  ).toEqual(["'=1+1", "'+1", "'-1", "'@now", "'\tx", "'\rx", "'\nx", "''=1", "'plain", 'a=b', '']);
});

it('neutralised text never begins like a formula, and restoring it gives the text back', () => {
  assert(
    property(trickyText, (text) => {
      expect(neutraliseText(text)).not.toMatch(/^[=+\-@\t\r\n]/);
      expect(restoreText(neutraliseText(text))).toBe(text);
    }),
  );
});

it('numbers stand unquoted with a point, nothing stands for no value', () => {
  expect([1.5, -2, 1e21, 0, null, Number.NaN].map(cellText)).toEqual([
    '1.5',
    '-2',
    '1e+21',
    '0',
    '',
    '',
  ]);
});

it('a line read by another CSV reader gives the cells back', () => {
  const cell = oneof(trickyText, double({ noNaN: true, noDefaultInfinity: true }));
  assert(
    property(array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const [read = []] = parse(lineText(cells), { recordDelimiter: '\n', skipEmptyLines: false });

      expect(
        read.map((text, index) =>
          typeof cells[index] === 'number' ? Number(text) : restoreText(text),
        ),
      ).toEqual(cells.map((value) => (Object.is(value, -0) ? 0 : value)));
    }),
  );
});
