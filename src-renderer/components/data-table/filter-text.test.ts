import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TableColumn } from './columns.ts';
import { rowsMatching } from './filter-text.ts';

type Row = { readonly name: string; readonly status: string; readonly trials: number | null };

const columns: readonly TableColumn<Row>[] = [
  { id: 'name', title: 'Experiment', value: ({ name }) => name },
  { id: 'status', title: 'Status', value: ({ status }) => status },
  { id: 'trials', title: 'Trials run', value: ({ trials }) => trials, isNumeric: true },
];
const rows: readonly Row[] = [
  { name: 'LPC 2024', status: 'finished', trials: 12 },
  { name: 'Real layouts', status: 'failed', trials: 168 },
  { name: 'Real-time', status: 'finished', trials: null },
];

function found(text: string): readonly string[] {
  return rowsMatching(rows, columns, text).map(({ name }) => name);
}

it.each([
  ['', ['LPC 2024', 'Real layouts', 'Real-time']],
  ['real', ['Real layouts', 'Real-time']],
  ['REAL failed', ['Real layouts']],
  ['"real layouts"', ['Real layouts']],
  ['-real', ['LPC 2024']],
  ['real-time', ['Real-time']],
  ['status:fin', ['LPC 2024', 'Real-time']],
  ['-status:fin', ['Real layouts']],
  ['experiment:lpc', ['LPC 2024']],
  ['status=finish', []],
  ['status=finished', ['LPC 2024', 'Real-time']],
  ['trials>12', ['Real layouts']],
  ['trials>=12', ['LPC 2024', 'Real layouts']],
  ['trialsrun<100', ['LPC 2024']],
  ['trials>many', []],
  ['colour:red', []],
  ['real trials>100 -status:finished', ['Real layouts']],
])('filters by %s', (text, names) => {
  expect(found(text)).toEqual(names);
});

it('takes any text at all, and finds with a term turned round what it did not find before', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(rows).toEqual(expect.arrayContaining([...rowsMatching(rows, columns, text)]));
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{1,4}$/), (word) => {
      const without = new Set(found(`-${word}`));
      expect(found(word).length + without.size).toBe(rows.length);
      expect(found(word).some((name) => without.has(name))).toBe(false);
    }),
  );
});
