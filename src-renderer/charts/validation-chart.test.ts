import { expect, it } from 'vitest';
import type { ValidateRow } from '#contract';
import { SAMPLE_TOKENS } from './testing/chart-samples.ts';
import { buildValidationChart, validationPoints } from './validation-chart.ts';

function row(id: string, change: Partial<ValidateRow>): ValidateRow {
  return {
    id,
    figure: 'a time',
    source: 'a posting',
    workload: 'a pin',
    layout: 'uniform:2MiB',
    strategy: 'today',
    published: 100,
    modelled: 100,
    modelledRange: null,
    unit: 'us',
    errorPercent: 0,
    basis: 'predicted',
    isCounted: false,
    costModel: 'textbook',
    reason: null,
    ...change,
  };
}
const rows = [
  row('s2.fitted', { basis: 'fitted' }),
  row('s2.met', { published: 1, modelled: 1.05, unit: 'ms', errorPercent: 5 }),
  row('s2.missed', { published: 10, modelled: 20, unit: 'ns', errorPercent: 100 }),
  row('s2.none', { modelled: null, errorPercent: null }),
  row('s2.own', { published: null, errorPercent: null }),
  row('s2.zero', { published: 0, modelled: 0 }),
  row('s2.ratio', { unit: 'ratio', published: 20, modelled: 21, errorPercent: 5 }),
];

function seriesOf(kind: 'times' | 'ratios' | 'counts') {
  return [buildValidationChart(rows, kind, SAMPLE_TOKENS).option.series ?? []].flat();
}

it('puts times of all units on one axis, and leaves out what has only one side', () => {
  const points = validationPoints(rows, 'times');

  expect(points.map((point) => [point.row.id, point.published, point.modelled])).toEqual([
    ['s2.fitted', 100_000, 100_000],
    ['s2.met', 1_000_000, 1_050_000],
    ['s2.missed', 10, 20],
  ]);
});

it('tells fitted from predicted and both from what is off, by symbol and colour', () => {
  const points = seriesOf('times').filter(({ type }) => type === 'scatter');

  expect(points.map(({ id, name, color }) => [id, name, color])).toEqual([
    ['points/fitted', 'fitted', SAMPLE_TOKENS.textMuted],
    ['points/met', 'predicted', SAMPLE_TOKENS.good],
    ['points/missed', 'off', SAMPLE_TOKENS.bad],
  ]);
  expect(new Set(points.map((one) => ('symbol' in one ? one.symbol : null))).size).toBe(3);
});

it('draws the line on which both agree from corner to corner', () => {
  const { option } = buildValidationChart(rows, 'times', SAMPLE_TOKENS);
  const [line] = seriesOf('times');
  const axis = [option.xAxis].flat()[0];
  const [least, most] = [axis?.min, axis?.max];

  expect(line?.data).toEqual([
    [least, least],
    [most, most],
  ]);
  expect([option.yAxis].flat()[0]).toMatchObject({ min: least, max: most });
});

it('says what is under the pointer, and finds it in the table', () => {
  const chart = buildValidationChart(rows, 'times', SAMPLE_TOKENS);
  const hover = { kind: 'item', seriesId: 'points/missed', index: 0 } as const;

  expect(chart.idsAt(hover)).toEqual(['s2.missed']);
  expect(chart.tooltip(hover)).toEqual({
    title: 's2.missed: a time',
    rows: [
      { colour: null, name: 'published', value: '10 ns' },
      { colour: null, name: 'modelled', value: '20 ns' },
      { colour: SAMPLE_TOKENS.bad, name: 'predicted, off', value: '+100.0 %' },
    ],
  });
  expect(chart.idsAt({ kind: 'item', seriesId: 'line/1', index: 0 })).toEqual([]);
});

it('has its figures as a table, in the unit of the axis', () => {
  const { columns, rows: cells } = buildValidationChart(rows, 'times', SAMPLE_TOKENS).table();

  expect(columns.map(({ name }) => name)).toEqual([
    ...['figure', 'published_ns', 'modelled_ns', 'error', 'basis'],
  ]);
  expect(cells[1]).toEqual(['s2.met', 1_000_000, 1_050_000, '+5.0 %', 'predicted']);
});

it('says so where there is nothing to draw', () => {
  expect(buildValidationChart(rows, 'counts', SAMPLE_TOKENS).emptyReason).toBe(
    'None of the figures shown has both sides.',
  );
});
