import type { EncodedHistogram } from '#core';
import type { StoredTrial } from '#contract';
import type { Connection } from './connection.ts';
import { bucketsFromBlob } from './histogram-blob.ts';
import { CURRENT_AXES, ledgerFromBlob, mapAxes } from './ledger-blob.ts';
import { LibraryError } from './library-error.ts';
import { parseObject, parseTrial, parseWords } from './parse-stored.ts';
import type { RawMeasurements, RawTrial } from './raw-trial.ts';
import { upgradeTrial } from './upgrade-trial.ts';

type TrialRow = {
  readonly key: number;
  readonly position: number;
  readonly record_version: number;
  readonly status: string;
  readonly reason: string | null;
  readonly parameters: string;
  readonly samples: number | null;
  readonly span_ns: number | null;
  readonly iops: number | null;
  readonly cpu_ns_per_io: number | null;
  readonly figures: string | null;
};

type HistogramRow = {
  readonly phase: string;
  readonly count: number;
  readonly sum_ps: number;
  readonly min_ps: number;
  readonly max_ps: number;
  readonly buckets: Buffer;
};

const SELECT_PAGE = `
  SELECT key, position, record_version, status, reason, parameters, samples, span_ns, iops,
    cpu_ns_per_io, figures
  FROM trials WHERE run_id = ? AND position > ? ORDER BY position LIMIT ?`;

function prepareSelects({ database }: Connection) {
  return {
    page: database.prepare<[string, number, number], TrialRow>(SELECT_PAGE),
    histograms: database.prepare<[number], HistogramRow>(
      'SELECT phase, count, sum_ps, min_ps, max_ps, buckets FROM histograms WHERE trial_key = ?',
    ),
    counters: database.prepare<[number], { axes_id: string; ledger: Buffer }>(
      'SELECT axes_id, ledger FROM counters WHERE trial_key = ?',
    ),
    axes: database.prepare<[string], { phases: string; events: string }>(
      'SELECT phases, events FROM ledger_axes WHERE id = ?',
    ),
    allocations: database.prepare<[number], RawMeasurements['allocations'][number]>(
      'SELECT source, count, bytes, peak_bytes AS peakBytes FROM allocations WHERE trial_key = ? ORDER BY position',
    ),
  };
}

type Selects = ReturnType<typeof prepareSelects>;

function histogramFromRow(row: HistogramRow): EncodedHistogram {
  return {
    ...bucketsFromBlob(row.buckets),
    count: row.count,
    sumPs: row.sum_ps,
    minPs: row.min_ps,
    maxPs: row.max_ps,
  };
}

/** Reads ledgers, and remembers for each kind of axes where its counts belong. */
function createLedgerReader(selects: Selects): (trialKey: number) => Float64Array {
  const maps = new Map<string, Int32Array>();
  const size = CURRENT_AXES.phases.length * CURRENT_AXES.events.length;
  const mapFor = (id: string): Int32Array => {
    const row = selects.axes.get(id);
    const map = mapAxes(
      {
        phases: parseWords(row?.phases ?? '[]', 'The phases of a ledger'),
        events: parseWords(row?.events ?? '[]', 'The events of a ledger'),
      },
      CURRENT_AXES,
    );
    maps.set(id, map);
    return map;
  };
  return (trialKey) => {
    const row = selects.counters.get(trialKey);
    if (row === undefined) {
      throw new LibraryError('damaged', 'A trial in the library has no event counts.');
    }
    return ledgerFromBlob(row.ledger, maps.get(row.axes_id) ?? mapFor(row.axes_id), size);
  };
}

type Measured = Pick<RawMeasurements, 'samples' | 'spanNs' | 'iops' | 'cpuNsPerIo' | 'figures'>;

function measuredFromRow(row: TrialRow): Measured | null {
  const { samples, span_ns: spanNs, iops, cpu_ns_per_io: cpuNsPerIo, figures } = row;
  if (samples === null || spanNs === null || iops === null) return null;
  if (cpuNsPerIo === null || figures === null) return null;
  return { samples, spanNs, iops, cpuNsPerIo, figures: parseObject(figures, 'A trial') };
}

/** Reads the next trials of a run, at most `limit` with a position above `after`, in order. */
export type TrialPageReader = (
  runId: string,
  after: number,
  limit: number,
) => readonly StoredTrial[];

/** Prepares the reading of trials. The reader is for use inside a snapshot. */
export function prepareTrialReader(connection: Connection): TrialPageReader {
  const selects = prepareSelects(connection);
  const readLedger = createLedgerReader(selects);
  const readRawTrial = (row: TrialRow): RawTrial => {
    const { key, status, reason } = row;
    const parameters = parseObject(row.parameters, 'The parameters of a trial');
    const measured = measuredFromRow(row);
    if (measured === null) return { parameters, status, reason, measured: null };
    const latency = Object.fromEntries(
      selects.histograms.all(key).map((found) => [found.phase, histogramFromRow(found)]),
    );
    const allocations = selects.allocations.all(key);
    const ledger = readLedger(key);
    return { parameters, status, reason, measured: { ...measured, latency, ledger, allocations } };
  };
  return (runId, after, limit) =>
    selects.page
      .all(runId, after, limit)
      .map((row) => parseTrial(upgradeTrial(readRawTrial(row), row.record_version)));
}
