import type { EChartsOption, LegendComponentOption, LineSeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { Scale } from './scales.ts';
import { colourOf, dashOf, symbolOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** Room for a vertical legend beside the plot. Unit: pixels, as are all below. */
const LEGEND_SIGN_WIDTH = 34;
const LEGEND_MARGIN = 10;
const LEAST_TEXT_WIDTH = 60;
const MOST_TEXT_WIDTH = 236;
/** About what a character takes; a little too much leaves a gap, too little cuts a name short. */
const CHARACTER_WIDTH = 6.6;

function legendTextWidth(names: readonly string[]): number {
  const longest = Math.max(0, ...names.map(({ length }) => length)) * CHARACTER_WIDTH;
  return Math.ceil(Math.min(MOST_TEXT_WIDTH, Math.max(LEAST_TEXT_WIDTH, longest)));
}

/**
 * What every picture has in common. Nothing moves: figures are read, not watched.
 *
 * @param trigger  Whether the pointer reads a single item, a place along an axis, or a whole bar.
 */
export function baseOption(
  tokens: ChartTokens,
  trigger: 'item' | 'axis' | 'bar' = 'item',
): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: tokens.fontText, color: tokens.text, fontSize: 12 },
    // The canvas names the picture itself, and shows its table.
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    tooltip: {
      trigger: trigger === 'bar' ? 'axis' : trigger,
      axisPointer: { type: trigger === 'bar' ? 'shadow' : 'line' },
      // Filled with an element and kept inside the canvas: neither makes markup from text, which the
      // content policy would block.
      renderMode: 'html',
      confine: true,
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow: none',
      transitionDuration: 0,
      hideDelay: 0,
    },
  };
}

/** Signs that stay apart without colour, faint enough to leave a label readable. */
export function decals(tokens: ChartTokens): NonNullable<EChartsOption['aria']> {
  const color = `${tokens.surface}66`;
  const lines = { color, dashArrayX: [1, 0], symbolSize: 1 };
  return {
    enabled: true,
    label: { enabled: false },
    decal: {
      show: true,
      decals: [
        { color: 'transparent', symbol: 'none' },
        { ...lines, dashArrayY: [2, 5], rotation: -Math.PI / 4 },
        {
          color,
          symbol: 'circle',
          dashArrayX: [
            [6, 6],
            [0, 6, 6, 0],
          ],
          dashArrayY: [6, 0],
          symbolSize: 0.6,
        },
        { ...lines, dashArrayY: [2, 5], rotation: Math.PI / 4 },
        { ...lines, dashArrayY: [1, 3], rotation: 0 },
        { ...lines, dashArrayY: [1, 3], rotation: Math.PI / 2 },
        {
          color,
          symbol: 'rect',
          dashArrayX: [
            [8, 8],
            [0, 8, 8, 0],
          ],
          dashArrayY: [8, 0],
          symbolSize: 0.5,
        },
        { ...lines, dashArrayY: [1, 8], rotation: -Math.PI / 6 },
        { ...lines, dashArrayY: [4, 4], rotation: Math.PI / 3 },
        {
          color,
          symbol: 'triangle',
          dashArrayX: [
            [9, 9],
            [0, 9, 9, 0],
          ],
          dashArrayY: [9, 0],
          symbolSize: 0.6,
        },
      ],
    },
  };
}

/** A legend to the right of the plot, where it can cover nothing; long names are cut short. */
export function sideLegend(names: readonly string[]): LegendComponentOption {
  return {
    type: 'scroll',
    orient: 'vertical',
    right: LEGEND_MARGIN,
    top: 8,
    bottom: 8,
    itemWidth: 28,
    itemHeight: 9,
    itemGap: 8,
    pageIconSize: 10,
    textStyle: { width: legendTextWidth(names), overflow: 'truncate' },
  };
}

/** A legend above the plot, for short names. */
export function topLegend(): LegendComponentOption {
  return { type: 'scroll', top: 0, left: 8, right: 8, itemWidth: 14, itemHeight: 10, itemGap: 12 };
}

/** How far from the right edge a plot beside such a legend ends. */
export function sideLegendWidth(names: readonly string[]): number {
  return legendTextWidth(names) + LEGEND_SIGN_WIDTH + 2 * LEGEND_MARGIN;
}

/** The plot of a chart with a side legend. */
export function plotBesideLegend(names: readonly string[]): NonNullable<EChartsOption['grid']> {
  const right = sideLegendWidth(names);
  return { left: 12, right, top: 14, bottom: 10, outerBoundsMode: 'same' };
}

type ValueAxis = Scale['axis'] & {
  readonly name: string;
  readonly nameLocation: 'middle';
  readonly nameGap: number;
};

/** The horizontal axis of a scale, with its name and unit below. */
export function horizontalAxis(name: string, scale: Scale): ValueAxis {
  return { ...scale.axis, name: `${name}${scale.unitSuffix}`, nameLocation: 'middle', nameGap: 26 };
}

/** The vertical axis of a scale, with its name and unit beside it. */
export function verticalAxis(name: string, scale: Scale): ValueAxis {
  return { ...scale.axis, name: `${name}${scale.unitSuffix}`, nameLocation: 'middle', nameGap: 52 };
}

/** A point of a line; those with a sign are figures worth finding again. */
export type LinePoint = {
  readonly x: number;
  readonly y: number;
  readonly isMarked: boolean;
};

/** Earlier lines are wider: one that lies on another stays visible. Unit: pixels. */
const LEAST_LINE_WIDTH = 1.5;
const LINE_WIDTH_STEP = 0.4;
const MOST_LINE_WIDTH = 3.5;
const EMPHASIS_WIDTH = 2;

function lineWidth(index: number, count: number): number {
  return Math.min(MOST_LINE_WIDTH, LEAST_LINE_WIDTH + (count - 1 - index) * LINE_WIDTH_STEP);
}

type Line = { readonly series: SeriesIdentity; readonly points: readonly LinePoint[] };

/** Staircases that keep their value until the next point. */
export function stairs(lines: readonly Line[], tokens: ChartTokens): LineSeriesOption[] {
  return lines.map(({ series, points }, index) => ({
    id: series.id,
    name: series.name,
    type: 'line',
    step: 'end',
    color: colourOf(series.style, tokens),
    lineStyle: { width: lineWidth(index, lines.length), type: dashOf(series.style) },
    symbol: symbolOf(series.style),
    showAllSymbol: true,
    symbolSize: (_value: unknown, { dataIndex }: { readonly dataIndex: number }) =>
      points[dataIndex]?.isMarked === true ? 7 : 0,
    // Others are not dimmed: a row of the table at which the keyboard rests brings its line forward.
    emphasis: { lineStyle: { width: lineWidth(index, lines.length) + EMPHASIS_WIDTH } },
    data: points.map(({ x, y }) => [x, y]),
  }));
}
