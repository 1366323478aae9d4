import type { EChartsOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { ChartCell, ChartTable } from './chart-table.ts';
import { baseOption, sideLegend, sideLegendWidth } from './option-parts.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { formatQuantity, scaleFor } from './scales.ts';
import type { Quantity, ScaleKind } from './scales.ts';
import { colourOf, dashOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** One axis: a parameter with its values in order, or a figure. */
export type ParallelAxis = {
  /** As it stands above the axis. */
  readonly title: string;
  /** As it stands in a CSV header, a figure with its unit. */
  readonly name: string;
} & (
  | { readonly kind: 'parameter'; readonly values: readonly string[] }
  | { readonly kind: 'figure'; readonly quantity: Quantity }
);

/** One trial, or the median of its replicates, as a line across all axes. */
export type ParallelLine = SeriesIdentity & {
  /** What is compared, as the legend names it. */
  readonly subject: string;
  readonly isSelected: boolean;
  /** One for each axis: the place among the values of a parameter, or a figure; null: there is none. */
  readonly values: readonly (number | null)[];
};

type DrawnAxis = {
  readonly option: object;
  readonly positionOf: (value: number) => number;
};

/** A title is broken and not cut: its end is the unit. Unit: pixels. */
const NAME_WIDTH = 104;
const LABEL_WIDTH = 118;
const FADED = 0.16;
const PLAIN = 0.55;
/** A name may stand to the left and right of its axis alike. Unit: pixels. */
const EDGE = 66;

/** Whether an axis tells any two lines apart; the others only take room. */
function varies(lines: readonly ParallelLine[], index: number): boolean {
  const [first] = lines;
  return lines.some(({ values }) => values[index] !== first?.values[index]);
}

/** The axes in which not all lines agree, and what the lines have there. */
export function varyingAxes(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
): { readonly axes: readonly ParallelAxis[]; readonly lines: readonly ParallelLine[] } {
  const kept = axes.map((_, index) => varies(lines, index));
  return {
    axes: axes.filter((_, index) => kept[index]),
    lines: lines.map((line) => ({
      ...line,
      values: line.values.filter((_, index) => kept[index]),
    })),
  };
}

function cellOf(axis: ParallelAxis, value: number | null): ChartCell {
  if (value === null || axis.kind === 'figure') return value;
  return axis.values[value] ?? null;
}

function textOf(axis: ParallelAxis, value: number | null): string {
  const cell = cellOf(axis, value);
  return axis.kind === 'figure' && typeof cell !== 'string'
    ? formatQuantity(cell, axis.quantity)
    : String(cell ?? '–');
}

/** The figures behind the lines. */
export function tableOfParallel(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
): ChartTable {
  return {
    columns: [
      { name: 'series', title: 'Trial', kind: 'text' },
      ...axes.map((axis) => ({
        name: axis.name,
        title: axis.title,
        kind: axis.kind === 'figure' ? axis.quantity : ('text' as const),
      })),
    ],
    rows: lines.map(({ name, values }) => [
      name,
      ...axes.map((axis, index) => cellOf(axis, values[index] ?? null)),
    ]),
  };
}

function nameOf(title: string, tokens: ChartTokens): object {
  return {
    name: title,
    nameLocation: 'end',
    nameGap: 14,
    nameTextStyle: { color: tokens.text, fontSize: 12, width: NAME_WIDTH, overflow: 'break' },
  };
}

function drawnAxis(
  axis: ParallelAxis,
  dim: number,
  values: readonly number[],
  scaleKind: ScaleKind,
  tokens: ChartTokens,
): DrawnAxis {
  // Lines run through the labels, which must be read all the same.
  const label = { color: tokens.text, textBorderColor: tokens.surface, textBorderWidth: 3 };
  const common = {
    dim,
    z: 20,
    axisLine: { lineStyle: { color: tokens.lineStrong } },
    areaSelectStyle: { width: 18, color: tokens.accent, borderColor: tokens.accent, opacity: 0.2 },
  };
  if (axis.kind === 'parameter') {
    const option = {
      ...common,
      ...nameOf(axis.title, tokens),
      type: 'category',
      data: [...axis.values],
      axisTick: { show: false },
      axisLabel: { ...label, width: LABEL_WIDTH, overflow: 'truncate', interval: 0 },
    };
    return { option, positionOf: (value) => value };
  }
  const scale = scaleFor(scaleKind, values, axis.quantity);
  const option = {
    ...common,
    ...nameOf(`${axis.title}${scale.unitSuffix}`, tokens),
    ...scale.axis,
    axisLabel: { ...scale.axis.axisLabel, ...label },
  };
  return { option, positionOf: scale.positionOf };
}

/** Lines of one subject that can be told from those of others by colour and dash. */
function seriesOf(
  own: readonly ParallelLine[],
  drawn: readonly DrawnAxis[],
  anySelected: boolean,
  tokens: ChartTokens,
): object[] {
  const [first] = own;
  if (first === undefined) return [];
  const color = colourOf(first.style, tokens);
  return [
    {
      id: `lines/${first.subject}`,
      name: first.subject,
      type: 'parallel',
      color,
      inactiveOpacity: 0.04,
      activeOpacity: 0.9,
      emphasis: { lineStyle: { width: 3.5, opacity: 1 } },
      data: own.map(({ values, isSelected }) => ({
        value: values.map((value, index) =>
          // What ECharts takes for "no value": the line has a gap there.
          value === null ? '-' : (drawn[index]?.positionOf(value) ?? '-'),
        ),
        lineStyle: {
          color,
          type: dashOf(first.style),
          width: isSelected ? 2.5 : 1.25,
          opacity: isSelected ? 1 : anySelected ? FADED : PLAIN,
        },
      })),
    },
  ];
}

/**
 * Trials as lines across parameters and figures: what the good ones have in common. Axes in which all
 * agree are left out; a range is chosen by drawing along an axis.
 */
export function buildParallelChart(
  allAxes: readonly ParallelAxis[],
  allLines: readonly ParallelLine[],
  scaleKind: ScaleKind,
  tokens: ChartTokens,
): ChartPicture {
  const { axes, lines } = varyingAxes(allAxes, allLines);
  const drawn = axes.map((axis, dim) => {
    const values = lines.flatMap((line) => line.values[dim] ?? []);
    return drawnAxis(axis, dim, values, scaleKind, tokens);
  });
  const bySubject = [...Map.groupBy(lines, ({ subject }) => subject).values()];
  const names = bySubject.flatMap(([first]) => first?.subject ?? []);
  const anySelected = lines.some(({ isSelected }) => isSelected);
  const lineAt = (hover: ChartHover): ParallelLine | undefined =>
    hover.kind === 'item'
      ? lines.filter(({ subject }) => `lines/${subject}` === hover.seriesId)[hover.index]
      : undefined;

  function tooltipAt(hover: ChartHover): TooltipContent | null {
    const line = lineAt(hover);
    if (line === undefined) return null;
    const rows = axes.map((axis, index) => ({
      colour: null,
      name: axis.title,
      value: textOf(axis, line.values[index] ?? null),
    }));
    return { title: line.name, rows };
  }

  const title = 'Trials across parameters and figures';
  const option: EChartsOption = {
    ...baseOption(tokens),
    legend: { ...sideLegend(names), itemWidth: 22, itemHeight: 8, data: names },
    parallel: { left: EDGE, right: sideLegendWidth(names) + EDGE, top: 52, bottom: 22 },
    parallelAxis: drawn.map((axis) => axis.option),
    series: bySubject.flatMap((own) => seriesOf(own, drawn, anySelected, tokens)),
  };
  return {
    title,
    description: `${title}: ${lines.length} lines across ${axes.map((axis) => axis.title).join(', ')}.`,
    fileWord: 'parallel',
    mostHeight: null,
    emptyReason:
      lines.length < 2 || axes.length < 2
        ? 'Lines need two trials in the table that differ in two parameters or figures.'
        : null,
    idsAt: (hover) => {
      const line = lineAt(hover);
      return line === undefined ? [] : [line.id];
    },
    table: () => tableOfParallel(axes, lines),
    tooltip: tooltipAt,
    option,
  };
}
