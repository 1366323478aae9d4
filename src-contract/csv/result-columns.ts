import { EVENTS, LATENCY_PHASES } from '#core';
import type { AllocationTotal } from '#core';
import { FIGURES } from '../figures.ts';
import { LATENCY_STATISTICS } from '../latency.ts';
import { columnName, numberColumn, textColumn } from './column.ts';
import type { Column } from './column.ts';
import type { TrialFigures, TrialRow } from './trial-row.ts';

type TrialColumn = Column<TrialRow>;

function figure(
  name: string,
  meaning: string,
  valueOf: (figures: TrialFigures) => number,
): TrialColumn {
  return numberColumn(name, meaning, ({ figures }) => (figures === null ? null : valueOf(figures)));
}

const outcome: readonly TrialColumn[] = [
  textColumn('status', 'done, or not-applicable', ({ figures }) =>
    figures === null ? 'not-applicable' : 'done',
  ),
  textColumn('reason', 'why the trial is not applicable', ({ reason }) => reason),
  figure('samples', 'I/Os measured', ({ trial }) => trial.samples),
];

const events: readonly TrialColumn[] = EVENTS.map((event) =>
  figure(
    `${columnName(event)}_per_io`,
    event === 'lock_op'
      ? 'locked operations of one I/O, all kinds'
      : `event \`${event}\` of one I/O`,
    ({ trial, events: totals }) => totals[event] / trial.samples,
  ),
);

const figures: readonly TrialColumn[] = FIGURES.map(({ name, column, meaning }) =>
  figure(column, meaning, ({ trial }) => trial.figures[name]),
);

const latencies: readonly TrialColumn[] = LATENCY_PHASES.flatMap((phase) =>
  LATENCY_STATISTICS.map((statistic) =>
    figure(
      `${phase}_${statistic}_ns`,
      `${statistic} of the time in \`${phase}\``,
      ({ latency }) => latency[phase][statistic],
    ),
  ),
);

const rates: readonly TrialColumn[] = [
  figure('span_ns', 'simulated time the measured I/Os took', ({ trial }) => trial.spanNs),
  figure('iops', 'I/Os per simulated second', ({ trial }) => trial.iops),
  figure('cpu_ns_per_io', 'simulated processor time of one I/O', ({ trial }) => trial.cpuNsPerIo),
];

type AllocationFigure = Exclude<keyof AllocationTotal, 'source'>;

function allocationColumns(owner: 'result' | 'bio', memory: string): readonly TrialColumn[] {
  const sum =
    (key: AllocationFigure) =>
    ({ trial }: TrialFigures): number =>
      trial.allocations
        .filter(({ source }) => source.startsWith(`${owner}/`))
        .reduce((total, allocation) => total + allocation[key], 0);
  return [
    figure(`${owner}_allocations`, `allocations for ${memory}, all I/Os`, sum('count')),
    figure(
      `${owner}_allocated_bytes`,
      `bytes of their slab classes for ${memory}, all I/Os`,
      sum('bytes'),
    ),
    figure(
      `${owner}_peak_bytes`,
      `most bytes held at once for ${memory}, summed over the slab classes`,
      sum('peakBytes'),
    ),
  ];
}

/** Columns that say what a trial found. */
export const resultColumns: readonly TrialColumn[] = [
  ...outcome,
  ...events,
  ...figures,
  ...latencies,
  ...rates,
  ...allocationColumns('result', "the walk's result"),
  ...allocationColumns('bio', "the bios' own vectors"),
];
