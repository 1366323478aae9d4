import { expect, it } from 'vitest';
import { compareCells, constantColumns, shownText, visibleTable } from './columns.ts';
import type { TableColumn } from './columns.ts';

type Trial = { readonly layout: string; readonly p50Ns: number | null };

const layout: TableColumn<Trial> = {
  id: 'layout',
  title: 'Layout',
  value: (trial) => trial.layout,
};
const p50: TableColumn<Trial> = {
  id: 'p50',
  title: 'Median',
  unit: 'ns',
  value: (trial) => trial.p50Ns,
  text: (trial) => `${trial.p50Ns ?? 'no'} ns`,
};
const trials: readonly Trial[] = [
  { layout: 'thp', p50Ns: 4 },
  { layout: 'thp', p50Ns: null },
];

it('shows the text of a column, else its value, else a dash', () => {
  const plain: TableColumn<Trial> = { id: 'p50', title: 'p50', value: (trial) => trial.p50Ns };

  expect(trials.map((trial) => shownText(p50, trial))).toEqual(['4 ns', 'no ns']);
  expect(trials.map((trial) => shownText(plain, trial))).toEqual(['4', '–']);
});

it('orders figures by size and names as a reader counts', () => {
  expect([10, 9, 100].sort(compareCells)).toEqual([9, 10, 100]);
  expect(['mthp128k', 'mthp16k', 'Anon'].sort(compareCells)).toEqual([
    'Anon',
    'mthp16k',
    'mthp128k',
  ]);
  expect(compareCells(5, 'text')).toBeLessThan(0);
});

it('finds the columns in which all rows agree', () => {
  expect([...constantColumns([layout, p50], trials)]).toEqual(['layout']);
});

it('calls no column constant that must be shown, nor any of a single row', () => {
  expect(constantColumns([{ ...layout, isAlwaysShown: true }], trials).size).toBe(0);
  expect(constantColumns([layout], trials.slice(0, 1)).size).toBe(0);
});

it('gives the table on screen by value, for a file', () => {
  expect(visibleTable([layout, p50], trials, ({ p50Ns }) => `id of ${p50Ns}`)).toEqual({
    ids: ['id of 4', 'id of null'],
    columns: [
      { id: 'layout', title: 'Layout', unit: null },
      { id: 'p50', title: 'Median', unit: 'ns' },
    ],
    rows: [
      ['thp', 4],
      ['thp', null],
    ],
  });
});
