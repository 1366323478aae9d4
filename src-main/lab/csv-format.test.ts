import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { array, assert, constant, constantFrom, double, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { neutraliseText, restoreText } from '#contract';
import type { CellValue } from '#contract';
import { csvFormat } from './csv-format.ts';

const columns = ['first', 'second', 'third'];

/** What the laboratory writes below the header. */
function linesOf(rows: readonly (readonly CellValue[])[]): string {
  const text = stringify([...rows], csvFormat(columns));
  const header = `${columns.join(',')}\n`;
  expect(text.startsWith(header)).toBe(true);
  return text.slice(header.length);
}

/** RFC 4180 to the letter. */
function referenceCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = neutraliseText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const textCell = oneof(
  string({ unit: 'binary' }),
  array(constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', 'a', ' '), {
    maxLength: 5,
  }).map((letters) => letters.join('')),
);
const numberCell = double({ noNaN: true, noDefaultInfinity: true });
const row = array(oneof(textCell, numberCell, constant(null)), { minLength: 3, maxLength: 3 });

it('numbers stand unquoted with a point, and nothing stands for no value', () => {
  expect(
    linesOf([
      [1.5, -2, 1e21],
      [0, -0, 0.000_000_1],
      [null, Number.NaN, -Infinity],
    ]),
  ).toBe('1.5,-2,1e+21\n0,0,1e-7\n,,\n');
});

it('texts are quoted where they must be, and no spreadsheet runs them as a formula', () => {
  expect(
    linesOf([
      ['=1+1', '-1', "'=1"],
      ['a,b', 'a"b', '@x,"y"'],
      ['a\nb', 'a\rb', ''],
      ["'plain", ' µ ', '\tx'],
    ]),
  ).toBe(
    "'=1+1,'-1,''=1\n" + '"a,b","a""b","\'@x,""y"""\n' + '"a\nb","a\rb",\n' + "'plain, µ ,'\tx\n",
  );
});

it('a table without rows is its header', () => {
  expect(linesOf([])).toBe('');
});

it('every cell is written as RFC 4180 says', () => {
  assert(
    property(array(row), (rows) => {
      expect(linesOf(rows)).toBe(
        rows.map((cells) => `${cells.map(referenceCell).join(',')}\n`).join(''),
      );
    }),
  );
});

it('what is written and read by another CSV reader gives the cells back', () => {
  assert(
    property(array(row), (rows) => {
      const read: string[][] = parse(linesOf(rows), { recordDelimiter: '\n' });

      expect(
        read.map((cells, at) =>
          cells.map((text, index) =>
            typeof rows[at]?.[index] === 'number' ? Number(text) : restoreText(text),
          ),
        ),
      ).toEqual(
        rows.map((cells) => cells.map((value) => (Object.is(value, -0) ? 0 : (value ?? '')))),
      );
    }),
  );
});
