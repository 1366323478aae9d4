import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkExpectations } from '#contract';
import type { Environment, RunRecord, StoredTrial } from '#contract';
import type { Library } from './library/index.ts';
import type { PreparedExperiment } from './prepare-experiment.ts';
import { executeRun } from './queue/execute-run.ts';
import type { RunProgress } from './queue/run-progress.ts';

/** An experiment, and where and how to run it. */
export type ExperimentRun = {
  readonly library: Library;
  readonly prepared: PreparedExperiment;
  readonly sessionId: string;
  readonly environment: Environment;
  /** The file of the worker: `simulation.worker.ts`, or a bundle of it. */
  readonly workerUrl: URL;
  /** Trials simulated at once, at least 1. Without it, all processors but one. */
  readonly concurrency?: number;
  /** A run whose trials are taken over where they are the same, instead of being simulated again. */
  readonly resumed?: RunRecord;
  /** Id of the run this one repeats from its first trial; recorded with the run. */
  readonly repeatedRunId?: string;
  /** Called once, when the run is in the library; its first trial waits for what is returned. */
  readonly onStart?: (run: RunRecord) => void | Promise<void>;
  /** Called a few times a second, and once at the end. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
};

/** Trials copied in one commit. */
const COPIED_TOGETHER = 32;

/** Copies the trials of another run that are in the plan: equal ids mean equal results. */
async function takeOverTrials(
  { library, prepared, signal }: ExperimentRun,
  from: RunRecord,
  to: RunRecord,
): Promise<void> {
  const positions = new Map(prepared.trials.map(({ id }, position) => [id, position]));
  let group: StoredTrial[] = [];
  for (const { parameters, result } of library.trials(from.id)) {
    const position = positions.get(parameters.id);
    if (position === undefined) continue;
    group.push({ parameters: { ...parameters, position }, result });
    if (group.length < COPIED_TOGETHER) continue;
    library.appendTrials(to.id, group);
    group = [];
    await nextTurn();
    if (signal?.aborted === true) return;
  }
  if (group.length > 0) library.appendTrials(to.id, group);
}

/**
 * Runs an experiment into the library: starts a run, simulates its trials, checks its expectations and
 * ends the run.
 *
 * @returns The run as it ended: finished, cancelled or failed. Trials that were committed stay in any case.
 * @throws {LibraryError} when the run cannot be started or its end cannot be stored; a run that was
 *   started is then marked interrupted when the library is closed.
 */
export async function runExperiment(options: ExperimentRun): Promise<RunRecord> {
  const { library, prepared, resumed } = options;
  const { file, trials } = prepared;
  const run = library.startRun({
    sessionId: options.sessionId,
    experimentName: file.name,
    title: file.title,
    seed: file.seed,
    experimentText: prepared.text,
    environment: options.environment,
    plannedTrials: trials.length,
    parentRunId: resumed?.id ?? options.repeatedRunId ?? null,
  });
  await options.onStart?.(run);
  if (resumed !== undefined) await takeOverTrials(options, resumed, run);
  return executeRun({
    library,
    run,
    trials,
    workerUrl: options.workerUrl,
    checkExpectations: () => checkExpectations(file, library.trials(run.id)),
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}
