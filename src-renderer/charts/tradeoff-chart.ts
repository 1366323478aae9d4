import type { LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { ChartTable } from './chart-table.ts';
import {
  baseOption,
  horizontalAxis,
  plotBesideLegend,
  sideLegend,
  verticalAxis,
} from './option-parts.ts';
import { paretoFront } from './pareto-front.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { formatQuantity, scaleFor } from './scales.ts';
import type { Quantity, Scale, ScaleKind } from './scales.ts';
import { colourOf, symbolOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';
import { lowerFirst } from './words.ts';

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
  /** As it stands at the axis: `Allocated per I/O`. */
  readonly title: string;
  /** As it stands in a CSV header, with its unit. */
  readonly name: string;
  readonly quantity: Quantity;
  readonly scale: ScaleKind;
};
export type TradeoffView = { readonly x: TradeoffAxis; readonly y: TradeoffAxis };

type Scales = { readonly x: Scale; readonly y: Scale };

/** Fronts of more groups than this are a tangle. */
const MOST_FRONTS = 4;
const FRONT_NAME = 'Pareto front';
/** Later subjects are drawn smaller: those at the same place stay visible in each other. */
const LEAST_SIZE = 5;
const SIZE_STEP = 1.4;
const SELECTED_SIZE = 4;

/** The figures behind the points. */
export function tableOfTradeoffs(points: readonly TradeoffPoint[], view: TradeoffView): ChartTable {
  const groups = Map.groupBy(points, ({ group }) => group);
  const front = new Set([...groups.values()].flatMap((members) => paretoFront(members)));
  return {
    columns: [
      { name: 'series', title: 'Trial', kind: 'text' },
      { name: view.x.name, title: view.x.title, kind: view.x.quantity },
      { name: view.y.name, title: view.y.title, kind: view.y.quantity },
      { name: 'front', title: 'On the front of its group', kind: 'text' },
    ],
    rows: points.map((point) => [point.name, point.x, point.y, front.has(point) ? 'yes' : 'no']),
  };
}

/** Groups with a selected point; without a selection the only group there is. */
function frontGroups(points: readonly TradeoffPoint[]): readonly string[] {
  const selected = [...new Set(points.filter((one) => one.isSelected).map(({ group }) => group))];
  const all = [...new Set(points.map(({ group }) => group))];
  if (selected.length > 0) return selected.slice(0, MOST_FRONTS);
  return all.length === 1 ? all : [];
}

function placeOf({ x, y }: TradeoffPoint, scales: Scales): [number, number] {
  return [scales.x.positionOf(x), scales.y.positionOf(y)];
}

/** The border of what the front beats: from the top of the plot to its right. */
function frontSeries(
  group: string,
  points: readonly TradeoffPoint[],
  scales: Scales,
  tokens: ChartTokens,
): LineSeriesOption {
  const corners = paretoFront(points.filter((point) => point.group === group)).map((point) =>
    placeOf(point, scales),
  );
  const [firstX] = corners[0] ?? [];
  const [, lastY] = corners.at(-1) ?? [];
  const ends = firstX === undefined || lastY === undefined ? null : { firstX, lastY };
  return {
    id: `front/${group}`,
    name: FRONT_NAME,
    type: 'line',
    step: 'end',
    silent: true,
    symbol: 'none',
    z: 1,
    color: tokens.textMuted,
    lineStyle: { width: 1.25, type: [5, 3], color: tokens.textMuted },
    areaStyle: { color: tokens.textMuted, opacity: 0.06, origin: 'end' },
    data:
      ends === null
        ? []
        : [[ends.firstX, scales.y.axis.max], ...corners, [scales.x.axis.max, ends.lastY]],
  };
}

function pointSeries(
  own: readonly TradeoffPoint[],
  smaller: number,
  anySelected: boolean,
  scales: Scales,
  tokens: ChartTokens,
): ScatterSeriesOption[] {
  const [first] = own;
  if (first === undefined) return [];
  const color = colourOf(first.style, tokens);
  const size = LEAST_SIZE + smaller * SIZE_STEP;
  return [
    {
      id: `points/${first.subject}`,
      name: first.subject,
      type: 'scatter',
      color,
      symbol: symbolOf(first.style),
      z: 2,
      emphasis: { scale: 1.3 },
      data: own.map((point) => ({
        value: placeOf(point, scales),
        symbolSize: size + (point.isSelected ? SELECTED_SIZE : 0),
        itemStyle: {
          opacity: point.isSelected || !anySelected ? 1 : 0.32,
          borderColor: point.isSelected ? tokens.text : tokens.surface,
          borderWidth: point.isSelected ? 1 : 0.5,
        },
      })),
    },
  ];
}

/** Points at the place of another one, which only the topmost shows. */
function coinciding(
  point: TradeoffPoint,
  points: readonly TradeoffPoint[],
): readonly TradeoffPoint[] {
  const isNear = (a: number, b: number): boolean =>
    Math.abs(a - b) <= 0.002 * Math.max(Math.abs(a), Math.abs(b));
  return points.filter(({ x, y }) => isNear(x, point.x) && isNear(y, point.y));
}

/** Latency against memory, a point for each trial; the front of what is selected as a staircase. */
export function buildTradeoffChart(
  points: readonly TradeoffPoint[],
  view: TradeoffView,
  tokens: ChartTokens,
): ChartPicture {
  const scales = {
    x: scaleFor(
      view.x.scale,
      points.map(({ x }) => x),
      view.x.quantity,
    ),
    y: scaleFor(
      view.y.scale,
      points.map(({ y }) => y),
      view.y.quantity,
    ),
  };
  const bySubject = [...Map.groupBy(points, ({ subject }) => subject).values()];
  const subjects = bySubject.flatMap(([first]) => first?.subject ?? []);
  const anySelected = points.some(({ isSelected }) => isSelected);
  const groups = frontGroups(points);
  const names = [...subjects, ...(groups.length > 0 ? [FRONT_NAME] : [])];
  const pointAt = (hover: ChartHover): TradeoffPoint | undefined =>
    hover.kind === 'item'
      ? points.filter(({ subject }) => `points/${subject}` === hover.seriesId)[hover.index]
      : undefined;

  function tooltipAt(hover: ChartHover): TooltipContent | null {
    const point = pointAt(hover);
    if (point === undefined) return null;
    const y = formatQuantity(point.y, view.y.quantity);
    const x = formatQuantity(point.x, view.x.quantity);
    return {
      title: `${view.y.title} ${y} · ${lowerFirst(view.x.title)} ${x}`,
      rows: coinciding(point, points)
        .slice(0, 12)
        .map(({ name, style }) => ({ colour: colourOf(style, tokens), name, value: '' })),
    };
  }

  const title = `${view.y.title} against ${lowerFirst(view.x.title)}`;
  return {
    title,
    description: `${title}, ${points.length} points; less is better in both.`,
    fileWord: 'latency-against-memory',
    mostHeight: null,
    emptyReason: points.length === 0 ? 'No trial is shown in the table.' : null,
    idsAt: (hover) => {
      const point = pointAt(hover);
      return point === undefined ? [] : [point.id];
    },
    table: () => tableOfTradeoffs(points, view),
    tooltip: tooltipAt,
    option: {
      ...baseOption(tokens),
      grid: plotBesideLegend(names),
      legend: { ...sideLegend(names), itemWidth: 10, itemHeight: 10, data: names },
      xAxis: horizontalAxis(view.x.title, scales.x),
      yAxis: verticalAxis(view.y.title, scales.y),
      series: [
        ...groups.map((group) => frontSeries(group, points, scales, tokens)),
        ...bySubject.flatMap((own, index) =>
          pointSeries(own, bySubject.length - 1 - index, anySelected, scales, tokens),
        ),
      ],
    },
  };
}
