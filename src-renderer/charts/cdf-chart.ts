import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatNs } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { cumulativeSteps, percentileNs, shareAtMost } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import {
  baseOption,
  horizontalAxis,
  plotBesideLegend,
  sideLegend,
  stairs,
} from './option-parts.ts';
import type { LinePoint } from './option-parts.ts';
import { emptyDistributions } from './percentile-chart.ts';
import type { DistributionSeries, DistributionView } from './percentile-chart.ts';
import { nothingToSelect } from './picture.ts';
import type { ChartPicture, TooltipContent } from './picture.ts';
import { scaleFor } from './scales.ts';
import type { Scale } from './scales.ts';
import { colourOf } from './series-style.ts';

const MOST_POINTS = 500;
const MARKED_SHARES = [0.5, 0.9, 0.99];
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Every n-th step, so that a screen's worth is left; the last one always. */
function thinned<Step>(steps: readonly Step[]): readonly Step[] {
  const stride = Math.ceil(steps.length / MOST_POINTS);
  return steps.filter((_, index) => index % stride === 0 || index === steps.length - 1);
}

/** The staircase of a distribution from 0 to 1. */
export function cdfPoints(distribution: Distribution, scale: Scale): readonly LinePoint[] {
  const points = thinned(cumulativeSteps(distribution)).map(({ valueNs, upTo }) => {
    return { x: scale.positionOf(valueNs), y: upTo, isMarked: false };
  });
  const marked = MARKED_SHARES.flatMap((share) => {
    const valueNs = percentileNs(distribution, share);
    if (valueNs === null) return [];
    const y = shareAtMost(distribution, valueNs);
    return [{ x: scale.positionOf(valueNs), y, isMarked: true }];
  });
  const ascending = [...points, ...marked].sort(
    (left, right) => left.x - right.x || left.y - right.y,
  );
  const first = points[0];
  return first === undefined ? [] : [{ ...first, y: 0 }, ...ascending];
}

/** Continues the staircases to the end of the axis, where all values are below. */
function continued(points: readonly LinePoint[], end: number): readonly LinePoint[] {
  const last = points.at(-1);
  return last === undefined || last.x >= end ? points : [...points, { ...last, x: end }];
}

function tooltipAt(
  valueNs: number,
  series: readonly DistributionSeries[],
  tokens: ChartTokens,
): TooltipContent {
  return {
    title: `At most ${formatNs(valueNs)}`,
    rows: series.map(({ name, style, distribution }) => ({
      colour: colourOf(style, tokens),
      name,
      value: `${(shareAtMost(distribution, valueNs) * 100).toFixed(2)} %`,
    })),
  };
}

/** The figures behind a CDF: every step that is drawn. */
export function tableOfCdf(series: readonly DistributionSeries[]): ChartTable {
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'latency_ns', title: 'At most', kind: 'time' },
      { name: 'share', title: 'I/Os', kind: 'share' },
    ],
    rows: series.flatMap(({ name, distribution }) =>
      thinned(cumulativeSteps(distribution)).map(({ valueNs, upTo }) => [name, valueNs, upTo]),
    ),
  };
}

/** The share of I/Os that take at most so long, as staircases. */
export function buildCdfChart(
  series: readonly DistributionSeries[],
  view: DistributionView,
  tokens: ChartTokens,
): ChartPicture {
  const extremes = series.flatMap(({ distribution }) => [
    percentileNs(distribution, 0) ?? 0,
    distribution.maxNs,
  ]);
  const scale = scaleFor(view.scale, extremes, 'time');
  const title = `Cumulative distribution of ${view.phase} latency`;
  const names = series.map(({ name }) => name);
  return {
    title,
    description: `${title}: the share of I/Os by the time they take at most, of ${series.length} series.`,
    fileWord: 'cdf',
    mostHeight: null,
    emptyReason: emptyDistributions(series, view.phase),
    idsAt: nothingToSelect,
    table: () => tableOfCdf(series),
    tooltip: (hover) =>
      hover.kind === 'axis' ? tooltipAt(scale.valueAt(hover.position), series, tokens) : null,
    option: {
      ...baseOption(tokens, 'axis'),
      grid: plotBesideLegend(names),
      legend: sideLegend(names),
      xAxis: horizontalAxis('Latency', scale),
      yAxis: {
        type: 'value',
        name: 'I/Os, % of all',
        nameLocation: 'middle',
        nameGap: 40,
        min: 0,
        max: 1,
        axisTick: { customValues: SHARES },
        axisLabel: {
          customValues: SHARES,
          formatter: (share: number) => String(Math.round(share * 100)),
        },
      },
      series: stairs(
        series.map((one) => ({
          series: one,
          points: continued(cdfPoints(one.distribution, scale), scale.axis.max),
        })),
        tokens,
      ),
    },
  };
}
