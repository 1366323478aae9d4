import type { HeatmapSeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatChange } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { mixColours } from './colour-mix.ts';
import { baseOption } from './option-parts.ts';
import type { ChartHover, ChartPicture } from './picture.ts';
import { formatQuantity } from './scales.ts';
import type { Quantity } from './scales.ts';
import { lowerFirst, upperFirst } from './words.ts';

/** One cell: a strategy, a run or a value of a parameter, at one value of another parameter. */
export type HeatCell = {
  readonly id: string;
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Change against the baseline as a share; null for the baseline and where it has no figure. */
  readonly change: number | null;
  readonly isSelected: boolean;
};
export type HeatMap = {
  /** Names of strategies or runs, or values of a parameter in words; the first on top. */
  readonly rows: readonly string[];
  readonly rowTitle: string;
  /** Values of the swept parameter, in words, ascending. */
  readonly columns: readonly string[];
  readonly columnTitle: string;
  readonly cells: readonly HeatCell[];
  /** What a cell is: `total p50`; and in a CSV header, with its unit. */
  readonly metricTitle: string;
  readonly metricName: string;
  readonly quantity: Quantity;
  /** Cells are coloured and labelled by their change against this one; null: by their value. */
  readonly baselineName: string | null;
};

/** Full colours would swallow the figures in the cells. */
const STRONGEST = 0.62;
/** Changes of a few percent alone are not painted as if they were large. Unit: see `heatOf`. */
const LEAST_RANGE = 0.4;
/** The height of a row, where there is room. Unit: pixels. */
const ROW_PITCH = 58;

/** `Block size` is headed `block_size`. */
function csvName(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}

/** The figures behind the cells. */
export function tableOfHeatMap(map: HeatMap): ChartTable {
  return {
    columns: [
      { name: csvName(map.rowTitle), title: map.rowTitle, kind: 'text' },
      { name: csvName(map.columnTitle), title: map.columnTitle, kind: 'text' },
      { name: map.metricName, title: map.metricTitle, kind: map.quantity },
      { name: 'change', title: 'Against the baseline', kind: 'share' },
    ],
    rows: map.cells.map(({ row, column, value, change }) => [
      map.rows[row] ?? '',
      map.columns[column] ?? '',
      value,
      change,
    ]),
  };
}

/** Halving is as far from the baseline as doubling is, and small changes are not lost beside it. */
function heatOf(cell: HeatCell, { baselineName }: HeatMap): number {
  if (baselineName === null) return cell.value > 0 ? Math.log10(cell.value) : 0;
  const doublings = cell.change === null ? 0 : Math.log2(Math.max(1 + cell.change, 1 / 64));
  return Math.sign(doublings) * Math.sqrt(Math.abs(doublings));
}

function colourRange(map: HeatMap, heats: readonly number[]): { min: number; max: number } {
  if (map.baselineName === null) {
    return { min: Math.min(...heats), max: Math.max(...heats, Math.min(...heats) + 1e-9) };
  }
  const most = Math.max(LEAST_RANGE, ...heats.map(Math.abs));
  return { min: -most, max: most };
}

function coloursOf({ baselineName }: HeatMap, tokens: ChartTokens): string[] {
  const [less = tokens.accent, more = tokens.warn] = tokens.series;
  const mixed = (colour: string): string => mixColours(tokens.surface, colour, STRONGEST);
  if (baselineName !== null) return [mixed(less), tokens.surface, mixed(more)];
  return [mixColours(tokens.surface, less, 0.06), mixed(less)];
}

function cellText(cell: HeatCell, { baselineName, quantity }: HeatMap): string {
  const figure = formatQuantity(cell.value, quantity);
  return baselineName !== null && cell.change !== null ? formatChange(cell.change) : figure;
}

/** A figure over two things that vary: where each strategy wins, or which sizes profit on which folios. */
export function buildHeatMapChart(map: HeatMap, tokens: ChartTokens): ChartPicture {
  const { rows, columns } = map;
  // Selected ones last: their borders then lie over those of their neighbours.
  const cells = map.cells.toSorted(
    (left, right) => Number(left.isSelected) - Number(right.isSelected),
  );
  const heats = cells.map((cell) => heatOf(cell, map));
  const range = colourRange(map, heats);
  const cellAt = (hover: ChartHover): HeatCell | undefined =>
    hover.kind === 'item' ? cells[hover.index] : undefined;
  const by = `${lowerFirst(map.rowTitle)} and ${lowerFirst(map.columnTitle)}`;
  const against = map.baselineName === null ? '' : ` against ${map.baselineName}`;
  const title = `${upperFirst(map.metricTitle)}${against}, by ${by}`;
  const ends =
    map.baselineName !== null
      ? [`more than ${map.baselineName}`, 'less']
      : [range.max, range.min].map((heat) => formatQuantity(10 ** heat, map.quantity));
  const series: HeatmapSeriesOption = {
    type: 'heatmap',
    id: 'cells',
    progressive: 2000,
    itemStyle: { borderColor: tokens.surface, borderWidth: 2, borderRadius: 3 },
    emphasis: { itemStyle: { borderColor: tokens.accent, borderWidth: 2 } },
    label: {
      show: true,
      color: tokens.text,
      fontSize: 12,
      formatter: ({ dataIndex }) => {
        const cell = cells[dataIndex];
        return cell === undefined ? '' : cellText(cell, map);
      },
    },
    data: cells.map((cell, index) => ({
      value: [cell.column, cell.row, heats[index] ?? 0],
      itemStyle: cell.isSelected ? { borderColor: tokens.text, borderWidth: 1.5 } : {},
    })),
  };
  return {
    title,
    description: `${title}: ${rows.length} rows and ${columns.length} columns.`,
    fileWord: 'heat-map',
    mostHeight: rows.length * ROW_PITCH + 118,
    emptyReason: cells.length === 0 ? 'No trial of this group is shown in the table.' : null,
    idsAt: (hover) => {
      const cell = cellAt(hover);
      return cell === undefined ? [] : [cell.id];
    },
    table: () => tableOfHeatMap(map),
    tooltip: (hover) => {
      const cell = cellAt(hover);
      if (cell === undefined) return null;
      const value = formatQuantity(cell.value, map.quantity);
      const change =
        cell.change === null
          ? []
          : [{ colour: null, name: 'against the baseline', value: formatChange(cell.change) }];
      return {
        title: `${rows[cell.row] ?? ''} · ${columns[cell.column] ?? ''}`,
        rows: [{ colour: null, name: map.metricTitle, value }, ...change],
      };
    },
    option: {
      ...baseOption(tokens),
      grid: { left: 12, right: 16, top: 30, bottom: 10, outerBoundsMode: 'same' },
      xAxis: {
        type: 'category',
        data: [...columns],
        name: map.columnTitle,
        nameLocation: 'middle',
        nameGap: 26,
        axisTick: { show: false },
        axisLine: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...rows],
        name: map.rowTitle,
        nameLocation: 'start',
        nameGap: 6,
        nameTextStyle: { align: 'right', padding: [0, 8, 0, 0] },
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { width: 200, overflow: 'truncate', interval: 0 },
      },
      visualMap: {
        type: 'continuous',
        dimension: 2,
        ...range,
        orient: 'horizontal',
        top: 2,
        right: 16,
        itemWidth: 10,
        itemHeight: 160,
        text: ends,
        textStyle: { color: tokens.textMuted, fontSize: 11 },
        hoverLink: false,
        inRange: { color: coloursOf(map, tokens) },
      },
      series: [series],
    },
  };
}
