import type { Environment, RunRecord } from '#contract';
import { runExperiment } from '../../lab/index.ts';
import type { ExperimentRun, Library, PreparedExperiment, RunProgress } from '../../lab/index.ts';

/** An experiment that is to be run when its turn comes. */
export type QueuedExperiment = {
  readonly prepared: PreparedExperiment;
  readonly sessionId: string;
  /** The run this one resumes or repeats; null for a first run. */
  readonly parent: RunRecord | null;
};

export type RunQueueOptions = {
  readonly library: Library;
  readonly environment: Environment;
  /** The file of the worker: `simulation.worker.ts`, or a bundle of it. */
  readonly workerUrl: URL;
  /** Called a few times a second for the run that runs. */
  readonly onProgress: (runId: string, progress: RunProgress) => void;
  /** Called once for every run that was started and has ended. */
  readonly onEnd: (run: RunRecord) => void;
  /** Called when not even the end of a run could be stored. */
  readonly onFailure: (runId: string, error: unknown) => void;
};

/** A run that is not over. */
type ActiveRun = {
  /** Null until it is in the library. */
  id: string | null;
  readonly cancellation: AbortController;
  /** Settles when it is over, whatever became of it. */
  readonly over: PromiseWithResolvers<undefined>;
};

/** Between two signs of life of a run that waits. Far below the age at which a lease is dead. */
const LEASE_INTERVAL_MS = 15_000;

/** A run that is whole is repeated, so that its figures can be compared; what is left of another goes on. */
function lineage(parent: RunRecord | null): Pick<ExperimentRun, 'resumed' | 'repeatedRunId'> {
  if (parent === null) return {};
  return parent.status === 'finished' ? { repeatedRunId: parent.id } : { resumed: parent };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Runs experiments one after the other; all of them are in the library from the start. */
export class RunQueue {
  private readonly options: RunQueueOptions;
  private readonly active = new Map<string, ActiveRun>();
  /** Settles when every run before the next one is over. */
  private everyRunOver: Promise<void> = Promise.resolve();

  constructor(options: RunQueueOptions) {
    this.options = options;
  }

  /**
   * Puts a run into the library, and runs it after those before it.
   *
   * @returns The run as it starts.
   * @throws {LibraryError} when it cannot be stored.
   */
  start(experiment: QueuedExperiment): Promise<RunRecord> {
    const { promise, resolve, reject } = Promise.withResolvers<RunRecord>();
    void this.work(experiment, resolve).catch(reject);
    return promise;
  }

  /** Cancels a run that runs or waits. @returns Whether it was one of this queue. */
  cancel(runId: string): boolean {
    const run = this.active.get(runId);
    run?.cancellation.abort();
    return run !== undefined;
  }

  /** Ids of the runs that are not over: the one that runs, then those that wait. */
  activeRunIds(): readonly string[] {
    return [...this.active.keys()];
  }

  /** Cancels all runs and waits until they have ended. */
  async cancelAll(): Promise<void> {
    const runs = [...this.active.values()];
    for (const { cancellation } of runs) cancellation.abort();
    await Promise.all(runs.map(({ over }) => over.promise));
  }

  /** @throws {LibraryError} when the run could not be started; what happens later is told otherwise. */
  private async work(
    { prepared, sessionId, parent }: QueuedExperiment,
    onStart: (run: RunRecord) => void,
  ): Promise<void> {
    const { library, environment, workerUrl, onProgress, onEnd, onFailure } = this.options;
    const active: ActiveRun = {
      id: null,
      cancellation: new AbortController(),
      over: Promise.withResolvers(),
    };
    try {
      const ended = await runExperiment({
        library,
        prepared,
        sessionId,
        environment,
        workerUrl,
        ...lineage(parent),
        onStart: (run) => {
          active.id = run.id;
          this.active.set(run.id, active);
          const turn = this.waitForTurn(run.id, active);
          onStart(run);
          return turn;
        },
        onProgress: (progress) => {
          if (active.id !== null) onProgress(active.id, progress);
        },
        signal: active.cancellation.signal,
      });
      this.active.delete(ended.id);
      onEnd(ended);
    } catch (error) {
      if (active.id === null) throw error;
      this.active.delete(active.id);
      onFailure(active.id, error);
    } finally {
      active.over.resolve(undefined);
    }
  }

  /** Settles when the runs before this one are over, or it is cancelled. */
  private async waitForTurn(runId: string, { cancellation, over }: ActiveRun): Promise<void> {
    const before = this.everyRunOver;
    this.everyRunOver = Promise.all([before, over.promise]).then(() => undefined);
    const timer = setInterval(() => this.keepLease(runId, cancellation), LEASE_INTERVAL_MS);
    await Promise.race([before, whenAborted(cancellation.signal)]);
    clearInterval(timer);
  }

  private keepLease(runId: string, cancellation: AbortController): void {
    try {
      this.options.library.renewLease(runId);
    } catch {
      // Another process ended it, or the library cannot be written: its turn will say which.
      cancellation.abort();
    }
  }
}
