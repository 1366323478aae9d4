import { EVENTS, Histogram, LATENCY_PHASES, ledgerIndex, OVERHEADS, PHASES } from '#core';
import type { AllocationTotal, FinishedTrial, HistogramBucket, Ledger, Phase } from '#core';
import { numberColumn, textColumn } from './csv/column.ts';
import type { Column } from './csv/column.ts';
import type { CellValue } from './csv/csv-text.ts';
import { parameterColumns } from './csv/parameter-columns.ts';
import { resultColumns } from './csv/result-columns.ts';
import { trialRow } from './csv/trial-row.ts';
import type { TrialRow } from './csv/trial-row.ts';
import type { RunRecord, StoredTrial } from './stored-run.ts';

/** A table of results as CSV: RFC 4180, UTF-8, line feeds, a header line. */
export type CsvTable<Row> = {
  readonly fileName: string;
  readonly meaning: string;
  readonly columns: readonly Column<Row>[];
  /** The rows one trial contributes, in order. */
  readonly rowsOf: (trial: StoredTrial, run: Pick<RunRecord, 'id'>) => Iterable<Row>;
};

/** One bucket of a latency distribution. */
type LatencyRow = HistogramBucket & { readonly trialId: string; readonly phase: string };
/** One event in one phase, over the measured I/Os of a trial. */
type EventRow = {
  readonly trialId: string;
  readonly phase: string;
  readonly event: string;
  readonly total: number;
  readonly samples: number;
};
type AllocationRow = AllocationTotal & { readonly trialId: string };

/** One row for each trial, with everything that identifies it and everything it found. */
export const trialsTable: CsvTable<TrialRow> = {
  fileName: 'trials.csv',
  meaning: 'One row for each trial: every parameter, counters per I/O, latencies and allocations.',
  columns: [...parameterColumns, ...resultColumns],
  *rowsOf(trial, run) {
    yield trialRow(trial, run);
  },
};

function* finished({ result }: StoredTrial): Generator<FinishedTrial, void, undefined> {
  if (result.status === 'done') yield result;
}

/** The distributions behind the percentiles. */
export const latencyTable: CsvTable<LatencyRow> = {
  fileName: 'latency.csv',
  meaning: 'One row for each bucket that holds something, of each phase of each trial.',
  columns: [
    textColumn('trial_id', 'trial the row belongs to', ({ trialId }) => trialId),
    textColumn('phase', 'phase of the I/O, or `device`, `wait` or `total`', ({ phase }) => phase),
    numberColumn('lower_ns', 'least time the bucket holds', ({ lowerNs }) => lowerNs),
    numberColumn('upper_ns', 'largest time the bucket holds', ({ upperNs }) => upperNs),
    numberColumn('count', 'I/Os in it', ({ count }) => count),
  ],
  *rowsOf(trial) {
    const trialId = trial.parameters.id;
    for (const { latency } of finished(trial)) {
      for (const phase of LATENCY_PHASES) {
        for (const bucket of Histogram.decode(latency[phase]).buckets()) {
          yield { ...bucket, trialId, phase };
        }
      }
    }
  },
};

const LOCK_KINDS = ['reference', 'mark', 'release', 'dirty', 'other'] as const;

/** A ledger keeps the kinds of `lock_op` only; the table has their sum as well. */
function countOf(ledger: Ledger, phase: Phase, event: (typeof ROWS)[number]): number {
  if (event !== 'lock_op') return ledger[ledgerIndex(phase, event)] ?? 0;
  return LOCK_KINDS.reduce(
    (sum, kind) => sum + (ledger[ledgerIndex(phase, `lock_op.${kind}`)] ?? 0),
    0,
  );
}

const ROWS = [...EVENTS, ...OVERHEADS] as const;

/** The exact ledger. */
export const eventsTable: CsvTable<EventRow> = {
  fileName: 'events.csv',
  meaning:
    'One row for each event that occurred, of each phase of each trial. `lock_op` is the sum of the ' +
    '`lock_op.…` rows; `grab_call`, `slow_grab_call`, `large_kmalloc`, `migration` and what begins with `fault_`, ' +
    '`bio_` and `cold_` are work ' +
    'that is priced but is no event.',
  columns: [
    textColumn('trial_id', 'trial the row belongs to', ({ trialId }) => trialId),
    textColumn('phase', 'phase of the I/O', ({ phase }) => phase),
    textColumn('event', 'name of the event', ({ event }) => event),
    numberColumn('per_io', 'how often in one I/O, mean', ({ total, samples }) => total / samples),
    numberColumn('total', 'how often in all measured I/Os', ({ total }) => total),
  ],
  *rowsOf(trial) {
    const trialId = trial.parameters.id;
    for (const { ledger, samples } of finished(trial)) {
      for (const phase of PHASES) {
        for (const event of ROWS) {
          const total = countOf(ledger, phase, event);
          if (total > 0) yield { trialId, phase, event, total, samples };
        }
      }
    }
  },
};

/** Where memory came from. */
export const allocationsTable: CsvTable<AllocationRow> = {
  fileName: 'allocations.csv',
  meaning: 'One row for each source of memory that a trial used.',
  columns: [
    textColumn('trial_id', 'trial the row belongs to', ({ trialId }) => trialId),
    textColumn(
      'source',
      "`result/…`: the walk's result; `bio/…`: the bios' vectors; then the slab",
      ({ source }) => source,
    ),
    numberColumn('bytes', 'bytes of the slab class, all measured I/Os', ({ bytes }) => bytes),
    numberColumn('count', 'allocations, all measured I/Os', ({ count }) => count),
    numberColumn(
      'peak_bytes',
      'most bytes held at one simulated moment',
      ({ peakBytes }) => peakBytes,
    ),
  ],
  *rowsOf(trial) {
    const trialId = trial.parameters.id;
    for (const { allocations } of finished(trial)) {
      for (const allocation of allocations) yield { ...allocation, trialId };
    }
  },
};

/** A table without the type of its rows: for those who write, or describe, all of them. */
export type ResultTable = {
  readonly fileName: string;
  readonly meaning: string;
  readonly columns: readonly Pick<Column<never>, 'name' | 'meaning' | 'kind'>[];
  /**
   * The rows one trial contributes, each as its cells in the order of the columns. Texts are as they
   * were given: whoever writes them neutralises them.
   */
  readonly cellsOf: (
    trial: StoredTrial,
    run: Pick<RunRecord, 'id'>,
  ) => Generator<readonly CellValue[], void, undefined>;
};

function resultTable<Row>({ fileName, meaning, columns, rowsOf }: CsvTable<Row>): ResultTable {
  return {
    fileName,
    meaning,
    columns,
    *cellsOf(trial, run) {
      for (const row of rowsOf(trial, run)) yield columns.map(({ valueOf }) => valueOf(row));
    },
  };
}

/** The four tables of an export, in the order in which they are written. */
export const resultTables: readonly ResultTable[] = [
  resultTable(trialsTable),
  resultTable(latencyTable),
  resultTable(eventsTable),
  resultTable(allocationsTable),
];
