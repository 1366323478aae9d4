import type { AllocationTotal, EncodedHistogram, FinishedTrial } from '#core';
import { RECORD_VERSION } from '#contract';
import type { StoredTrial } from '#contract';
import type { Connection } from './connection.ts';
import { blobFromBuckets } from './histogram-blob.ts';
import { axesId, blobFromLedger, CURRENT_AXES } from './ledger-blob.ts';
import { LibraryError } from './library-error.ts';

const INSERT_TRIAL = `
  INSERT INTO trials (
    run_id, id, position, record_version, layout_name, layout_digest, strategy_id, strategy_name,
    cost_model_id, block_bytes, replicate, status, reason, parameters, samples, span_ns, iops,
    cpu_ns_per_io, figures
  ) VALUES (
    @runId, @id, @position, @recordVersion, @layoutName, @layoutDigest, @strategyId, @strategyName,
    @costModelId, @blockBytes, @replicate, @status, @reason, @parameters, @samples, @spanNs, @iops,
    @cpuNsPerIo, @figures
  )`;

type Key = number | bigint;

/** The statements a trial is written with, prepared once for an opened library. */
function prepareInserts({ database }: Connection) {
  return {
    trial: database.prepare(INSERT_TRIAL),
    isStored: database.prepare<[string, string, number]>(
      'SELECT 1 FROM trials WHERE run_id = ? AND (id = ? OR position = ?)',
    ),
    histogram: database.prepare<[Key, string, number, number, number, number, Buffer]>(
      'INSERT INTO histograms (trial_key, phase, count, sum_ps, min_ps, max_ps, buckets) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    axes: database.prepare<[string, string, string]>(
      'INSERT OR IGNORE INTO ledger_axes (id, phases, events) VALUES (?, ?, ?)',
    ),
    counters: database.prepare<[Key, string, Buffer]>(
      'INSERT INTO counters (trial_key, axes_id, ledger) VALUES (?, ?, ?)',
    ),
    allocation: database.prepare<[Key, number, string, number, number, number]>(
      'INSERT INTO allocations (trial_key, position, source, count, bytes, peak_bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    grow: database.prepare<[number, string]>(
      'UPDATE runs SET finished_trials = finished_trials + ? WHERE id = ?',
    ),
  };
}

type Inserts = ReturnType<typeof prepareInserts>;

function checkFinite(trialId: string, figures: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(figures).find(([, value]) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new LibraryError(
      'bad-record',
      `Trial ${trialId} has ${wrong[0]} ${wrong[1]}; only finite numbers can be stored.`,
    );
  }
}

function insertHistogram(
  inserts: Inserts,
  key: Key,
  phase: string,
  histogram: EncodedHistogram,
): void {
  const { count, sumPs, minPs, maxPs } = histogram;
  inserts.histogram.run(key, phase, count, sumPs, minPs, maxPs, blobFromBuckets(histogram));
}

function insertAllocations(
  inserts: Inserts,
  key: Key,
  allocations: readonly AllocationTotal[],
): void {
  for (const [position, { source, count, bytes, peakBytes }] of allocations.entries()) {
    inserts.allocation.run(key, position, source, count, bytes, peakBytes);
  }
}

function measuredColumns(id: string, result: FinishedTrial) {
  const { samples, spanNs, iops, cpuNsPerIo, figures } = result;
  checkFinite(id, { samples, spanNs, iops, cpuNsPerIo, ...figures });
  return { samples, spanNs, iops, cpuNsPerIo, figures: JSON.stringify(figures) };
}

const NOT_MEASURED = { samples: null, spanNs: null, iops: null, cpuNsPerIo: null, figures: null };

function insertTrial(inserts: Inserts, runId: string, { parameters, result }: StoredTrial): void {
  const { id, position, strategy } = parameters;
  if (inserts.isStored.get(runId, id, position) !== undefined) {
    throw new LibraryError(
      'bad-record',
      `Run ${runId} has a trial ${id}, or another in place ${position}, already.`,
    );
  }
  const { lastInsertRowid: key } = inserts.trial.run({
    ...parameters,
    runId,
    recordVersion: RECORD_VERSION,
    strategyId: strategy.id,
    strategyName: strategy.name,
    blockBytes: parameters.workload.blockBytes,
    status: result.status,
    reason: result.status === 'not-applicable' ? result.reason : null,
    parameters: JSON.stringify(parameters),
    ...(result.status === 'done' ? measuredColumns(id, result) : NOT_MEASURED),
  });
  if (result.status !== 'done') return;
  for (const [phase, histogram] of Object.entries(result.latency)) {
    insertHistogram(inserts, key, phase, histogram);
  }
  inserts.counters.run(key, axesId(CURRENT_AXES), blobFromLedger(result.ledger, CURRENT_AXES));
  insertAllocations(inserts, key, result.allocations);
}

/**
 * Prepares the writing of trials.
 *
 * @returns What adds trials to a run. For use inside a transaction, which is to be undone when it
 *   throws `bad-record`: for a trial that is stored already, or has figures that cannot be stored.
 */
export function prepareTrialWriter(
  connection: Connection,
): (runId: string, trials: readonly StoredTrial[]) => void {
  const inserts = prepareInserts(connection);
  const { phases, events } = CURRENT_AXES;
  return (runId, trials) => {
    inserts.axes.run(axesId(CURRENT_AXES), JSON.stringify(phases), JSON.stringify(events));
    for (const trial of trials) insertTrial(inserts, runId, trial);
    inserts.grow.run(trials.length, runId);
  };
}
