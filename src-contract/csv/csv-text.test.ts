import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { neutraliseText, restoreText } from './csv-text.ts';

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
