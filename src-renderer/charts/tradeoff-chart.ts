import type { SeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { ChartTable } from './chart-table.ts';
import {
  baseOption,
  horizontalAxis,
  sideLegend,
  plotBesideLegend,
  verticalAxis,
} from './option-parts.ts';
import { paretoFront } from './pareto-front.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { formatQuantity, scaleFor } from './scales.ts';
import type { Quantity, Scale, ScaleKind } from './scales.ts';
import { colourOf, symbolOf } from './series-style.ts';
import type { SeriesIdentity, SeriesStyle } from './series-style.ts';

/** One trial, or the median of its replicates, as a point. */
export type TradeoffPoint = SeriesIdentity & {
  /** What is compared, as the legend names it: a strategy or a run. */
  readonly subject: string;
  /** The parameters it shares with what it can be compared with. */
  readonly group: string;
  readonly x: number;
  readonly y: number;
  readonly isSelected: boolean;
};
export type TradeoffAxis = {
  /** As it stands at the axis: `Allocated bytes of an I/O`. */
  readonly title: string;
  /** As it stands in a CSV header, with its unit. */
  readonly name: string;
  readonly quantity: Quantity;
  readonly scale: ScaleKind;
};
export type TradeoffView = {
  readonly x: TradeoffAxis;
  readonly y: TradeoffAxis;
};

/** Fronts of more groups than this are a tangle. */
const MOST_FRONTS = 4;

/** The figures behind the points. */
export function tableOfTradeoffs(points: readonly TradeoffPoint[], view: TradeoffView): ChartTable {
  const kind = (quantity: Quantity): 'time' | 'bytes' | 'count' => quantity;
  return {
    columns: [
      { name: 'series', title: 'Trial', kind: 'text' },
      { name: view.x.name, title: view.x.title, kind: kind(view.x.quantity) },
      { name: view.y.name, title: view.y.title, kind: kind(view.y.quantity) },
      { name: 'front', title: 'On the front of its group', kind: 'text' },
    ],
    rows: points.map((point) => [
      point.name,
      point.x,
      point.y,
      isOnFront(point, points) ? 'yes' : 'no',
    ]),
  };
}

function isOnFront(point: TradeoffPoint, points: readonly TradeoffPoint[]): boolean {
  return paretoFront(points.filter(({ group }) => group === point.group)).includes(point);
}

/** Groups with a selected point; without a selection the only group there is. */
function frontGroups(points: readonly TradeoffPoint[]): readonly string[] {
  const selected = [...new Set(points.filter((one) => one.isSelected).map(({ group }) => group))];
  const all = [...new Set(points.map(({ group }) => group))];
  if (selected.length > 0) return selected.slice(0, MOST_FRONTS);
  return all.length === 1 ? all : [];
}

function frontSeries(
  group: string,
  points: readonly TradeoffPoint[],
  scales: { readonly x: Scale; readonly y: Scale },
  tokens: ChartTokens,
): SeriesOption {
  const front = paretoFront(points.filter((point) => point.group === group));
  return {
    id: `front/${group}`,
    name: 'Pareto front',
    type: 'line',
    step: 'end',
    silent: true,
    symbol: 'none',
    z: 1,
    color: tokens.textMuted,
    lineStyle: { width: 1.25, type: [5, 3], color: tokens.textMuted },
    tooltip: { show: false },
    data: front.map(({ x, y }) => [scales.x.positionOf(x) ?? '-', scales.y.positionOf(y) ?? '-']),
  };
}

function pointSeries(
  subject: string,
  style: SeriesStyle,
  points: readonly TradeoffPoint[],
  scales: { readonly x: Scale; readonly y: Scale },
  tokens: ChartTokens,
): SeriesOption {
  const anySelected = points.some(({ isSelected }) => isSelected);
  const color = colourOf(style, tokens);
  return {
    id: `points/${subject}`,
    name: subject,
    type: 'scatter',
    color,
    z: 2,
    emphasis: { scale: 1.4 },
    data: points
      .filter((point) => point.subject === subject)
      .map(({ x, y, isSelected, style: own }) => ({
        value: [scales.x.positionOf(x) ?? '-', scales.y.positionOf(y) ?? '-'],
        symbol: symbolOf(own),
        symbolSize: isSelected ? 11 : 7,
        itemStyle: {
          opacity: isSelected || !anySelected ? 0.95 : 0.35,
          borderColor: isSelected ? tokens.text : color,
          borderWidth: isSelected ? 1.25 : 0,
        },
      })),
  };
}

/** Logarithms have no place for nothing: such points stand where the least of the others does. */
function scaleOf(axis: TradeoffAxis, values: readonly number[]): Scale {
  const hasZero = values.includes(0);
  return scaleFor(hasZero && axis.scale === 'log' ? 'zero' : axis.scale, values, axis.quantity);
}

/** Latency against memory, a point for each trial; the front of what is selected as a staircase. */
export function buildTradeoffChart(
  points: readonly TradeoffPoint[],
  view: TradeoffView,
  tokens: ChartTokens,
): ChartPicture {
  const scales = {
    x: scaleOf(
      view.x,
      points.map(({ x }) => x),
    ),
    y: scaleOf(
      view.y,
      points.map(({ y }) => y),
    ),
  };
  const subjects = new Map(points.map(({ subject, style }) => [subject, style]));
  const groups = frontGroups(points);
  const pointAt = (hover: ChartHover): TradeoffPoint | undefined =>
    hover.kind === 'item'
      ? points.filter(({ subject }) => `points/${subject}` === hover.seriesId)[hover.index]
      : undefined;

  function tooltipAt(hover: ChartHover): TooltipContent | null {
    const point = pointAt(hover);
    if (point === undefined) return null;
    return {
      title: point.name,
      rows: [
        { colour: null, name: view.y.title, value: formatQuantity(point.y, view.y.quantity) },
        { colour: null, name: view.x.title, value: formatQuantity(point.x, view.x.quantity) },
      ],
    };
  }

  const title = `${view.y.title} against ${view.x.title.toLowerCase()}`;
  return {
    title,
    description: `${title}, ${points.length} points; less is better in both.`,
    fileWord: 'latency-against-memory',
    emptyReason: points.length === 0 ? 'No trial is shown in the table.' : null,
    idsAt: (hover) => {
      const point = pointAt(hover);
      return point === undefined ? [] : [point.id];
    },
    table: tableOfTradeoffs(points, view),
    tooltip: tooltipAt,
    option: {
      ...baseOption(tokens),
      grid: plotBesideLegend(),
      legend: { ...sideLegend(), itemWidth: 12 },
      xAxis: horizontalAxis(view.x.title, scales.x),
      yAxis: verticalAxis(view.y.title, scales.y),
      series: [
        ...groups.map((group) => frontSeries(group, points, scales, tokens)),
        ...[...subjects].map(([subject, style]) =>
          pointSeries(subject, style, points, scales, tokens),
        ),
      ],
    },
  };
}
