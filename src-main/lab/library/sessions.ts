import { randomUUID } from 'node:crypto';
import type { SessionRecord } from '#contract';
import { timestamp } from './context.ts';
import type { LibraryContext } from './context.ts';
import { checkedName, tagsText, theOnly } from './labels.ts';
import { LibraryError } from './library-error.ts';
import {
  listSessions,
  readSession,
  readSessionsByPrefix,
  readSessionsNamed,
} from './session-queries.ts';
import type { SessionFilter } from './session-queries.ts';

/** The sessions of a library. Whatever changes one gives the record as it then is. */
export type Sessions = {
  /**
   * Makes an empty session.
   *
   * @param name  Trimmed. No other session outside the trash has it.
   * @throws {LibraryError} `bad-name`.
   */
  readonly createSession: (name: string) => SessionRecord;
  /**
   * Finds the session of this id or name, or makes one of this name; two processes that ask at once
   * get the same. A session in the trash keeps its name from nobody.
   *
   * @throws {LibraryError} `bad-name`; `in-trash` for the id of a deleted session; `ambiguous`.
   */
  readonly findOrCreateSession: (idOrName: string) => SessionRecord;
  /**
   * Finds a session by its id, its name or the beginning of its id (4 characters or more), in this
   * order; one in the trash only when no other fits.
   *
   * @throws {LibraryError} `ambiguous` when several fit.
   */
  readonly findSession: (idOrName: string) => SessionRecord | null;
  /** Lists sessions, the newest first; without a filter those that are neither archived nor deleted. */
  readonly sessions: (filter?: SessionFilter) => readonly SessionRecord[];
  /** @throws {LibraryError} `not-found` or `bad-name`. */
  readonly renameSession: (id: string, name: string) => SessionRecord;
  /** @throws {LibraryError} `not-found`. */
  readonly setSessionNotes: (id: string, notes: string) => SessionRecord;
  /** Tags are trimmed, and kept once each. @throws {LibraryError} `not-found`. */
  readonly setSessionTags: (id: string, tags: readonly string[]) => SessionRecord;
  /** Takes it out of the lists without deleting it. @throws {LibraryError} `not-found`. */
  readonly archiveSession: (id: string) => SessionRecord;
  /** @throws {LibraryError} `not-found`. */
  readonly unarchiveSession: (id: string) => SessionRecord;
  /**
   * Moves a session and all its runs to the trash.
   *
   * @throws {LibraryError} `not-found`, or `running` while one of its runs is not over.
   */
  readonly deleteSession: (id: string) => SessionRecord;
  /**
   * Takes a session out of the trash; runs that were deleted by themselves stay there.
   *
   * @throws {LibraryError} `not-found`, or `bad-name` when another session has its name by now.
   */
  readonly restoreSession: (id: string) => SessionRecord;
  /**
   * Deletes a session in the trash for good, with all its runs.
   *
   * @throws {LibraryError} `not-found` or `not-in-trash`.
   */
  readonly purgeSession: (id: string) => void;
};

/** Fewer would find a session by accident. */
const SHORTEST_PREFIX = 4;

type Column = 'name' | 'notes' | 'tags' | 'archived_at' | 'deleted_at';

/** The session of this id. @throws {LibraryError} `not-found`. */
export function requireSession(context: LibraryContext, id: string): SessionRecord {
  const session = readSession(context.connection, id);
  if (session === null) {
    throw new LibraryError('not-found', `There is no session ${id} in ${context.connection.path}.`);
  }
  return session;
}

function checkNameIsFree(context: LibraryContext, name: string, ownId: string | null): void {
  const owner = readSessionsNamed(context.connection, name).find(
    (session) => session.id !== ownId && session.deletedAt === null,
  );
  if (owner !== undefined) {
    throw new LibraryError('bad-name', `Session ${owner.id} is called ${name} already.`);
  }
}

function findSession({ connection }: LibraryContext, text: string): SessionRecord | null {
  const wanted = text.trim();
  const exact = readSession(connection, wanted.toLowerCase());
  if (exact !== null) return exact;
  const named = readSessionsNamed(connection, wanted);
  const prefixed =
    wanted.length < SHORTEST_PREFIX ? [] : readSessionsByPrefix(connection, wanted.toLowerCase());
  for (const fitting of [
    named.filter(({ deletedAt }) => deletedAt === null),
    prefixed.filter(({ deletedAt }) => deletedAt === null),
    named,
    prefixed,
  ]) {
    const session = theOnly(fitting, 'session', text);
    if (session !== null) return session;
  }
  return null;
}

function insertSession(context: LibraryContext, wanted: string): SessionRecord {
  const name = checkedName(wanted);
  checkNameIsFree(context, name, null);
  const id = randomUUID();
  context.connection.database
    .prepare('INSERT INTO sessions (id, name, created_at) VALUES (?, ?, ?)')
    .run(id, name, timestamp(context));
  return requireSession(context, id);
}

function findOrCreateSession(context: LibraryContext, text: string): SessionRecord {
  const exact = readSession(context.connection, text.trim().toLowerCase());
  if (exact !== null) {
    if (exact.deletedAt === null) return exact;
    throw new LibraryError('in-trash', `Session ${exact.name} is in the trash; restore it first.`);
  }
  const name = checkedName(text);
  const kept = readSessionsNamed(context.connection, name).filter(
    ({ deletedAt }) => deletedAt === null,
  );
  return theOnly(kept, 'session', name) ?? insertSession(context, name);
}

function setColumn(
  context: LibraryContext,
  id: string,
  column: Column,
  value: string | null,
): SessionRecord {
  requireSession(context, id);
  context.connection.database
    .prepare(`UPDATE sessions SET ${column} = ? WHERE id = ?`)
    .run(value, id);
  return requireSession(context, id);
}

function trashSession(context: LibraryContext, id: string): SessionRecord {
  const { database } = context.connection;
  const session = requireSession(context, id);
  const running = database
    .prepare<[string], { id: string }>(
      "SELECT id FROM runs WHERE session_id = ? AND status = 'running'",
    )
    .get(id);
  if (running !== undefined) {
    throw new LibraryError(
      'running',
      `Session ${session.name} cannot be deleted: its run ${running.id} is not over; cancel it first.`,
    );
  }
  return session.deletedAt === null
    ? setColumn(context, id, 'deleted_at', timestamp(context))
    : session;
}

function restoreSession(context: LibraryContext, id: string): SessionRecord {
  checkNameIsFree(context, requireSession(context, id).name, id);
  return setColumn(context, id, 'deleted_at', null);
}

function renameSession(context: LibraryContext, id: string, wanted: string): SessionRecord {
  const name = checkedName(wanted);
  checkNameIsFree(context, name, id);
  return setColumn(context, id, 'name', name);
}

function purgeSession(context: LibraryContext, id: string): void {
  const { name, deletedAt } = requireSession(context, id);
  if (deletedAt === null) {
    throw new LibraryError('not-in-trash', `Session ${name} is not in the trash; delete it first.`);
  }
  context.connection.database.prepare('DELETE FROM sessions WHERE id = ?').run(id);
}

/** The sessions of an opened library. */
export function createSessions(context: LibraryContext): Sessions {
  const { inSnapshot, writing } = context.connection;
  const set = (id: string, column: Column, value: string | null): SessionRecord =>
    writing(() => setColumn(context, id, column, value));
  return {
    createSession: (name) => writing(() => insertSession(context, name)),
    findOrCreateSession: (idOrName) => writing(() => findOrCreateSession(context, idOrName)),
    findSession: (idOrName) => inSnapshot(() => findSession(context, idOrName)),
    sessions: (filter = {}) => listSessions(context.connection, filter),
    renameSession: (id, name) => writing(() => renameSession(context, id, name)),
    setSessionNotes: (id, notes) => set(id, 'notes', notes),
    setSessionTags: (id, tags) => set(id, 'tags', tagsText(tags)),
    archiveSession: (id) => set(id, 'archived_at', timestamp(context)),
    unarchiveSession: (id) => set(id, 'archived_at', null),
    deleteSession: (id) => writing(() => trashSession(context, id)),
    restoreSession: (id) => writing(() => restoreSession(context, id)),
    purgeSession: (id) => writing(() => purgeSession(context, id)),
  };
}
