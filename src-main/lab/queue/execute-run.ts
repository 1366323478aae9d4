import { setTimeout as delay } from 'node:timers/promises';
import type { ExpectationRecord, RunRecord } from '#contract';
import type { Trial } from '#core';
import type { Library, RunEnd } from '../library/index.ts';
import { defaultConcurrency } from './estimate-run.ts';
import { RunBooks } from './run-books.ts';
import type { TrialStore } from './run-books.ts';
import { RunMeter } from './run-progress.ts';
import type { RunProgress } from './run-progress.ts';
import { openSimulationPool } from './simulation-pool.ts';
import type { SimulationPool } from './simulation-pool.ts';
import type { PlannedTrial } from './stored-trial.ts';

/** What executing a run needs of the library. */
export type RunStore = TrialStore & Pick<Library, 'endRun' | 'trialIds'>;

/** A run that has been started and is to be executed. */
export type RunExecution = {
  readonly library: RunStore;
  /** Running, its lease held by `library`. */
  readonly run: Pick<RunRecord, 'id'>;
  /** The whole plan, in its order. Trials of the run that are committed already are not repeated. */
  readonly trials: readonly Trial[];
  /** The file of the worker: `simulation.worker.ts`, or a bundle of it. */
  readonly workerUrl: URL;
  /** Trials simulated at once, at least 1. Without it, all processors but one. */
  readonly concurrency?: number;
  /** Called a few times a second, and once at the end. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** Cancels the run, in the middle of a trial too. */
  readonly signal?: AbortSignal;
  /** Called when all trials are committed, for what is stored with the end of the run. */
  readonly checkExpectations?: () => readonly ExpectationRecord[];
};

/** How long finished trials wait for their commit, and how often progress is told. */
const TICK_MS = 200;
/** How long the answer to a cancel waits for threads to end; they end afterwards all the same. */
const THREADS_END_WITHIN_MS = 250;

/** What an error says, as the end of a sentence. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1).join('').replace(/\.$/, '');
}

async function simulatePlanned(
  pool: SimulationPool,
  planned: PlannedTrial,
  count: number,
  books: RunBooks,
): Promise<void> {
  const { trial, position } = planned;
  const result = await pool.simulate(trial).catch((error: unknown): never => {
    const place = `Trial ${position + 1} of ${count} (${trial.strategy.name} on ${trial.layout.name})`;
    throw new Error(`${place}: ${reasonOf(error)}`, { cause: error });
  });
  books.add(planned, result);
}

/** Simulates one trial after the other in each thread, taking them in the order of the plan. */
async function simulateAll(
  pool: SimulationPool,
  threads: number,
  pending: readonly PlannedTrial[],
  count: number,
  books: RunBooks,
): Promise<void> {
  const queue = pending.values();
  const lanes = Array.from({ length: threads }, async () => {
    for (const planned of queue) await simulatePlanned(pool, planned, count, books);
  });
  await Promise.all(lanes);
}

/** Settles when a signal is aborted: never without one. */
function whenAborted(signal: AbortSignal | undefined, stopped: AbortSignal): Promise<RunEnd> {
  return new Promise((resolve) => {
    const cancel = (): void => resolve({ status: 'cancelled', expectations: [] });
    signal?.addEventListener('abort', cancel, { once: true, signal: stopped });
  });
}

/** Commits and reports at equal steps; rejects when the library fails. */
function keepBooks(books: RunBooks, stopped: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setInterval(() => {
      try {
        books.tick();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }, TICK_MS);
    stopped.addEventListener('abort', () => clearInterval(timer), { once: true });
  });
}

function failedEnding(error: unknown): RunEnd {
  return { status: 'failed', failure: `${reasonOf(error)}.`, expectations: [] };
}

/** Commits what the threads had finished: whatever ended the run, it is not lost. */
function closeBooks(books: RunBooks, ending: RunEnd): RunEnd {
  try {
    books.commit();
    return ending;
  } catch (error) {
    return ending.status === 'failed' ? ending : failedEnding(error);
  }
}

function withExpectations(ending: RunEnd, check: () => readonly ExpectationRecord[]): RunEnd {
  try {
    return { ...ending, expectations: check() };
  } catch (error) {
    return failedEnding(error);
  }
}

async function endThreads(pool: SimulationPool): Promise<void> {
  const ended = new AbortController();
  const patience = delay(THREADS_END_WITHIN_MS, undefined, { signal: ended.signal });
  // Aborted as soon as the threads have ended: nothing should wait for a timer then.
  await Promise.race([pool.close(), patience.catch(() => undefined)]);
  ended.abort();
}

async function simulatePending(
  execution: RunExecution,
  pending: readonly PlannedTrial[],
  books: RunBooks,
): Promise<RunEnd> {
  const { concurrency = defaultConcurrency(), signal, trials, workerUrl } = execution;
  const threads = Math.max(1, Math.min(concurrency, pending.length));
  const pool = openSimulationPool(workerUrl, threads);
  const stopped = new AbortController();
  try {
    const finished = simulateAll(pool, threads, pending, trials.length, books);
    return await Promise.race([
      finished.then((): RunEnd => ({ status: 'finished', expectations: [] })),
      keepBooks(books, stopped.signal),
      whenAborted(signal, stopped.signal),
    ]);
  } catch (error) {
    return failedEnding(error);
  } finally {
    stopped.abort();
    await endThreads(pool);
  }
}

/**
 * Simulates the trials of a run in worker threads and commits them, until the run is finished,
 * cancelled or failed; it ends the run in the library as exactly one of these.
 *
 * Trials are committed in groups, at most 250 ms after they were simulated. A cancel is answered within
 * 500 ms. A trial that the core refuses, a thread that crashes and a library that cannot be written make
 * the run failed, with the reason in a sentence; what was committed stays.
 *
 * @returns The run as it ended.
 * @throws {LibraryError} when not even the end of the run could be stored.
 */
export async function executeRun(execution: RunExecution): Promise<RunRecord> {
  const { library, run, trials, signal, onProgress, checkExpectations } = execution;
  const committed = library.trialIds(run.id);
  const pending = trials
    .map((trial, position) => ({ trial, position }))
    .filter(({ trial }) => !committed.has(trial.id));
  const meter = new RunMeter(
    trials.length,
    pending.map(({ trial }) => trial),
    performance.now(),
  );
  const books = new RunBooks(library, run.id, meter, onProgress ?? (() => undefined));

  let ending: RunEnd = { status: 'finished', expectations: [] };
  if (signal?.aborted === true) ending = { status: 'cancelled', expectations: [] };
  else if (pending.length > 0) ending = await simulatePending(execution, pending, books);
  ending = closeBooks(books, ending);
  if (ending.status === 'finished' && checkExpectations !== undefined) {
    ending = withExpectations(ending, checkExpectations);
  }
  const ended = library.endRun(run.id, ending);
  books.report();
  return ended;
}
