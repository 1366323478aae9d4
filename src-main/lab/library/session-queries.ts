import { sql } from 'kysely';
import type { SessionRecord } from '#contract';
import type { Connection } from './connection.ts';
import type { Visibility } from './labels.ts';
import { parseWords } from './parse-stored.ts';
import { queries } from './tables.ts';
import type { SessionRow } from './tables.ts';

/** Which sessions a list shows. */
export type SessionFilter = {
  /** Default false. */
  readonly archived?: Visibility;
  /** Default false. `true` is the trash. */
  readonly deleted?: Visibility;
};

type CountedSession = SessionRow & { readonly run_count: number };

const runCount = sql<number>`(
  SELECT count(*) FROM runs WHERE runs.session_id = sessions.id AND runs.deleted_at IS NULL
)`.as('run_count');

function selectSessions() {
  return queries.selectFrom('sessions').selectAll().select(runCount);
}

function sessionFromRow(row: CountedSession): SessionRecord {
  return {
    id: row.id,
    name: row.name,
    notes: row.notes,
    tags: parseWords(row.tags, 'The tags of a session'),
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    deletedAt: row.deleted_at,
    runCount: row.run_count,
  };
}

/** Sessions by their creation, the newest first. */
export function listSessions(connection: Connection, filter: SessionFilter): SessionRecord[] {
  const { archived = false, deleted = false } = filter;
  let query = selectSessions().orderBy('created_at', 'desc').orderBy('id');
  if (archived !== 'any') {
    query = query.where('archived_at', archived ? 'is not' : 'is', null);
  }
  if (deleted !== 'any') {
    query = query.where('deleted_at', deleted ? 'is not' : 'is', null);
  }
  return connection.select(query).map(sessionFromRow);
}

/** The session with exactly this id, or null. */
export function readSession(connection: Connection, id: string): SessionRecord | null {
  const [row] = connection.select(selectSessions().where('id', '=', id));
  return row === undefined ? null : sessionFromRow(row);
}

/** Sessions with exactly this name, in the trash or not. */
export function readSessionsNamed(connection: Connection, name: string): SessionRecord[] {
  return connection.select(selectSessions().where('name', '=', name)).map(sessionFromRow);
}

/** Sessions whose id begins so, in the trash or not. */
export function readSessionsByPrefix(connection: Connection, prefix: string): SessionRecord[] {
  const begins = sql<boolean>`substr(id, 1, ${prefix.length}) = ${prefix}`;
  return connection.select(selectSessions().where(begins)).map(sessionFromRow);
}
