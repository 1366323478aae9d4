import { sql } from 'kysely';
import type { RunRecord, RunStatus } from '#contract';
import type { Connection } from './connection.ts';
import type { Visibility } from './labels.ts';
import { parseExpectations, parseStatus, parseWords } from './parse-stored.ts';
import { queries } from './tables.ts';
import type { RunRow } from './tables.ts';

/** What runs can be sorted by. */
const ORDER_COLUMNS = {
  startedAt: 'runs.started_at',
  endedAt: 'runs.ended_at',
  title: 'runs.title',
  experimentName: 'runs.experiment_name',
  status: 'runs.status',
  finishedTrials: 'runs.finished_trials',
} as const;

/** Which runs a list shows, and in which order. All conditions hold at once. */
export type RunFilter = {
  /** Only of this session, even when it is archived or in the trash. */
  readonly sessionId?: string;
  readonly statuses?: readonly RunStatus[];
  readonly isStarred?: boolean;
  /** Only with this tag. */
  readonly tag?: string;
  /** Only with this in the title, the experiment's name or the notes; a and A are the same. */
  readonly text?: string;
  /** Only with a trial on the layout of this name. */
  readonly layoutName?: string;
  /** Only with a trial of this strategy. */
  readonly strategyId?: string;
  /** Default false. Without `sessionId` the runs of an archived session count as archived. */
  readonly archived?: Visibility;
  /** Default false. `true` is the trash; the runs of a deleted session are there with it. */
  readonly deleted?: Visibility;
  /** Default `startedAt`, the newest first. */
  readonly orderBy?: keyof typeof ORDER_COLUMNS;
  readonly direction?: 'asc' | 'desc';
  /** At most so many: a whole number from 0. */
  readonly limit?: number;
};

type RunWithExpectations = RunRow & { readonly expectations: string };

const expectations = sql<string>`(
  SELECT json_group_array(
    json_object('text', text, 'holds', json(iif(holds, 'true', 'false')), 'found', found)
    ORDER BY position
  ) FROM expectations WHERE expectations.run_id = runs.id
)`.as('expectations');

function selectRuns() {
  return queries.selectFrom('runs').selectAll('runs').select(expectations);
}

type RunQuery = ReturnType<typeof selectRuns>;

function runFromRow(row: RunWithExpectations): RunRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    experimentName: row.experiment_name,
    title: row.title,
    status: parseStatus(row.status),
    failure: row.failure,
    seed: row.seed,
    experimentText: row.experiment_text,
    environment: {
      applicationVersion: row.application_version,
      commit: row.source_commit,
      coreVersion: row.core_version,
      recordVersion: row.record_version,
      host: row.host,
      processor: row.processor,
      operatingSystem: row.operating_system,
      runtime: row.runtime,
    },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    plannedTrials: row.planned_trials,
    finishedTrials: row.finished_trials,
    parentRunId: row.parent_run_id,
    notes: row.notes,
    tags: parseWords(row.tags, 'The tags of a run'),
    isStarred: row.is_starred === 1,
    archivedAt: row.archived_at,
    deletedAt: row.deleted_at,
    expectations: parseExpectations(row.expectations),
  };
}

function withMark(
  query: RunQuery,
  column: 'archived_at' | 'deleted_at',
  filter: RunFilter,
  visibility: Visibility,
): RunQuery {
  if (visibility === 'any') return query;
  const own = sql.ref(`runs.${column}`);
  const mark =
    filter.sessionId === undefined
      ? sql`coalesce(${own}, (SELECT ${sql.ref(column)} FROM sessions WHERE id = runs.session_id))`
      : own;
  return query.where(
    visibility ? sql<boolean>`${mark} IS NOT NULL` : sql<boolean>`${mark} IS NULL`,
  );
}

function withTrial(
  query: RunQuery,
  column: 'layout_name' | 'strategy_id',
  value: string | undefined,
): RunQuery {
  if (value === undefined) return query;
  return query.where((expression) =>
    expression.exists(
      expression
        .selectFrom('trials')
        .select('trials.run_id')
        .whereRef('trials.run_id', '=', 'runs.id')
        .where(column, '=', value),
    ),
  );
}

function withProperties(unfiltered: RunQuery, filter: RunFilter): RunQuery {
  const { sessionId, statuses, isStarred, tag, text } = filter;
  let query = unfiltered;
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId);
  if (statuses !== undefined) query = query.where('status', 'in', statuses);
  if (isStarred !== undefined) query = query.where('is_starred', '=', isStarred ? 1 : 0);
  if (tag !== undefined) {
    query = query.where(
      sql<boolean>`EXISTS (SELECT 1 FROM json_each(runs.tags) WHERE value = ${tag})`,
    );
  }
  if (text !== undefined) {
    const searched = sql`lower(title || char(10) || experiment_name || char(10) || notes)`;
    query = query.where(sql<boolean>`instr(${searched}, lower(${text})) > 0`);
  }
  return query;
}

/** Runs that pass a filter, in one query. */
export function listRuns(connection: Connection, filter: RunFilter): RunRecord[] {
  const { archived = false, deleted = false, orderBy = 'startedAt', limit } = filter;
  const direction = filter.direction ?? (orderBy === 'startedAt' ? 'desc' : 'asc');
  let query = withProperties(selectRuns(), filter);
  query = withTrial(query, 'layout_name', filter.layoutName);
  query = withTrial(query, 'strategy_id', filter.strategyId);
  query = withMark(query, 'archived_at', filter, archived);
  query = withMark(query, 'deleted_at', filter, deleted);
  query = query.orderBy(ORDER_COLUMNS[orderBy], direction).orderBy('runs.id');
  if (limit !== undefined) query = query.limit(limit);
  return connection.select(query).map(runFromRow);
}

/** The run with exactly this id, or null. */
export function readRun(connection: Connection, id: string): RunRecord | null {
  const [row] = connection.select(selectRuns().where('runs.id', '=', id));
  return row === undefined ? null : runFromRow(row);
}

/** Runs whose id begins so, in the trash or not. */
export function readRunsByPrefix(connection: Connection, prefix: string): RunRecord[] {
  const begins = sql<boolean>`substr(runs.id, 1, ${prefix.length}) = ${prefix}`;
  return connection.select(selectRuns().where(begins)).map(runFromRow);
}
