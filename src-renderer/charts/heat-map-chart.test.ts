import { expect, it } from 'vitest';
import { buildHeatMapChart, tableOfHeatMap } from './heat-map-chart.ts';
import type { HeatMap } from './heat-map-chart.ts';
import { SAMPLE_TOKENS } from './testing/chart-samples.ts';

function cell(row: number, column: number, value: number, change: number | null) {
  return { id: `${row}/${column}`, row, column, value, change, isSelected: false };
}
const map: HeatMap = {
  rows: ['today', 'batch'],
  columns: ['4KiB', '128KiB'],
  rowTitle: 'Strategy',
  columnTitle: 'Block size',
  cells: [
    cell(0, 0, 100, null),
    cell(0, 1, 3000, null),
    cell(1, 0, 200, 1),
    cell(1, 1, 1500, -0.5),
  ],
  metricTitle: 'total p50',
  metricName: 'total_p50_ns',
  quantity: 'time',
  baselineName: 'today',
};

function heats(shown: HeatMap): readonly unknown[] {
  const [series] = [buildHeatMapChart(shown, SAMPLE_TOKENS).option.series ?? []].flat();
  return [series?.data ?? []].flat();
}

it('makes halving as cold as doubling is hot, and the baseline neither', () => {
  expect(heats(map)).toMatchObject([
    { value: [0, 0, 0] },
    { value: [1, 0, 0] },
    { value: [0, 1, 1] },
    { value: [1, 1, -1] },
  ]);
});

it('has a range as wide to both sides for changes, and of the values otherwise', () => {
  const ranges = [map, { ...map, baselineName: null }].map(
    (shown) => buildHeatMapChart(shown, SAMPLE_TOKENS).option.visualMap,
  );

  expect(ranges).toMatchObject([
    { min: -1, max: 1 },
    { min: 2, max: Math.log10(3000) },
  ]);
});

it('says what a cell is and selects it', () => {
  const { tooltip, idsAt, title } = buildHeatMapChart(map, SAMPLE_TOKENS);
  const hover = { kind: 'item', seriesId: 'cells', index: 3 } as const;

  expect(title).toBe('Total p50 against today, by strategy and block size');
  expect(tooltip(hover)).toEqual({
    title: 'batch · 128KiB',
    rows: [
      { colour: null, name: 'total p50', value: '1.5 µs' },
      { colour: null, name: 'against the baseline', value: '−50 %' },
    ],
  });
  expect(idsAt(hover)).toEqual(['1/1']);
});

it('draws selected cells over the others, and still knows which is which', () => {
  const [first, ...others] = map.cells;
  const selected = { ...map, cells: first ? [{ ...first, isSelected: true }, ...others] : [] };

  const { idsAt } = buildHeatMapChart(selected, SAMPLE_TOKENS);

  const ids = [0, 3].flatMap((index) => idsAt({ kind: 'item', seriesId: 'cells', index }));
  expect(ids).toEqual(['0/1', '0/0']);
});

it('has a table of values and changes', () => {
  const { columns, rows } = tableOfHeatMap(map);

  expect(columns.map(({ name }) => name)).toEqual([
    'strategy',
    'block_size',
    'total_p50_ns',
    'change',
  ]);
  expect(rows).toEqual([
    ['today', '4KiB', 100, null],
    ['today', '128KiB', 3000, null],
    ['batch', '4KiB', 200, 1],
    ['batch', '128KiB', 1500, -0.5],
  ]);
});
