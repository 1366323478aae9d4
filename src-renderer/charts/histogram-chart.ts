import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatNs } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import type { Distribution } from './distribution.ts';
import { baseOption, plotBesideLegend, sideLegend, stairs } from './option-parts.ts';
import { emptyDistributions } from './percentile-chart.ts';
import type { DistributionSeries, DistributionView } from './percentile-chart.ts';
import { nothingToSelect } from './picture.ts';
import type { ChartPicture, TooltipContent } from './picture.ts';
import { colourOf } from './series-style.ts';
import { coveringTicks, logarithmicTicks } from './ticks.ts';

const MOST_BINS = 120;
/** Narrower bins than this would show the buckets of the histogram and not the latencies. */
const LEAST_RATIO = 1.005;

/** Bins that all series of a chart share: equal ratios from one edge to the next. */
export type Bins = {
  /** Ascending and positive; one more than there are bins. Unit: nanoseconds. */
  readonly edgesNs: readonly number[];
  /** Whether a bin of its own is kept for I/Os that take no time at all. */
  readonly hasZero: boolean;
};

/** The share of a distribution in each bin. */
export type BinShares = { readonly zero: number; readonly shares: readonly number[] };

/** Bins that hold all values of all distributions. */
export function chooseBins(distributions: readonly Distribution[]): Bins {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  let hasZero = false;
  for (const { lowerNs, upperNs } of distributions) {
    for (const [index, lower] of lowerNs.entries()) {
      const upper = upperNs[index] ?? lower;
      if (upper === 0) hasZero = true;
      else least = Math.min(least, lower > 0 ? lower : upper / 2);
      most = Math.max(most, upper);
    }
  }
  if (most === 0) return { edgesNs: [], hasZero };
  // A constant latency has one bin around it and not a line without width.
  const from = Math.min(least, most / LEAST_RATIO);
  const ratio = most / from;
  const wanted = Math.floor(Math.log(ratio) / Math.log(LEAST_RATIO));
  const bins = Math.max(1, Math.min(MOST_BINS, wanted));
  const edgesNs = Array.from({ length: bins + 1 }, (_, index) => from * ratio ** (index / bins));
  return { edgesNs, hasZero };
}

/** A bucket may lie across an edge: it is then divided in proportion. */
export function sharesInBins(distribution: Distribution, { edgesNs }: Bins): BinShares {
  const { lowerNs, upperNs, count, total } = distribution;
  const shares = new Array<number>(Math.max(0, edgesNs.length - 1)).fill(0);
  let zero = 0;
  let bin = 0;
  for (const [index, own] of count.entries()) {
    const lower = lowerNs[index] ?? 0;
    const upper = upperNs[index] ?? lower;
    if (upper === 0) {
      zero += own / total;
      continue;
    }
    while (bin < shares.length - 1 && (edgesNs[bin + 1] ?? 0) <= lower) bin += 1;
    for (let at = bin; at < shares.length; at += 1) {
      const left = edgesNs[at] ?? 0;
      const right = edgesNs[at + 1] ?? 0;
      if (left >= upper && at > bin) break;
      const isLast = at === shares.length - 1 || right >= upper;
      const width = upper - lower;
      const from = at === bin ? lower : left;
      const part = width === 0 ? 1 : ((isLast ? upper : right) - from) / width;
      shares[at] = (shares[at] ?? 0) + (own * Math.max(0, part)) / total;
      if (isLast) break;
    }
  }
  return { zero, shares };
}

type Layout = {
  readonly bins: Bins;
  /** Positions of the edges; the bin of zeros lies one and a half bins before the first. */
  readonly positions: readonly number[];
  readonly zeroFrom: number;
  readonly zeroTo: number;
};

function layOut(bins: Bins): Layout {
  const positions = bins.edgesNs.map((edge) => Math.log10(edge));
  const first = positions[0] ?? 0;
  const span = (positions.at(-1) ?? 1) - first;
  const width = Math.max(span / 24, Number.EPSILON);
  return { bins, positions, zeroFrom: first - 2 * width, zeroTo: first - width };
}

function pointsOf(layout: Layout, { zero, shares }: BinShares): [number, number][] {
  const { positions, bins, zeroFrom, zeroTo } = layout;
  const zeros: [number, number][] = bins.hasZero
    ? [
        [zeroFrom, 0],
        [zeroFrom, zero],
        [zeroTo, 0],
      ]
    : [];
  const first = positions[0];
  const last = positions.at(-1);
  if (first === undefined || last === undefined) return zeros;
  const tops = shares.map((share, index): [number, number] => [positions[index] ?? last, share]);
  return [...zeros, [first, 0], ...tops, [last, 0]];
}

function binTitle(edgesNs: readonly number[], index: number): string {
  return `${formatNs(edgesNs[index])} to ${formatNs(edgesNs[index + 1])}`;
}

/** The figures behind a histogram; the row of zeros has no width. */
export function tableOfHistogram(series: readonly DistributionSeries[]): ChartTable {
  const bins = chooseBins(series.map(({ distribution }) => distribution));
  const rows = series.flatMap(({ name, distribution }) => {
    const { zero, shares } = sharesInBins(distribution, bins);
    const zeros = bins.hasZero ? [[name, 0, 0, zero]] : [];
    const others = shares.map((share, index) => [
      name,
      bins.edgesNs[index] ?? null,
      bins.edgesNs[index + 1] ?? null,
      share,
    ]);
    return [...zeros, ...others];
  });
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'lower_ns', title: 'From', kind: 'time' },
      { name: 'upper_ns', title: 'To', kind: 'time' },
      { name: 'share', title: 'I/Os', kind: 'share' },
    ],
    rows,
  };
}

/** The share of I/Os in bins of equal ratio, as outlines that can lie over each other. */
export function buildHistogramChart(
  series: readonly DistributionSeries[],
  view: Pick<DistributionView, 'phase'>,
  tokens: ChartTokens,
): ChartPicture {
  const layout = layOut(chooseBins(series.map(({ distribution }) => distribution)));
  const { positions, bins, zeroFrom, zeroTo } = layout;
  const all = series.map((one) => ({ one, shares: sharesInBins(one.distribution, bins) }));
  const most = Math.max(0, ...all.flatMap(({ shares }) => [shares.zero, ...shares.shares]));
  const heights = coveringTicks(0, most === 0 ? 1 : most * 100, 5);
  const first = positions[0] ?? 0;
  const last = positions.at(-1) ?? 1;
  const zeroAt = (zeroFrom + zeroTo) / 2;
  const ticks = logarithmicTicks(bins.edgesNs[0] ?? 1, bins.edgesNs.at(-1) ?? 10).map((tick) =>
    Math.log10(tick),
  );
  const customValues = bins.hasZero ? [zeroAt, ...ticks] : ticks;
  const title = `Histogram of ${view.phase} latency`;

  function tooltipAt(position: number): TooltipContent | null {
    const isZero = bins.hasZero && position < (zeroTo + first) / 2;
    const index = positions.findLastIndex((edge) => edge <= position);
    if (!isZero && (index < 0 || index >= positions.length - 1)) return null;
    return {
      title: isZero ? 'No time at all' : binTitle(bins.edgesNs, index),
      rows: all.map(({ one, shares }) => ({
        colour: colourOf(one.style, tokens),
        name: one.name,
        value: `${((isZero ? shares.zero : (shares.shares[index] ?? 0)) * 100).toFixed(2)} %`,
      })),
    };
  }

  const lines = all.map(({ one, shares }) => ({
    series: one,
    points: pointsOf(layout, shares).map(([x, y]) => ({ x, y: y * 100, isMarked: false })),
  }));

  const names = series.map(({ name }) => name);
  return {
    title,
    description: `${title} of ${series.length} series, in ${Math.max(0, positions.length - 1)} bins of equal ratio.`,
    fileWord: 'histogram',
    mostHeight: null,
    emptyReason: emptyDistributions(series, view.phase),
    idsAt: nothingToSelect,
    table: () => tableOfHistogram(series),
    tooltip: (hover) => (hover.kind === 'axis' ? tooltipAt(hover.position) : null),
    option: {
      ...baseOption(tokens, 'axis'),
      grid: plotBesideLegend(names),
      legend: sideLegend(names),
      xAxis: {
        type: 'value',
        name: 'Latency (log)',
        nameLocation: 'middle',
        nameGap: 26,
        min: bins.hasZero ? zeroFrom - (zeroTo - zeroFrom) / 2 : first,
        max: last,
        axisTick: { customValues },
        axisLabel: {
          customValues,
          hideOverlap: true,
          formatter: (position: number) =>
            bins.hasZero && position === zeroAt ? '0' : formatNs(10 ** position),
        },
      },
      yAxis: {
        type: 'value',
        name: 'I/Os in the bin, % of all',
        nameLocation: 'middle',
        nameGap: 40,
        min: 0,
        max: heights.at(-1) ?? 100,
        axisTick: { customValues: [...heights] },
        axisLabel: { customValues: [...heights] },
      },
      series: stairs(lines, tokens).map((line) => ({ ...line, areaStyle: { opacity: 0.1 } })),
    },
  };
}
