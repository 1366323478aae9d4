import { computed, onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ImportReport, LabBridge, Reply, RunRecord, SessionRecord } from '#contract';
import { useLab } from '../lab-access.ts';

export type LibraryTarget = { readonly kind: 'session' | 'run'; readonly id: string };

/** A busy run changes the library several times a second; reading it all that often is waste. */
const REFRESH_PAUSE_MS = 800;

function replaced<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  change: Partial<Item>,
): readonly Item[] {
  return items.map((item) => (item.id === id ? { ...item, ...change } : item));
}

/** Sessions and runs, archived and trashed ones included. */
export const useLibraryStore = defineStore('library', () => {
  const lab = useLab();
  const sessions = shallowRef<readonly SessionRecord[]>([]);
  const runs = shallowRef<readonly RunRecord[]>([]);
  const isLoaded = shallowRef(false);
  const runsById = computed(() => new Map(runs.value.map((run) => [run.id, run])));
  const sessionsById = computed(
    () => new Map(sessions.value.map((session) => [session.id, session])),
  );

  let loading = 0;
  /** Changes of our own, counted when they begin and when they end. */
  let writes = 0;

  async function writing<Value>(request: Promise<Reply<Value>>): Promise<Reply<Value>> {
    writes += 1;
    try {
      return await request;
    } finally {
      writes += 1;
    }
  }

  /** Reads sessions and runs anew. */
  async function load(): Promise<Reply<null>> {
    loading += 1;
    try {
      return await read();
    } finally {
      loading -= 1;
    }
  }

  async function read(): Promise<Reply<null>> {
    const before = writes;
    const [sessionsReply, runsReply] = await Promise.all([
      lab.listSessions(null),
      lab.listRuns(null),
    ]);
    if (!sessionsReply.ok) return sessionsReply;
    if (!runsReply.ok) return runsReply;
    // What was read while something changed may lack the change, and would take it back on screen.
    if (writes !== before) return read();
    sessions.value = sessionsReply.value;
    runs.value = runsReply.value;
    isLoaded.value = true;
    return { ok: true, value: null };
  }

  function change(target: LibraryTarget, fields: Partial<RunRecord & SessionRecord>): void {
    if (target.kind === 'run') runs.value = replaced(runs.value, target.id, fields);
    else sessions.value = replaced(sessions.value, target.id, fields);
  }

  /** Shows a change as soon as the library has it, without reading everything again. */
  async function apply(
    request: Promise<Reply<null>>,
    target: LibraryTarget,
    fields: Partial<RunRecord & SessionRecord>,
  ): Promise<Reply<null>> {
    const reply = await writing(request);
    if (reply.ok) change(target, fields);
    return reply;
  }

  const setNotes = (target: LibraryTarget, notes: string): Promise<Reply<null>> =>
    apply(lab.setNotes({ ...target, notes }), target, { notes });
  const setTags = (target: LibraryTarget, tags: readonly string[]): Promise<Reply<null>> =>
    apply(lab.setTags({ ...target, tags: [...tags] }), target, { tags });
  const setStar = (id: string, isStarred: boolean): Promise<Reply<null>> =>
    apply(lab.setStar({ id, isStarred }), { kind: 'run', id }, { isStarred });

  const now = (): string => new Date().toISOString();
  const archive = (target: LibraryTarget, isArchived: boolean): Promise<Reply<null>> =>
    apply(lab.archive({ ...target, isArchived }), target, {
      archivedAt: isArchived ? now() : null,
    });
  const trash = (target: LibraryTarget): Promise<Reply<null>> =>
    apply(lab.trash(target), target, { deletedAt: now() });
  const restore = (target: LibraryTarget): Promise<Reply<null>> =>
    apply(lab.restore(target), target, { deletedAt: null });

  /** Deletes for good what is in the trash; with a session go its runs. */
  async function purge(target: LibraryTarget): Promise<Reply<null>> {
    const reply = await writing(lab.purge(target));
    if (!reply.ok) return reply;
    runs.value = runs.value.filter((run) =>
      target.kind === 'run' ? run.id !== target.id : run.sessionId !== target.id,
    );
    if (target.kind === 'session') {
      sessions.value = sessions.value.filter(({ id }) => id !== target.id);
    }
    return reply;
  }

  async function createSession(name: string): Promise<Reply<SessionRecord>> {
    const reply = await writing(lab.createSession({ name }));
    if (reply.ok) {
      const others = sessions.value.filter(({ id }) => id !== reply.value.id);
      sessions.value = [...others, reply.value];
    }
    return reply;
  }

  async function renameSession(id: string, name: string): Promise<Reply<SessionRecord>> {
    const reply = await writing(lab.renameSession({ id, name }));
    if (reply.ok) change({ kind: 'session', id }, { name: reply.value.name });
    return reply;
  }

  async function importSessionFile(ticket: string): Promise<Reply<ImportReport>> {
    const reply = await lab.importSessionFile({ ticket });
    if (reply.ok) await load();
    return reply;
  }

  // Before anybody has asked for the library there is nothing to keep current.
  onScopeDispose(refreshOnChange(lab, load, () => isLoaded.value || loading > 0));

  return {
    sessions,
    runs,
    isLoaded,
    runsById,
    sessionsById,
    load,
    setNotes,
    setTags,
    setStar,
    archive,
    trash,
    restore,
    purge,
    createSession,
    renameSession,
    importSessionFile,
  };
});

/** Reads the library again after it changed: at once, then no more often than the pause allows. */
function refreshOnChange(
  lab: LabBridge,
  load: () => Promise<Reply<null>>,
  isWanted: () => boolean,
): () => void {
  let pause: ReturnType<typeof setTimeout> | null = null;
  let isStale = false;

  function refresh(): void {
    isStale = false;
    pause = setTimeout(afterPause, REFRESH_PAUSE_MS);
    void load();
  }
  function afterPause(): void {
    pause = null;
    if (isStale) refresh();
  }

  const stop = lab.onLibraryChanged(() => {
    if (!isWanted()) return;
    if (pause === null) refresh();
    else isStale = true;
  });
  return () => {
    stop();
    if (pause !== null) clearTimeout(pause);
  };
}
