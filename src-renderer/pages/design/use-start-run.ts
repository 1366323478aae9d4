import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { SessionRecord } from '#contract';
import { readRemembered, remember } from '../../remembered.ts';
import { runLocation } from '../../routes.ts';
import { useDraftStore } from '../../stores/draft-store.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { useRunStore } from '../../stores/run-store.ts';

/** Starting the draft: into which session, and on to its run. */
export type StartRun = {
  /** Id of a session, or the name of a new one. */
  readonly session: Ref<string>;
  readonly sessions: ComputedRef<readonly SessionRecord[]>;
  readonly sessionName: ComputedRef<string>;
  readonly isStarting: Ref<boolean>;
  readonly start: () => Promise<void>;
};

const REMEMBERED = 'design.session';
const FIRST_SESSION = 'My session';

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function useStartRun(): StartRun {
  const router = useRouter();
  const draft = useDraftStore();
  const library = useLibraryStore();
  const runs = useRunStore();
  const notices = useNoticesStore();
  const session = shallowRef('');
  const isStarting = shallowRef(false);
  const sessions = computed(() =>
    library.sessions
      .filter(({ archivedAt, deletedAt }) => archivedAt === null && deletedAt === null)
      .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),
  );
  const known = computed(() => sessions.value.find(({ id }) => id === session.value));
  const sessionName = computed(() => known.value?.name ?? session.value);

  watch(
    [() => library.isLoaded, sessions],
    ([isLoaded]) => {
      if (!isLoaded || session.value !== '') return;
      const last = readRemembered(REMEMBERED, isText);
      const chosen = sessions.value.find(({ id }) => id === last) ?? sessions.value[0];
      session.value = chosen?.id ?? FIRST_SESSION;
    },
    { immediate: true },
  );

  async function sessionId(): Promise<string | null> {
    if (known.value !== undefined) return known.value.id;
    const created = await library.createSession(session.value.trim());
    return notices.report(created) ? created.value.id : null;
  }

  async function start(): Promise<void> {
    if (isStarting.value || session.value.trim() === '') return;
    isStarting.value = true;
    try {
      const id = await sessionId();
      if (id === null) return;
      session.value = id;
      remember(REMEMBERED, id);
      await draft.flush();
      const parent = draft.origin.kind === 'run' ? draft.origin.runId : null;
      const reply = await runs.start(draft.text, id, parent);
      if (notices.report(reply)) await router.push(runLocation(reply.value.runId));
    } finally {
      isStarting.value = false;
    }
  }

  return { session, sessions, sessionName, isStarting, start };
}
