import type { Reply, RunRecord, SessionRecord } from '#contract';
import { sampleId } from './lab-contents.ts';

type Target = { readonly kind: 'session' | 'run'; readonly id: string };
type Labels = {
  readonly notes?: string;
  readonly tags?: readonly string[];
  readonly archivedAt?: string | null;
  readonly deletedAt?: string | null;
};

export const done: Reply<null> = { ok: true, value: null };

export function notFound(what: string): {
  readonly ok: false;
  readonly code: 'not-found';
  readonly message: string;
} {
  return { ok: false, code: 'not-found', message: `There is no such ${what} in the library.` };
}

/** Sessions and runs in memory, with the rules of the real library that a window can notice. */
export type MemoryLibrary = {
  readonly sessions: () => readonly SessionRecord[];
  readonly runs: () => readonly RunRecord[];
  readonly findRun: (id: string) => RunRecord | undefined;
  readonly createSession: (name: string) => Reply<SessionRecord>;
  readonly renameSession: (id: string, name: string) => Reply<SessionRecord>;
  readonly label: (target: Target, labels: Labels) => Reply<null>;
  readonly changeRun: (id: string, change: Partial<RunRecord>) => Reply<null>;
  readonly addSession: (session: SessionRecord) => void;
  readonly addRun: (run: RunRecord) => void;
  readonly purge: (target: Target) => Reply<null>;
};

export function createMemoryLibrary(
  initialSessions: readonly SessionRecord[],
  initialRuns: readonly RunRecord[],
  now: () => string,
): MemoryLibrary {
  const sessions = new Map(initialSessions.map((session) => [session.id, session]));
  const runs = new Map(initialRuns.map((run) => [run.id, run]));

  function countedSession(session: SessionRecord): SessionRecord {
    const runCount = [...runs.values()].filter(
      (run) => run.sessionId === session.id && run.deletedAt === null,
    ).length;
    return { ...session, runCount };
  }

  function changeSession(id: string, change: Partial<SessionRecord>): Reply<SessionRecord> {
    const session = sessions.get(id);
    if (session === undefined) return notFound('session');
    const changed = { ...session, ...change };
    sessions.set(id, changed);
    return { ok: true, value: countedSession(changed) };
  }

  function changeRun(id: string, change: Partial<RunRecord>): Reply<null> {
    const run = runs.get(id);
    if (run === undefined) return notFound('run');
    runs.set(id, { ...run, ...change });
    return done;
  }

  function createSession(name: string): Reply<SessionRecord> {
    if ([...sessions.values()].some((session) => session.name === name)) {
      return { ok: false, code: 'conflict', message: `There is a session "${name}" already.` };
    }
    const id = sampleId('session', 0x1000 + sessions.size);
    const session: SessionRecord = {
      id,
      name,
      notes: '',
      tags: [],
      createdAt: now(),
      archivedAt: null,
      deletedAt: null,
      runCount: 0,
    };
    sessions.set(id, session);
    return { ok: true, value: session };
  }

  function purge({ kind, id }: Target): Reply<null> {
    const item = kind === 'session' ? sessions.get(id) : runs.get(id);
    if (item === undefined) return notFound(kind);
    if (item.deletedAt === null) {
      return { ok: false, code: 'conflict', message: `This ${kind} is not in the trash.` };
    }
    if (kind === 'run') runs.delete(id);
    else {
      sessions.delete(id);
      for (const run of runs.values()) if (run.sessionId === id) runs.delete(run.id);
    }
    return done;
  }

  function label({ kind, id }: Target, labels: Labels): Reply<null> {
    if (kind === 'run') return changeRun(id, labels);
    const reply = changeSession(id, labels);
    return reply.ok ? done : reply;
  }

  return {
    sessions: () => [...sessions.values()].map(countedSession),
    runs: () => [...runs.values()],
    findRun: (id) => runs.get(id),
    createSession,
    renameSession: (id, name) => changeSession(id, { name }),
    label,
    changeRun,
    addSession: (session) => sessions.set(session.id, session),
    addRun: (run) => runs.set(run.id, run),
    purge,
  };
}
