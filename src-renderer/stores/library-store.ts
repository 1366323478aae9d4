import { computed, onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type {
  ImportedFile,
  ImportReport,
  LabBridge,
  MeasurementRecord,
  Reply,
  RunRecord,
  SessionRecord,
} from '#contract';
import { useLab } from '../lab-access.ts';

/** What has tags and an archive. */
export type LabelledTarget = { readonly kind: 'session' | 'run'; readonly id: string };
/** What has notes and goes through the trash. */
export type LibraryTarget = LabelledTarget | { readonly kind: 'measurement'; readonly id: string };

/** What a user can change of one of them. */
type Fields = Partial<
  Pick<RunRecord, 'notes' | 'tags' | 'isStarred' | 'archivedAt' | 'deletedAt'> &
    Pick<SessionRecord, 'name'>
>;

/** A busy run changes the library several times a second; reading it all that often is waste. */
const REFRESH_PAUSE_MS = 800;

function replaced<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  change: Partial<Item>,
): readonly Item[] {
  return items.map((item) => (item.id === id ? { ...item, ...change } : item));
}

/** Sessions, runs and measurements, archived and trashed ones included. */
export const useLibraryStore = defineStore('library', () => {
  const lab = useLab();
  const sessions = shallowRef<readonly SessionRecord[]>([]);
  const runs = shallowRef<readonly RunRecord[]>([]);
  const measurements = shallowRef<readonly MeasurementRecord[]>([]);
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

  /** Reads sessions, runs and measurements anew. */
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
    const [sessionsReply, runsReply, measurementsReply] = await Promise.all([
      lab.listSessions(null),
      lab.listRuns(null),
      lab.listMeasurements(null),
    ]);
    if (!sessionsReply.ok) return sessionsReply;
    if (!runsReply.ok) return runsReply;
    if (!measurementsReply.ok) return measurementsReply;
    // What was read while something changed may lack the change, and would take it back on screen.
    if (writes !== before) return read();
    sessions.value = sessionsReply.value;
    runs.value = runsReply.value;
    measurements.value = measurementsReply.value;
    isLoaded.value = true;
    return { ok: true, value: null };
  }

  function change({ kind, id }: LibraryTarget, fields: Fields): void {
    if (kind === 'run') runs.value = replaced(runs.value, id, fields);
    else if (kind === 'session') sessions.value = replaced(sessions.value, id, fields);
    else measurements.value = replaced(measurements.value, id, fields);
  }

  /** Shows a change as soon as the library has it, without reading everything again. */
  async function apply(
    request: Promise<Reply<null>>,
    target: LibraryTarget,
    fields: Fields,
  ): Promise<Reply<null>> {
    const reply = await writing(request);
    if (reply.ok) change(target, fields);
    return reply;
  }

  const setNotes = (target: LibraryTarget, notes: string): Promise<Reply<null>> =>
    apply(lab.setNotes({ ...target, notes }), target, { notes });
  const setTags = (target: LabelledTarget, tags: readonly string[]): Promise<Reply<null>> =>
    apply(lab.setTags({ ...target, tags: [...tags] }), target, { tags });
  const setStar = (id: string, isStarred: boolean): Promise<Reply<null>> =>
    apply(lab.setStar({ id, isStarred }), { kind: 'run', id }, { isStarred });

  const now = (): string => new Date().toISOString();
  const archive = (target: LabelledTarget, isArchived: boolean): Promise<Reply<null>> =>
    apply(lab.archive({ ...target, isArchived }), target, {
      archivedAt: isArchived ? now() : null,
    });
  const trash = (target: LibraryTarget): Promise<Reply<null>> =>
    apply(lab.trash(target), target, { deletedAt: now() });
  const restore = (target: LibraryTarget): Promise<Reply<null>> =>
    apply(lab.restore(target), target, { deletedAt: null });

  /** Deletes for good what is in the trash; with a session go its runs and measurements. */
  async function purge(target: LibraryTarget): Promise<Reply<null>> {
    const reply = await writing(lab.purge(target));
    if (!reply.ok) return reply;
    // Ids are UUIDs: no run has that of a session.
    const isLeft = ({ id }: { readonly id: string }): boolean => id !== target.id;
    const isLeftInSession = (item: RunRecord | MeasurementRecord): boolean =>
      isLeft(item) && item.sessionId !== target.id;
    sessions.value = sessions.value.filter(isLeft);
    runs.value = runs.value.filter(isLeftInSession);
    measurements.value = measurements.value.filter(isLeftInSession);
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

  async function renameMeasurement(id: string, name: string): Promise<Reply<MeasurementRecord>> {
    const reply = await writing(lab.renameMeasurement({ id, name }));
    if (reply.ok) change({ kind: 'measurement', id }, { name: reply.value.name });
    return reply;
  }

  /**
   * Brings a measured file into the library.
   *
   * @param upload     A file that was brought; null lets the user choose one.
   * @param sessionId  Where it goes; null for the session of imported files.
   */
  async function importFile(
    upload: string | null,
    sessionId: string | null = null,
  ): Promise<Reply<ImportedFile | null>> {
    const request = { upload, sessionId, name: null, command: null };
    const reply = await writing(lab.importFile(request));
    if (reply.ok && reply.value?.kind === 'measurement') await load();
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
    measurements,
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
    renameMeasurement,
    importFile,
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
