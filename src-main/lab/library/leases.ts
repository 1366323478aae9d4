import type { RunRecord } from '#contract';
import { timestamp } from './context.ts';
import type { LibraryContext } from './context.ts';
import { isLeaseAlive } from './lease-liveness.ts';
import type { Lease } from './lease-liveness.ts';
import { LibraryError } from './library-error.ts';
import { readRun } from './run-queries.ts';

/** Which process works on which run. */
export type Leases = {
  /**
   * Says that this process still works on a run. Every commit of trials says so as well.
   *
   * @throws {LibraryError} `lease-lost` when the run is over, or belongs to another process.
   */
  readonly renewLease: (runId: string) => void;
  /**
   * Marks the runs whose process is gone as interrupted; their end is the last sign of life. What
   * they had committed stays. Opening a library has done it once.
   *
   * @returns The runs that were marked by this call.
   */
  readonly markInterruptedRuns: () => readonly RunRecord[];
};

type RunningRun = { readonly run_id: string } & Lease;

/** Takes the lease on a run that begins. For use inside a transaction. */
export function takeLease(context: LibraryContext, runId: string): void {
  const { host, id, started } = context.processes.current;
  context.connection.database
    .prepare(
      `INSERT INTO leases (run_id, holder, host, process_id, process_started, heartbeat_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(runId, context.holder, host, id, started, timestamp(context));
}

/**
 * Renews a lease that is still ours. For use inside a transaction, so that nobody takes the run
 * between this and what follows.
 *
 * @throws {LibraryError} `lease-lost` or `not-found`.
 */
export function holdLease(context: LibraryContext, runId: string): void {
  const { connection, holder } = context;
  const { changes } = connection.database
    .prepare('UPDATE leases SET heartbeat_at = ? WHERE run_id = ? AND holder = ?')
    .run(timestamp(context), runId, holder);
  if (changes === 1) return;
  const run = readRun(connection, runId);
  if (run === null) {
    throw new LibraryError('not-found', `There is no run ${runId} in ${connection.path}.`);
  }
  const state = run.status === 'running' ? 'belongs to another process' : `is ${run.status}`;
  throw new LibraryError('lease-lost', `Run ${runId} ${state}; nothing more can be added to it.`);
}

/** Gives up a lease. For use inside a transaction that also ends the run. */
export function dropLease({ connection }: LibraryContext, runId: string): void {
  connection.database.prepare('DELETE FROM leases WHERE run_id = ?').run(runId);
}

function findDeadRuns(context: LibraryContext): readonly RunningRun[] {
  const { connection, processes, clock } = context;
  const running = connection.database
    .prepare<[], RunningRun>(
      `SELECT leases.run_id, leases.host, process_id, process_started, heartbeat_at
       FROM leases JOIN runs ON runs.id = leases.run_id
       WHERE runs.status = 'running' ORDER BY runs.started_at, runs.id`,
    )
    .all();
  const now = clock();
  return running.filter((lease) => !isLeaseAlive(lease, processes, now));
}

function interruptRun(context: LibraryContext, runId: string, endedAt: string): RunRecord[] {
  const { connection } = context;
  connection.database
    .prepare("UPDATE runs SET status = 'interrupted', ended_at = ? WHERE id = ?")
    .run(endedAt, runId);
  dropLease(context, runId);
  const run = readRun(connection, runId);
  return run === null ? [] : [run];
}

function markInterruptedRuns(context: LibraryContext): readonly RunRecord[] {
  const { reading, writing } = context.connection;
  // Most of the time there is nothing to write, and so no need to lock the library.
  if (reading(() => findDeadRuns(context)).length === 0) return [];
  return writing(() =>
    findDeadRuns(context).flatMap((lease) =>
      interruptRun(context, lease.run_id, lease.heartbeat_at),
    ),
  );
}

/** Interrupts the runs that this opening of the library still holds. */
export function interruptOwnRuns(context: LibraryContext): void {
  const { reading, writing, database } = context.connection;
  const find = (): readonly { run_id: string }[] =>
    database
      .prepare<[string], { run_id: string }>('SELECT run_id FROM leases WHERE holder = ?')
      .all(context.holder);
  if (reading(find).length === 0) return;
  writing(() => {
    for (const lease of find()) interruptRun(context, lease.run_id, timestamp(context));
  });
}

/** The leases of an opened library. */
export function createLeases(context: LibraryContext): Leases {
  return {
    renewLease: (runId) => context.connection.writing(() => holdLease(context, runId)),
    markInterruptedRuns: () => markInterruptedRuns(context),
  };
}
