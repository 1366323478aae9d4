import type { EChartsOption, LegendComponentOption, SeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { Scale } from './scales.ts';
import { colourOf, dashOf, symbolOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** Room for a vertical legend beside the plot. Unit: pixels. */
export const LEGEND_WIDTH = 204;
const LEGEND_TEXT_WIDTH = 156;

/** What every picture has in common. Nothing moves: figures are read, not watched. */
export function baseOption(tokens: ChartTokens): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: tokens.fontText, color: tokens.text, fontSize: 12 },
    // The canvas names the picture itself, and shows its table.
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    tooltip: {
      trigger: 'item',
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

/** A legend to the right of the plot, where it can cover nothing. */
export function sideLegend(): LegendComponentOption {
  return {
    type: 'scroll',
    orient: 'vertical',
    right: 0,
    top: 8,
    bottom: 8,
    itemWidth: 28,
    itemHeight: 9,
    itemGap: 8,
    pageIconSize: 10,
    textStyle: { width: LEGEND_TEXT_WIDTH, overflow: 'truncate' },
  };
}

/** A legend above the plot, for short names. */
export function topLegend(): LegendComponentOption {
  return { type: 'scroll', top: 0, left: 8, right: 8, itemWidth: 14, itemHeight: 10, itemGap: 12 };
}

/** The plot of a chart with a side legend. */
export function plotBesideLegend(): NonNullable<EChartsOption['grid']> {
  return { left: 12, right: LEGEND_WIDTH + 16, top: 14, bottom: 10, outerBoundsMode: 'same' };
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
  readonly y: number | null;
  readonly isMarked: boolean;
};

/** A staircase that keeps its value until the next point. */
export function stairSeries(
  series: SeriesIdentity,
  points: readonly LinePoint[],
  tokens: ChartTokens,
): SeriesOption {
  const color = colourOf(series.style, tokens);
  return {
    id: series.id,
    name: series.name,
    type: 'line',
    step: 'end',
    color,
    lineStyle: { width: 1.75, type: dashOf(series.style) },
    symbol: symbolOf(series.style),
    showAllSymbol: true,
    symbolSize: (_value: unknown, { dataIndex }: { readonly dataIndex: number }) =>
      points[dataIndex]?.isMarked === true ? 6 : 0,
    emphasis: { focus: 'series', lineStyle: { width: 2.5 } },
    blur: { lineStyle: { opacity: 0.25 }, itemStyle: { opacity: 0.25 } },
    data: points.map(({ x, y }) => [x, y ?? '-']),
  };
}
