import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatNs } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { cumulativeSteps, percentileNs } from './distribution.ts';
import type { Distribution } from './distribution.ts';
import { baseOption, plotBesideLegend, sideLegend, stairs, verticalAxis } from './option-parts.ts';
import type { LinePoint } from './option-parts.ts';
import { nothingToSelect } from './picture.ts';
import type { ChartPicture, TooltipContent } from './picture.ts';
import { scaleFor } from './scales.ts';
import type { Scale, ScaleKind } from './scales.ts';
import { colourOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** A distribution with the name and look it has in every chart. */
export type DistributionSeries = SeriesIdentity & { readonly distribution: Distribution };

/** What the distributions are of, such as `total`, and how the time axis is drawn. */
export type DistributionView = { readonly phase: string; readonly scale: ScaleKind };

/** A staircase of more steps than this is thinned to what a screen can show. */
const MOST_POINTS = 500;
const MARKED_SHARES = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

/** Where a percentile lies: the decades of one in so many. */
function positionOf(share: number): number {
  return -Math.log10(1 - share);
}

/** `99.9 %`, whole to the last nine. */
export function shareLabel(share: number): string {
  return `${String(Number((share * 100).toFixed(6)))} %`;
}

function thinned(points: readonly LinePoint[], span: number): readonly LinePoint[] {
  if (points.length <= MOST_POINTS) return points;
  const step = span / MOST_POINTS;
  let kept = Number.NEGATIVE_INFINITY;
  return points.filter(({ x, isMarked }, index) => {
    const isKept = isMarked || index === points.length - 1 || x - kept >= step;
    if (isKept && !isMarked) kept = x;
    return isKept;
  });
}

/** The staircase of a distribution, ending in the maximum at one in `total`. */
export function percentilePoints(distribution: Distribution, scale: Scale): readonly LinePoint[] {
  const { total, maxNs } = distribution;
  if (total === 0) return [];
  const point = (share: number, valueNs: number, isMarked: boolean): LinePoint => {
    return { x: positionOf(share), y: scale.positionOf(valueNs), isMarked };
  };
  const steps = cumulativeSteps(distribution).map(({ from, valueNs }) =>
    point(from, valueNs, false),
  );
  const marked = MARKED_SHARES.filter((share) => share > 0 && share < 1 - 1 / total).map((share) =>
    point(share, percentileNs(distribution, share) ?? maxNs, true),
  );
  const last = { x: Math.log10(total), y: scale.positionOf(maxNs), isMarked: true };
  const ascending = [...steps, ...marked].sort((left, right) => left.x - right.x);
  return [...thinned(ascending, last.x), last];
}

type AxisLabel = { readonly position: number; readonly label: string };

/** The maximum has a label where all series end at the same place. */
function axisLabels(series: readonly DistributionSeries[], most: number): readonly AxisLabel[] {
  const hasCommonEnd = new Set(series.map(({ distribution }) => distribution.total)).size === 1;
  const room = hasCommonEnd ? most * 0.94 : most + 1e-9;
  const shares = MARKED_SHARES.map((share) => ({
    position: positionOf(share),
    label: shareLabel(share),
  })).filter(({ position }) => position <= room);
  return hasCommonEnd ? [...shares, { position: most, label: 'max' }] : shares;
}

function tooltipAt(
  position: number,
  series: readonly DistributionSeries[],
  tokens: ChartTokens,
): TooltipContent {
  const share = 1 - 10 ** -Math.max(0, position);
  const rows = series.map(({ name, style, distribution }) => {
    const isBeyond = position >= Math.log10(distribution.total) - 1e-9;
    const valueNs = isBeyond ? distribution.maxNs : percentileNs(distribution, share);
    const value = `${formatNs(valueNs)}${isBeyond ? ' (max)' : ''}`;
    return { colour: colourOf(style, tokens), name, value };
  });
  const digits = Math.max(1, Math.ceil(position));
  return { title: `${(share * 100).toFixed(Math.min(6, digits))} % take at most`, rows };
}

/** The figures behind a percentile chart, with the maximum in every row set. */
export function tableOfPercentiles(series: readonly DistributionSeries[]): ChartTable {
  const rows = series.flatMap(({ name, distribution }) => {
    const shares = MARKED_SHARES.filter((share) => share < 1 - 1 / distribution.total);
    const percentiles = shares.map((share) => [
      name,
      Number((share * 100).toFixed(6)),
      percentileNs(distribution, share),
      distribution.total,
    ]);
    const last = distribution.total === 0 ? null : distribution.maxNs;
    return [...percentiles, [name, 100, last, distribution.total]];
  });
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'percentile', title: 'Percentile', kind: 'percentile' },
      { name: 'latency_ns', title: 'Latency', kind: 'time' },
      { name: 'samples', title: 'I/Os', kind: 'count' },
    ],
    rows,
  };
}

/** Says why distributions show nothing, or that they do. */
export function emptyDistributions(
  series: readonly DistributionSeries[],
  phase: string,
): string | null {
  if (series.length === 0) return 'Nothing is selected: tick trials in the table.';
  return series.every(({ distribution }) => distribution.maxNs === 0)
    ? `No selected trial spends any time in ${phase}.`
    : null;
}

/**
 * Latency over percentiles, each nine as wide as the one before. The maximum is always drawn, at one
 * in as many I/Os as were measured.
 */
export function buildPercentileChart(
  series: readonly DistributionSeries[],
  view: DistributionView,
  tokens: ChartTokens,
): ChartPicture {
  const extremes = series.flatMap(({ distribution }) => [
    percentileNs(distribution, 0) ?? 0,
    distribution.maxNs,
  ]);
  const scale = scaleFor(view.scale, extremes, 'time');
  const most = Math.max(1, ...series.map(({ distribution }) => Math.log10(distribution.total)));
  const labels = axisLabels(series, most);
  const title = `Percentiles of ${view.phase} latency`;
  const names = series.map(({ name }) => name);
  return {
    title,
    description: `${title} of ${series.length} series, up to the maximum.`,
    fileWord: 'percentiles',
    mostHeight: null,
    emptyReason: emptyDistributions(series, view.phase),
    idsAt: nothingToSelect,
    table: () => tableOfPercentiles(series),
    tooltip: (hover) => (hover.kind === 'axis' ? tooltipAt(hover.position, series, tokens) : null),
    option: {
      ...baseOption(tokens, 'axis'),
      grid: plotBesideLegend(names),
      legend: sideLegend(names),
      xAxis: {
        type: 'value',
        name: 'Percentile of I/Os, by the logarithm of 1/(1−p); the last sign is the maximum',
        nameLocation: 'middle',
        nameGap: 26,
        min: 0,
        max: most * 1.015,
        axisTick: { customValues: labels.map(({ position }) => position) },
        axisLabel: {
          customValues: labels.map(({ position }) => position),
          formatter: (position: number) =>
            labels.find((label) => Math.abs(label.position - position) < 1e-9)?.label ?? '',
        },
      },
      yAxis: verticalAxis('Latency', scale),
      series: stairs(
        series.map((one) => ({ series: one, points: percentilePoints(one.distribution, scale) })),
        tokens,
      ),
    },
  };
}
