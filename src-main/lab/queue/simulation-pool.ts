import { Tinypool } from 'tinypool';
import type { Layout, Trial, TrialResult } from '#core';
import { parseWorkerReply } from './parse-worker-reply.ts';
import { shareLayout } from './share-layout.ts';

/** Worker threads that simulate trials. */
export type SimulationPool = {
  /**
   * Simulates a trial in a thread. No more trials than there are threads may be under way.
   *
   * @returns Its result. Rejects when the core refuses the trial, a thread ends or the pool is closed.
   */
  readonly simulate: (trial: Trial) => Promise<TrialResult>;
  /** Ends all threads, whatever they are at. Trials under way are rejected at once. */
  readonly close: () => Promise<void>;
};

/** What waits for an answer of a thread, and what it is told when none will come. */
class Waiting {
  private readonly refusals = new Set<(error: Error) => void>();
  private ended: Error | null = null;

  /** Rejects what waits now and what will. */
  end(error: Error): void {
    this.ended ??= error;
    for (const refuse of this.refusals) refuse(this.ended);
  }

  /** @param ask  Not called when no answer can come any more. */
  async for(ask: () => Promise<unknown>): Promise<unknown> {
    if (this.ended !== null) throw this.ended;
    // Not Promise.race with one promise for the end: it would hold every answer until the pool closes.
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.refusals.add(reject);
    ask().then(resolve, reject);
    try {
      return await promise;
    } finally {
      this.refusals.delete(reject);
    }
  }
}

/** The pool hears of a thread that fails, but not of one that ends, as by `process.exit()`. */
function watchThreads(pool: Tinypool, waiting: Waiting): void {
  // Emitted for a thread that fails between two trials.
  pool.on('error', (error: unknown) => {
    waiting.end(error instanceof Error ? error : new Error(String(error)));
  });
  for (const thread of pool.threads) {
    thread.on('exit', (code: unknown) => {
      // A turn later: an error of the thread is on its way in this one, and says more than its code.
      setImmediate(() => {
        waiting.end(new Error(`a worker thread ended with exit code ${String(code)}`));
      });
    });
  }
}

/**
 * Ends the threads themselves instead of destroying the pool, which throws in an empty stack when a
 * thread fails while it is being ended.
 */
async function endThreads(pool: Tinypool): Promise<void> {
  const ended = new Set<Tinypool['threads'][number]>();
  // The pool replaces a thread that fails, even now.
  for (;;) {
    const threads = pool.threads.filter((thread) => !ended.has(thread));
    if (threads.length === 0) return;
    await Promise.all(threads.map((thread) => thread.terminate()));
    for (const thread of threads) ended.add(thread);
  }
}

/** Copies each layout into shared memory when it is first needed. */
function createLayoutShare(): (layout: Layout) => Layout {
  const copies = new Map<Layout, Layout>();
  return (layout) => {
    const known = copies.get(layout);
    if (known !== undefined) return known;
    const copy = shareLayout(layout);
    copies.set(layout, copy);
    return copy;
  };
}

/**
 * Starts worker threads.
 *
 * @param workerUrl  The file of the worker: `simulation.worker.ts`, or a bundle of it.
 * @param threads    How many, at least 1.
 */
export function openSimulationPool(workerUrl: URL, threads: number): SimulationPool {
  const pool = new Tinypool({
    filename: workerUrl.href,
    name: 'run',
    minThreads: threads,
    maxThreads: threads,
  });
  const waiting = new Waiting();
  watchThreads(pool, waiting);
  const shared = createLayoutShare();
  return {
    simulate: async (trial) => {
      const layout = { ...trial.layout, layout: shared(trial.layout.layout) };
      return parseWorkerReply(await waiting.for(() => pool.run({ ...trial, layout })));
    },
    close: () => {
      waiting.end(new Error('the worker threads were told to end'));
      return endThreads(pool);
    },
  };
}
