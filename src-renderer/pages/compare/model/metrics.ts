import { EVENTS, LATENCY_PHASES } from '#core';
import { FIGURES, LATENCY_STATISTICS } from '#contract';
import type { FigureUnit, RunDocumentTrial } from '#contract';

/** A figure of a trial that can be compared. */
export type Metric = {
  /** As expectations and `compare --metric` name it: `total.p99`. */
  readonly name: string;
  /** As a column is headed: `total p99`. */
  readonly title: string;
  /** As a CSV file heads it, with its unit: `total_p99_ns`. */
  readonly csvName: string;
  readonly unit: FigureUnit;
  readonly group: string;
  readonly description: string;
  /** Which way is better; neither for what only describes the I/Os. */
  readonly better: 'less' | 'more' | 'neither';
  /** Null where the trial could not run. */
  readonly valueOf: (trial: RunDocumentTrial) => number | null;
};

/** These say what an I/O met, not what it cost. */
const DESCRIBING: ReadonlySet<string> = new Set([
  'pagesPerIo',
  'folioRunsPerIo',
  'physicalRunsPerIo',
  'merge_ok',
]);
const STATISTIC_WORDS = {
  p50: 'median',
  p90: '90th percentile',
  p99: '99th percentile',
  p999: '99.9th percentile',
  max: 'maximum',
  mean: 'mean',
} as const;

function better(name: string): 'less' | 'neither' {
  return DESCRIBING.has(name) ? 'neither' : 'less';
}

/** The total is what most comparisons are about: its group comes first. */
const PHASES_TOTAL_FIRST = [
  'total',
  ...LATENCY_PHASES.filter((phase) => phase !== 'total'),
] as const;

const latencies: readonly Metric[] = PHASES_TOTAL_FIRST.flatMap((phase) =>
  LATENCY_STATISTICS.map((statistic) => ({
    name: `${phase}.${statistic}`,
    title: `${phase} ${statistic}`,
    csvName: `${phase}_${statistic}_ns`,
    unit: 'ns' as const,
    group: `Latency: ${phase}`,
    description: `${STATISTIC_WORDS[statistic]} of the time in ${phase}`,
    better: 'less' as const,
    valueOf: ({ latency }: RunDocumentTrial) => latency?.[phase][statistic] ?? null,
  })),
);

const rates: readonly Metric[] = [
  {
    name: 'cpuNsPerIo',
    title: 'CPU per I/O',
    csvName: 'cpu_ns_per_io',
    unit: 'ns',
    group: 'Rates',
    description: 'simulated processor time of one I/O',
    better: 'less',
    valueOf: ({ cpuNsPerIo }) => cpuNsPerIo,
  },
  {
    name: 'iops',
    title: 'IOPS',
    csvName: 'iops',
    unit: 'count',
    group: 'Rates',
    description: 'I/Os per simulated second',
    better: 'more',
    valueOf: ({ iops }) => iops,
  },
];

const events: readonly Metric[] = EVENTS.map((event) => ({
  name: `events.${event}`,
  title: event,
  csvName: `${event.replaceAll('.', '_')}_per_io`,
  unit: 'count',
  group: 'Events of one I/O',
  description: `how often ${event} occurs in one I/O, mean`,
  better: better(event),
  valueOf: ({ countersPerIo }) => countersPerIo?.[event] ?? null,
}));

/** `stackBytesMost` is headed `stack bytes most`. */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const figures: readonly Metric[] = FIGURES.map(({ name, column, unit, meaning }) => ({
  name: `figures.${name}`,
  title: spaced(name).replace(' per io', '').replace(' most', ', most'),
  csvName: column,
  unit,
  group: 'Figures of one I/O',
  description: meaning,
  better: better(name),
  valueOf: ({ figures: found }) => found?.[name] ?? null,
}));

type AllocationFigure = 'count' | 'bytes' | 'peakBytes';

/** Of one I/O, but for peaks: what is held at a moment does not grow with the I/Os. */
function allocated(
  { allocations, samples }: RunDocumentTrial,
  owner: '' | 'result/' | 'bio/',
  figure: AllocationFigure,
): number | null {
  if (allocations === null) return null;
  const sum = allocations
    .filter(({ source }) => source.startsWith(owner))
    .reduce((total, allocation) => total + allocation[figure], 0);
  return figure === 'peakBytes' ? sum : sum / samples;
}

const OWNERS = [
  { path: '', prefix: '', words: 'all memory' },
  { path: 'result.', prefix: 'result/', words: "the walk's result" },
  { path: 'bio.', prefix: 'bio/', words: "the bios' own vectors" },
] as const;
const ALLOCATION_FIGURES = [
  {
    figure: 'count',
    title: 'allocations',
    suffix: ' per I/O',
    csv: 'allocations_per_io',
    unit: 'count',
    words: 'allocations of one I/O for',
  },
  {
    figure: 'bytes',
    title: 'allocated',
    suffix: ' per I/O',
    csv: 'allocated_bytes_per_io',
    unit: 'bytes',
    words: 'bytes one I/O allocates for',
  },
  {
    figure: 'peakBytes',
    title: 'held at most',
    suffix: '',
    csv: 'peak_bytes',
    unit: 'bytes',
    words: 'most bytes held at once for',
  },
] as const;

const allocations: readonly Metric[] = OWNERS.flatMap(({ path, prefix, words }) =>
  ALLOCATION_FIGURES.map((each) => ({
    name: `allocations.${path}${each.figure}`,
    // With an owner in front there is room for no more; what they are of is in the description.
    title: path === '' ? `${each.title}${each.suffix}` : `${path.slice(0, -1)} ${each.title}`,
    csvName: `${path.replace('.', '_')}${each.csv}`,
    unit: each.unit,
    group: 'Memory',
    description: `${each.words} ${words}`,
    better: 'less' as const,
    valueOf: (trial: RunDocumentTrial) => allocated(trial, prefix, each.figure),
  })),
);

/** Every figure, in the order of the columns. */
export const METRICS: readonly Metric[] = [
  ...latencies.slice(0, LATENCY_STATISTICS.length),
  ...rates,
  ...allocations,
  ...figures,
  ...events,
  ...latencies.slice(LATENCY_STATISTICS.length),
];

/** What a table shows until its reader chooses; what `compare` compares without `--metric`. */
export const DEFAULT_METRIC_NAMES: readonly string[] = [
  'total.p50',
  'total.p99',
  'cpuNsPerIo',
  'events.lock_op',
  'allocations.result.count',
  'allocations.result.bytes',
];

const byName = new Map(METRICS.map((metric) => [metric.name, metric]));

export function metricNamed(name: string): Metric | undefined {
  return byName.get(name);
}
