import { randomUUID } from 'node:crypto';
import type { Environment, ExpectationRecord, RunRecord } from '#contract';
import { timestamp } from './context.ts';
import type { LibraryContext } from './context.ts';
import { tagsText, theOnly } from './labels.ts';
import { dropLease, holdLease, takeLease } from './leases.ts';
import { LibraryError } from './library-error.ts';
import { listRuns, readRun, readRunsByPrefix } from './run-queries.ts';
import type { RunFilter } from './run-queries.ts';
import { requireSession } from './sessions.ts';

/** What is known of a run when it begins. */
export type RunStart = {
  readonly sessionId: string;
  readonly experimentName: string;
  readonly title: string;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** The experiment file as it is run, as YAML. */
  readonly experimentText: string;
  readonly environment: Environment;
  readonly plannedTrials: number;
  /** The run this one resumes or repeats; null for a first run. */
  readonly parentRunId: string | null;
};

/** How a run ended. */
export type RunEnd = {
  readonly status: 'finished' | 'cancelled' | 'failed';
  /** Why it failed, in a sentence. */
  readonly failure?: string | null;
  readonly expectations: readonly ExpectationRecord[];
};

/** The runs of a library. Whatever changes one gives the record as it then is. */
export type Runs = {
  /**
   * Begins a run and takes its lease.
   *
   * @throws {LibraryError} `not-found` without its session; `in-trash` when that is deleted.
   */
  readonly startRun: (start: RunStart) => RunRecord;
  /**
   * Ends a run that this process works on, with what its expectations found.
   *
   * @throws {LibraryError} `lease-lost` when it is over already, or not ours; `not-found`.
   */
  readonly endRun: (id: string, end: RunEnd) => RunRecord;
  /**
   * Finds a run by its id or the beginning of it, in the trash or not.
   *
   * @throws {LibraryError} `ambiguous` when several begin so.
   */
  readonly findRun: (idOrPrefix: string) => RunRecord | null;
  /** Lists runs; without a filter those that are neither archived nor deleted, the newest first. */
  readonly runs: (filter?: RunFilter) => readonly RunRecord[];
  /** @throws {LibraryError} `not-found`. */
  readonly setRunNotes: (id: string, notes: string) => RunRecord;
  /** Tags are trimmed, and kept once each. @throws {LibraryError} `not-found`. */
  readonly setRunTags: (id: string, tags: readonly string[]) => RunRecord;
  /** @throws {LibraryError} `not-found`. */
  readonly setRunStar: (id: string, isStarred: boolean) => RunRecord;
  /** Takes it out of the lists without deleting it. @throws {LibraryError} `not-found`. */
  readonly archiveRun: (id: string) => RunRecord;
  /** @throws {LibraryError} `not-found`. */
  readonly unarchiveRun: (id: string) => RunRecord;
  /**
   * Moves a run to the trash.
   *
   * @throws {LibraryError} `not-found`, or `running` when it is not over.
   */
  readonly deleteRun: (id: string) => RunRecord;
  /** Takes a run out of the trash. @throws {LibraryError} `not-found`. */
  readonly restoreRun: (id: string) => RunRecord;
  /**
   * Deletes a run in the trash for good, with its trials.
   *
   * @throws {LibraryError} `not-found` or `not-in-trash`.
   */
  readonly purgeRun: (id: string) => void;
};

type Column = 'notes' | 'tags' | 'is_starred' | 'archived_at' | 'deleted_at';

/** The run of this id. @throws {LibraryError} `not-found`. */
export function requireRun({ connection }: LibraryContext, id: string): RunRecord {
  const run = readRun(connection, id);
  if (run === null) {
    throw new LibraryError('not-found', `There is no run ${id} in ${connection.path}.`);
  }
  return run;
}

function startRun(context: LibraryContext, start: RunStart): RunRecord {
  const session = requireSession(context, start.sessionId);
  if (session.deletedAt !== null) {
    throw new LibraryError(
      'in-trash',
      `Session ${session.name} is in the trash; restore it first.`,
    );
  }
  const id = randomUUID();
  const { environment, ...record } = start;
  context.connection.database
    .prepare(
      `INSERT INTO runs (
         id, session_id, experiment_name, title, seed, experiment_text, application_version,
         source_commit, core_version, record_version, host, processor, operating_system, runtime,
         started_at, planned_trials, parent_run_id
       ) VALUES (
         @id, @sessionId, @experimentName, @title, @seed, @experimentText, @applicationVersion,
         @commit, @coreVersion, @recordVersion, @host, @processor, @operatingSystem, @runtime,
         @startedAt, @plannedTrials, @parentRunId
       )`,
    )
    .run({ ...record, ...environment, id, startedAt: timestamp(context) });
  takeLease(context, id);
  return requireRun(context, id);
}

function endRun(context: LibraryContext, id: string, end: RunEnd): RunRecord {
  const { database } = context.connection;
  holdLease(context, id);
  const insert = database.prepare<[string, number, string, number, string]>(
    'INSERT INTO expectations (run_id, position, text, holds, found) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [position, { text, holds, found }] of end.expectations.entries()) {
    insert.run(id, position, text, holds ? 1 : 0, found);
  }
  database
    .prepare('UPDATE runs SET status = ?, failure = ?, ended_at = ? WHERE id = ?')
    .run(end.status, end.failure ?? null, timestamp(context), id);
  dropLease(context, id);
  return requireRun(context, id);
}

function findRun({ connection }: LibraryContext, text: string): RunRecord | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  return readRun(connection, wanted) ?? theOnly(readRunsByPrefix(connection, wanted), 'run', text);
}

function setColumn(
  context: LibraryContext,
  id: string,
  column: Column,
  value: string | number | null,
): RunRecord {
  requireRun(context, id);
  context.connection.database.prepare(`UPDATE runs SET ${column} = ? WHERE id = ?`).run(value, id);
  return requireRun(context, id);
}

function trashRun(context: LibraryContext, id: string): RunRecord {
  const run = requireRun(context, id);
  if (run.status === 'running') {
    throw new LibraryError(
      'running',
      `Run ${id} cannot be deleted before it is over; cancel it first.`,
    );
  }
  return run.deletedAt === null ? setColumn(context, id, 'deleted_at', timestamp(context)) : run;
}

function purgeRun(context: LibraryContext, id: string): void {
  if (requireRun(context, id).deletedAt === null) {
    throw new LibraryError('not-in-trash', `Run ${id} is not in the trash; delete it first.`);
  }
  context.connection.database.prepare('DELETE FROM runs WHERE id = ?').run(id);
}

/** The runs of an opened library. */
export function createRuns(context: LibraryContext): Runs {
  const { inSnapshot, writing } = context.connection;
  const set = (id: string, column: Column, value: string | number | null): RunRecord =>
    writing(() => setColumn(context, id, column, value));
  return {
    startRun: (start) => writing(() => startRun(context, start)),
    endRun: (id, end) => writing(() => endRun(context, id, end)),
    findRun: (idOrPrefix) => inSnapshot(() => findRun(context, idOrPrefix)),
    runs: (filter = {}) => listRuns(context.connection, filter),
    setRunNotes: (id, notes) => set(id, 'notes', notes),
    setRunTags: (id, tags) => set(id, 'tags', tagsText(tags)),
    setRunStar: (id, isStarred) => set(id, 'is_starred', isStarred ? 1 : 0),
    archiveRun: (id) => set(id, 'archived_at', timestamp(context)),
    unarchiveRun: (id) => set(id, 'archived_at', null),
    deleteRun: (id) => writing(() => trashRun(context, id)),
    restoreRun: (id) => set(id, 'deleted_at', null),
    purgeRun: (id) => writing(() => purgeRun(context, id)),
  };
}
