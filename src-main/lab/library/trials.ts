import type { StoredTrial } from '#contract';
import type { LibraryContext } from './context.ts';
import { holdLease } from './leases.ts';
import { prepareTrialReader } from './read-trials.ts';
import type { TrialPageReader } from './read-trials.ts';
import { requireRun } from './runs.ts';
import { prepareTrialWriter } from './write-trials.ts';

/** The trials of a library. */
export type Trials = {
  /**
   * Adds trials to a run that this process works on, all or none, and renews its lease. When this
   * returns they are on the disk; before, nobody sees them.
   *
   * @param trials  In any order; each place in the plan once.
   * @throws {LibraryError} `lease-lost`; `bad-record` for a trial that is there already or has a
   *   figure that is no finite number; `storage-failed`.
   */
  readonly appendTrials: (runId: string, trials: readonly StoredTrial[]) => void;
  /**
   * Goes through the trials of a run in the order of its plan, a few in memory at a time. Others may
   * write meanwhile: what is added behind the place already reached is seen.
   *
   * @throws {LibraryError} `not-found`; while going through them `damaged` or `newer-version`.
   */
  readonly trials: (runId: string) => IterableIterator<StoredTrial>;
  /**
   * The ids of the trials a run has.
   *
   * @throws {LibraryError} `not-found`.
   */
  readonly trialIds: (runId: string) => ReadonlySet<string>;
};

/** Trials read at once. One takes some 100 KB in memory. */
const TRIALS_PER_PAGE = 16;

/**
 * Pages instead of one open cursor: a connection with an open cursor cannot write, and a reader
 * that is slow, or given up halfway, would keep a run in the same process from being stored.
 */
function* readTrials(
  { connection }: LibraryContext,
  readPage: TrialPageReader,
  runId: string,
): Generator<StoredTrial, undefined, undefined> {
  let after = -1;
  for (;;) {
    const page = connection.inSnapshot(() => readPage(runId, after, TRIALS_PER_PAGE));
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.parameters.position;
  }
}

function readTrialIds(context: LibraryContext, runId: string): ReadonlySet<string> {
  requireRun(context, runId);
  const rows = context.connection.database
    .prepare<[string], { id: string }>('SELECT id FROM trials WHERE run_id = ?')
    .all(runId);
  return new Set(rows.map(({ id }) => id));
}

/** The trials of an opened library. */
export function createTrials(context: LibraryContext): Trials {
  const { inSnapshot, reading, writing } = context.connection;
  const write = reading(() => prepareTrialWriter(context.connection));
  const readPage = reading(() => prepareTrialReader(context.connection));
  return {
    appendTrials: (runId, trials) =>
      writing(() => {
        holdLease(context, runId);
        write(runId, trials);
      }),
    trials: (runId) => {
      reading(() => requireRun(context, runId));
      return readTrials(context, readPage, runId);
    },
    trialIds: (runId) => inSnapshot(() => readTrialIds(context, runId)),
  };
}
