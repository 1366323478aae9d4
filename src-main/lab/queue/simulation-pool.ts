import { Tinypool } from 'tinypool';
import type { Layout, Trial, TrialResult } from '#core';
import { parseWorkerReply } from './parse-worker-reply.ts';
import { shareLayout } from './share-layout.ts';

/** Worker threads that simulate trials. */
export type SimulationPool = {
  /**
   * Simulates a trial in a thread. No more trials than there are threads may be under way.
   *
   * @returns Its result. Rejects when the core refuses the trial or a thread ends.
   */
  readonly simulate: (trial: Trial) => Promise<TrialResult>;
  /** Ends all threads, whatever they are at. Trials under way are rejected. */
  readonly close: () => Promise<void>;
};

/** Rejects what waits for a thread that will never answer. */
class Waiting {
  private readonly refusals = new Set<(error: Error) => void>();
  private ended: Error | null = null;

  /** The pool hears of a thread that fails, but not of one that ends, as by `process.exit()`. */
  watch(pool: Tinypool): void {
    for (const thread of pool.threads) {
      thread.on('exit', (code: unknown) => {
        this.ended = new Error(`a worker thread ended with exit code ${String(code)}`);
        for (const refuse of this.refusals) refuse(this.ended);
      });
    }
  }

  // Not Promise.race with one promise for all ends: it would hold every result until the pool closes.
  async for(reply: Promise<unknown>): Promise<unknown> {
    if (this.ended !== null) throw this.ended;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.refusals.add(reject);
    reply.then(resolve, reject);
    try {
      return await promise;
    } finally {
      this.refusals.delete(reject);
    }
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
  // A thread that fails between two trials: whoever asks next hears of its end.
  pool.on('error', () => undefined);
  const waiting = new Waiting();
  waiting.watch(pool);
  const shared = createLayoutShare();
  return {
    simulate: async (trial) => {
      const layout = { ...trial.layout, layout: shared(trial.layout.layout) };
      return parseWorkerReply(await waiting.for(pool.run({ ...trial, layout })));
    },
    close: () => pool.destroy(),
  };
}
