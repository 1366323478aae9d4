import type { RunDocumentTrial } from '#contract';
import { constantColumns } from '../../components/data-table/columns.ts';
import type { TableColumn } from '../../components/data-table/columns.ts';
import { formatBytes, formatCount, formatNs, formatSi } from '../../format.ts';

type TrialColumn = TableColumn<RunDocumentTrial>;

function sizeOf(value: RunDocumentTrial['parameters'][string] | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function latencyColumn(statistic: 'p50' | 'p99' | 'mean', title: string): TrialColumn {
  const value = (trial: RunDocumentTrial): number | null => trial.latency?.total[statistic] ?? null;
  return {
    id: statistic,
    title,
    description: 'Of the whole I/O, device and waiting included',
    value,
    text: (trial) => formatNs(value(trial)),
    unit: 'ns',
    isNumeric: true,
    width: 92,
  };
}

/** Parameters of the strategy as one text: `entries=15, form=range`. */
function departures({ policies }: RunDocumentTrial): string {
  return Object.entries(policies)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ');
}

/** What was tried; a column says something when not all trials agree in it. */
const SETTINGS: readonly TrialColumn[] = [
  {
    id: 'blockSize',
    title: 'Block size',
    value: ({ parameters }) => sizeOf(parameters['blockSize']),
    text: ({ parameters }) => formatBytes(sizeOf(parameters['blockSize'])),
    unit: 'bytes',
    isNumeric: true,
    width: 92,
  },
  {
    id: 'operation',
    title: 'Operation',
    value: ({ parameters }) => String(parameters['operation'] ?? ''),
    width: 92,
  },
  {
    id: 'threads',
    title: 'Threads',
    value: ({ parameters }) => sizeOf(parameters['threads']),
    isNumeric: true,
    width: 84,
  },
  {
    id: 'queueDepth',
    title: 'Queue depth',
    value: ({ parameters }) => sizeOf(parameters['queueDepth']),
    isNumeric: true,
    width: 104,
  },
  { id: 'tracer', title: 'Tracer', value: ({ tracer }) => tracer, width: 112 },
  { id: 'costModel', title: 'Cost model', value: ({ costModel }) => costModel, width: 106 },
  { id: 'policies', title: 'Policies', value: departures, width: 160 },
  {
    id: 'replicate',
    title: 'Replicate',
    value: ({ replicate }) => replicate + 1,
    isNumeric: true,
    width: 88,
  },
];

const FINDINGS: readonly TrialColumn[] = [
  latencyColumn('p50', 'p50'),
  latencyColumn('p99', 'p99'),
  latencyColumn('mean', 'Mean'),
  {
    id: 'iops',
    title: 'I/Os per s',
    description: 'That the modelled machine would do',
    value: ({ iops }) => iops,
    text: ({ iops }) => formatSi(iops),
    isNumeric: true,
    width: 90,
  },
  {
    id: 'lockOps',
    title: 'Locked ops',
    description: 'Locked operations for one I/O',
    value: ({ countersPerIo }) => countersPerIo?.lock_op ?? null,
    text: ({ countersPerIo }) => formatCount(countersPerIo?.lock_op),
    isNumeric: true,
    width: 94,
  },
];

const FURTHER: readonly TrialColumn[] = [
  {
    id: 'samples',
    title: 'I/Os',
    description: 'Simulated I/Os that were measured',
    value: ({ samples }) => samples,
    text: ({ samples }) => formatCount(samples),
    isNumeric: true,
    width: 86,
    isHiddenAtFirst: true,
  },
  {
    id: 'reason',
    title: 'Note',
    description: 'Why a trial is not applicable',
    value: ({ reason }) => reason,
    text: ({ reason }) => reason ?? '',
    width: 240,
    isHiddenAtFirst: true,
  },
];

/** Trials as they arrive: what was tried, and what came of it. Settings all agree in wait hidden. */
export function trialColumns(trials: readonly RunDocumentTrial[]): readonly TrialColumn[] {
  const constant = constantColumns(SETTINGS, trials);
  const isAlone = trials.length < 2;
  const hasNote = trials.some(({ reason }) => reason !== null);
  return [
    {
      id: 'layout',
      title: 'Layout',
      value: ({ layout }) => layout,
      width: 140,
      isAlwaysShown: true,
    },
    {
      id: 'strategy',
      title: 'Strategy',
      value: ({ strategyName }) => strategyName,
      width: 180,
      isFlexible: true,
      isAlwaysShown: true,
    },
    ...SETTINGS.map((column) => ({
      ...column,
      isHiddenAtFirst: isAlone || constant.has(column.id),
    })),
    ...FINDINGS,
    ...FURTHER.map((column) =>
      column.id === 'reason' ? { ...column, isHiddenAtFirst: !hasNote } : column,
    ),
  ];
}
