import { expect, it } from 'vitest';
import type { ValidateRow } from '#contract';
import { shownText } from '../../../components/data-table/columns.ts';
import { filterRows, isStanding, sourceOf, SOURCES } from './filter-rows.ts';
import { VALIDATE_COLUMNS } from './validate-columns.ts';
import { validateTable } from './validate-table.ts';

function row(id: string, change: Partial<ValidateRow> = {}): ValidateRow {
  return {
    id,
    figure: 'a time',
    source: 'a posting',
    workload: 'a pin',
    layout: 'uniform:2MiB',
    strategy: 'today',
    published: 100,
    modelled: 105,
    modelledRange: null,
    unit: 'us',
    errorPercent: 5,
    basis: 'predicted',
    isCounted: false,
    costModel: 'textbook',
    reason: null,
    ...change,
  };
}
const missing = {
  modelled: null,
  errorPercent: null,
  reason: 'no policy has it',
} as const;
const rows = [
  row('s1.met'),
  row('s2.off', { errorPercent: -40 }),
  row('s2.fitted', { basis: 'fitted', errorPercent: 0 }),
  row('s2.fitted-off', { basis: 'fitted', errorPercent: 12 }),
  row('x.missing', missing),
];

it.each([
  ['all', ['s1.met', 's2.off', 's2.fitted', 's2.fitted-off', 'x.missing']],
  ['predicted', ['s1.met', 's2.off']],
  ['off', ['s2.off', 's2.fitted-off']],
  ['fitted', ['s2.fitted', 's2.fitted-off']],
  ['not-modelled', ['x.missing']],
] as const)('shows what is %s', (standing, ids) => {
  expect(filterRows(rows, null, standing).map(({ id }) => id)).toEqual(ids);
});

it('shows one source, and its standing within it', () => {
  expect(filterRows(rows, 's2', 'predicted').map(({ id }) => id)).toEqual(['s2.off']);
  expect(filterRows(rows, 's5', 'all')).toEqual([]);
});

it('knows the source of every figure by its id', () => {
  expect(rows.map(sourceOf)).toEqual(['s1', 's2', 's2', 's2', 'x']);
  expect(new Set(SOURCES.map(({ id }) => id)).size).toBe(SOURCES.length);
  expect(isStanding('off')).toBe(true);
  expect(isStanding('s2')).toBe(false);
});

it('shows a figure that is not modelled with its reason', () => {
  const cells = Object.fromEntries(
    VALIDATE_COLUMNS.map((column) => [column.id, shownText(column, row('x.missing', missing))]),
  );
  expect(cells).toMatchObject({
    published: '100',
    modelled: '–',
    error: '–',
    basis: 'not modelled',
    remark: 'no policy has it',
  });
});

it('writes figures, range and unit into columns of their own', () => {
  const { columns, rows: cells } = validateTable([row('s1.met', { modelledRange: [90, 120] })]);
  const written = Object.fromEntries(columns.map(({ name }, index) => [name, cells[0]?.[index]]));
  expect(written).toMatchObject({
    id: 's1.met',
    published: 100,
    modelled: 105,
    modelled_least: 90,
    modelled_most: 120,
    unit: 'us',
    error_percent: 5,
    basis: 'predicted',
  });
});
