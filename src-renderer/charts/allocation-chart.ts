import type { EChartsOption, SeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatBytes, formatCount } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { baseOption, decals, horizontalAxis, topLegend } from './option-parts.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { formatQuantity, scaleFor } from './scales.ts';
import { BAR_PITCH, barNames, stackedBars, sumLabels } from './stacked-bars.ts';
import type { SeriesIdentity } from './series-style.ts';

/** What one source of memory gave to a series. */
export type SourceFigures = {
  /** `result/kmalloc-1k`, `bio/biovec-64`, …; `stack` for memory that needs no allocation. */
  readonly source: string;
  readonly countPerIo: number;
  readonly bytesPerIo: number;
  /** Most bytes held at one simulated moment. */
  readonly peakBytes: number;
};
export type MemoryUse = SeriesIdentity & { readonly sources: readonly SourceFigures[] };

type Measure = {
  readonly key: 'countPerIo' | 'bytesPerIo' | 'peakBytes';
  readonly title: string;
  readonly quantity: 'count' | 'bytes';
};

const MEASURES: readonly Measure[] = [
  { key: 'countPerIo', title: 'Allocations of an I/O', quantity: 'count' },
  { key: 'bytesPerIo', title: 'Allocated by an I/O', quantity: 'bytes' },
  { key: 'peakBytes', title: 'Held at most at once', quantity: 'bytes' },
];
/** Names of bars stand before the first plot only, which makes room for them. Unit: pixels. */
const CHARACTER_WIDTH = 6.2;
const MOST_NAME_WIDTH = 190;

type PlotPlace = { readonly left: number | string; readonly right: number | string };

/** Where each plot lies, with room for a figure behind its longest bar. */
function plotPlaces(names: readonly string[]): readonly PlotPlace[] {
  const longest = Math.max(0, ...names.map(({ length }) => length)) * CHARACTER_WIDTH;
  return [
    { left: Math.min(MOST_NAME_WIDTH, longest) + 20, right: '65%' },
    { left: '42%', right: '36%' },
    { left: '72%', right: 66 },
  ];
}

function figureOf(use: MemoryUse, source: string, { key }: Measure): number {
  return use.sources.find((figures) => figures.source === source)?.[key] ?? 0;
}

/** Sources in the order of their first use. */
function sourcesOf(series: readonly MemoryUse[]): readonly string[] {
  return [...new Set(series.flatMap(({ sources }) => sources.map(({ source }) => source)))];
}

/** The figures behind the bars; a series that allocates nothing has one row that says so. */
export function tableOfAllocations(series: readonly MemoryUse[]): ChartTable {
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'source', title: 'Source', kind: 'text' },
      { name: 'allocations_per_io', title: 'Allocations of an I/O', kind: 'count' },
      { name: 'bytes_per_io', title: 'Allocated by an I/O', kind: 'bytes' },
      { name: 'peak_bytes', title: 'Held at most', kind: 'bytes' },
    ],
    rows: series.flatMap(({ name, sources }) =>
      sources.length === 0
        ? [[name, 'none', 0, 0, 0]]
        : sources.map(({ source, countPerIo, bytesPerIo, peakBytes }) => [
            name,
            source,
            countPerIo,
            bytesPerIo,
            peakBytes,
          ]),
    ),
  };
}

function tooltipFor(
  use: MemoryUse | undefined,
  colourBy: ReadonlyMap<string, string>,
): TooltipContent | null {
  if (use === undefined) return null;
  const rows = use.sources.map(({ source, countPerIo, bytesPerIo, peakBytes }) => ({
    colour: colourBy.get(source) ?? null,
    name: source,
    value:
      source === 'stack'
        ? `${formatBytes(peakBytes)} on the stack`
        : `${formatCount(countPerIo)} × · ${formatBytes(bytesPerIo)} per I/O · ${formatBytes(peakBytes)} at most`,
  }));
  const none = { colour: null, name: 'no memory of its own', value: '' };
  return { title: use.name, rows: rows.length === 0 ? [none] : rows };
}

/** How often an I/O allocates, how much, and how much is held at most, by source. */
export function buildAllocationChart(
  series: readonly MemoryUse[],
  tokens: ChartTokens,
): ChartPicture {
  const sources = sourcesOf(series);
  const colourBy = new Map(
    sources.map((source, index) => [
      source,
      tokens.series[index % tokens.series.length] ?? tokens.accent,
    ]),
  );
  const names = series.map(({ name }) => name);
  const plots = MEASURES.map((measure, plot) => {
    const sums = series.map((use) =>
      sources.reduce((sum, source) => sum + figureOf(use, source, measure), 0),
    );
    const place = { plot, stack: measure.key };
    const parts = sources.map((source) => ({
      id: source,
      name: source,
      colour: colourBy.get(source) ?? tokens.accent,
      values: series.map((use) => figureOf(use, source, measure)),
    }));
    const labels = sums.map((sum) => formatQuantity(sum, measure.quantity));
    const bars: SeriesOption[] = [
      ...stackedBars(parts, place),
      sumLabels(sums, labels, place, tokens),
    ];
    const scale = scaleFor('zero', sums, measure.quantity);
    return { xAxis: { ...horizontalAxis(measure.title, scale), gridIndex: plot }, bars };
  });
  const title = 'Memory of an I/O by source';
  const useAt = (hover: ChartHover): MemoryUse | undefined =>
    hover.kind === 'axis' ? series[Math.round(hover.position)] : series[hover.index];
  const option: EChartsOption = {
    ...baseOption(tokens, 'bar'),
    aria: decals(tokens),
    legend: { ...topLegend(), data: [...sources] },
    grid: plotPlaces(names).map((plot) => ({
      ...plot,
      top: 34,
      bottom: 44,
      outerBoundsMode: 'none' as const,
    })),
    xAxis: plots.map(({ xAxis }) => xAxis),
    yAxis: MEASURES.map((_, plot) => barNames(names, plot, plot === 0)),
    series: plots.flatMap(({ bars }) => bars),
  };
  return {
    title,
    description: `${title} of ${series.length} series: number of allocations, bytes, and the most bytes held at once.`,
    fileWord: 'allocations',
    mostHeight: series.length * BAR_PITCH + 100,
    emptyReason: series.length === 0 ? 'Nothing is selected: tick trials in the table.' : null,
    idsAt: (hover) => {
      const use = hover.kind === 'item' ? useAt(hover) : undefined;
      return use === undefined ? [] : [use.id];
    },
    table: () => tableOfAllocations(series),
    tooltip: (hover) => tooltipFor(useAt(hover), colourBy),
    option,
  };
}
