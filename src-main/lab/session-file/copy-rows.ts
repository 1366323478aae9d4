import type Database from 'better-sqlite3';

/** Names two databases of one connection: where rows come from, and where they go. */
export type Route = { readonly from: string; readonly to: string };

/** Trials that are copied between two turns of the event loop. */
const TRIALS_AT_ONCE = 64;

/** Expressions that take the place of a column's value. */
export type Replacements = Readonly<Record<string, string>>;

/**
 * A run that is running here is running nowhere else: its copy is one that was cut off, at the last
 * sign of life. How many trials it has is counted, and not taken from whoever wrote the file.
 */
function endedRun({ from }: Route): Replacements {
  const heartbeat = `(SELECT heartbeat_at FROM ${from}.leases WHERE run_id = runs.id)`;
  return {
    status: "CASE status WHEN 'running' THEN 'interrupted' ELSE status END",
    ended_at: `coalesce(ended_at, ${heartbeat}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
    finished_trials: `(SELECT count(*) FROM ${from}.trials WHERE run_id = runs.id)`,
    deleted_at: 'NULL',
  };
}

function columnsOf(database: Database.Database, { to }: Route, table: string): readonly string[] {
  return database
    .prepare<[string, string], { readonly name: string }>(
      'SELECT name FROM pragma_table_info(?, ?)',
    )
    .all(table, to)
    .map(({ name }) => name);
}

/** Copies the rows of a table that a condition selects. Columns are matched by name. */
function copyTable(
  database: Database.Database,
  route: Route,
  table: string,
  condition: string,
  values: readonly (string | number)[],
  replacements: Replacements = {},
): void {
  const columns = columnsOf(database, route, table);
  const expressions = columns.map((column) => replacements[column] ?? column);
  database
    .prepare<(string | number)[]>(
      `INSERT INTO ${route.to}.${table} (${columns.join(', ')})
       SELECT ${expressions.join(', ')} FROM ${route.from}.${table} WHERE ${condition}`,
    )
    .run(...values);
}

/** Copies a session without its runs. In the copy it is not in the trash. */
export function copySession(
  database: Database.Database,
  route: Route,
  id: string,
  name: string,
): void {
  copyTable(database, route, 'sessions', 'id = ?', [id], { deleted_at: 'NULL' });
  database.prepare(`UPDATE ${route.to}.sessions SET name = ? WHERE id = ?`).run(name, id);
}

/** Copies a measurement. In the copy it is not in the trash. */
export function copyMeasurement(database: Database.Database, route: Route, id: string): void {
  copyTable(database, route, 'measurements', 'id = ?', [id], { deleted_at: 'NULL' });
}

/** Copies one version of a cost model under a version that is free. */
export function copyCostModel(
  database: Database.Database,
  route: Route,
  model: { readonly id: string; readonly version: number },
  freeVersion: number,
): void {
  const { id, version } = model;
  copyTable(database, route, 'cost_models', 'id = ? AND version = ?', [id, version], {
    version: String(freeVersion),
  });
}

/** The trials of a run that are copied at once, by their positions. */
type Span = { readonly runId: string; readonly first: number; readonly last: number };

function findSpan(
  database: Database.Database,
  { from }: Route,
  runId: string,
  after: number,
): Span | null {
  const found = database
    .prepare<[string, number, number], { readonly first: number | null; readonly last: number }>(
      `SELECT min(position) AS first, max(position) AS last FROM (
         SELECT position FROM ${from}.trials WHERE run_id = ? AND position > ?
         ORDER BY position LIMIT ?
       )`,
    )
    .get(runId, after, TRIALS_AT_ONCE);
  const first = found?.first ?? null;
  return found === undefined || first === null ? null : { runId, first, last: found.last };
}

/** What belongs to a trial joins it by a key that differs between databases. */
function copyPartsOfTrials(
  database: Database.Database,
  route: Route,
  table: string,
  { runId, first, last }: Span,
): void {
  const { from, to } = route;
  const columns = columnsOf(database, route, table).filter((column) => column !== 'trial_key');
  const selected = columns.map((column) => `part.${column}`).join(', ');
  database
    .prepare<[string, number, number]>(
      `INSERT INTO ${to}.${table} (trial_key, ${columns.join(', ')})
       SELECT copy.key, ${selected}
       FROM ${from}.trials AS original
       JOIN ${from}.${table} AS part ON part.trial_key = original.key
       JOIN ${to}.trials AS copy ON copy.run_id = original.run_id AND copy.id = original.id
       WHERE original.run_id = ? AND original.position BETWEEN ? AND ?`,
    )
    .run(runId, first, last);
}

function copyTrials(
  database: Database.Database,
  route: Route,
  span: Span,
  replacements: Replacements,
): void {
  const { from, to } = route;
  const { runId, first, last } = span;
  const columns = columnsOf(database, route, 'trials').filter((column) => column !== 'key');
  const expressions = columns.map((column) => replacements[column] ?? column);
  database
    .prepare<[string, number, number]>(
      `INSERT INTO ${to}.trials (${columns.join(', ')})
       SELECT ${expressions.join(', ')} FROM ${from}.trials
       WHERE run_id = ? AND position BETWEEN ? AND ? ORDER BY position`,
    )
    .run(runId, first, last);
  database
    .prepare<[string, number, number]>(
      `INSERT OR IGNORE INTO ${to}.ledger_axes SELECT * FROM ${from}.ledger_axes WHERE id IN (
         SELECT axes_id FROM ${from}.counters JOIN ${from}.trials ON trials.key = trial_key
         WHERE run_id = ? AND position BETWEEN ? AND ?
       )`,
    )
    .run(runId, first, last);
  for (const table of ['histograms', 'counters', 'allocations']) {
    copyPartsOfTrials(database, route, table, span);
  }
}

/**
 * Copies a run with its trials and expectations, step by step, so that the caller decides whether
 * anything else happens in between. In the copy it is over, and not in the trash.
 *
 * @param replacements  For columns of its trials.
 */
export function* copyRun(
  database: Database.Database,
  route: Route,
  runId: string,
  replacements: Replacements = {},
): Generator<undefined, undefined, undefined> {
  copyTable(database, route, 'runs', 'id = ?', [runId], endedRun(route));
  copyTable(database, route, 'expectations', 'run_id = ?', [runId]);
  let span = findSpan(database, route, runId, -1);
  while (span !== null) {
    copyTrials(database, route, span, replacements);
    yield;
    span = findSpan(database, route, runId, span.last);
  }
}
