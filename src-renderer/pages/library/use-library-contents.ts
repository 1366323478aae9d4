import { computed, watch } from 'vue';
import type { RunRecord } from '#contract';
import { useRunNames } from '../../composables/use-run-names.ts';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useLibraryViewStore } from '../../stores/library-view-store.ts';
import { countRuns, knownTags, listedSessions, runRows } from './library-contents.ts';
import { viewPlace } from './library-views.ts';

/** What the Library page shows: the stores joined for the part that is looked at. */
export function useLibraryContents() {
  const library = useLibraryStore();
  const catalogue = useCatalogueStore();
  const viewStore = useLibraryViewStore();
  const changesById = useRunNames();

  const session = computed(() =>
    viewStore.view.kind === 'session' ? library.sessionsById.get(viewStore.view.id) : undefined,
  );
  const place = computed(() => viewPlace(viewStore.view, session.value));
  const counts = computed(() => countRuns(library.runs, library.sessionsById));
  const rows = computed(() =>
    runRows(
      library.runs,
      { sessionsById: library.sessionsById, changesById: changesById.value },
      viewStore.view,
      viewStore.filters,
    ),
  );
  /** The selected runs, or the one the keyboard is at. */
  const targets = computed<readonly RunRecord[]>(() => {
    const runs = rows.value.map(({ run }) => run);
    const selected = runs.filter(({ id }) => viewStore.selectedIds.has(id));
    return selected.length > 0 ? selected : runs.filter(({ id }) => id === viewStore.activeId);
  });
  const showsReadyMade = computed(() => {
    const { kind } = viewStore.view;
    return kind === 'ready-made' || (library.isLoaded && kind === 'all' && counts.value.all === 0);
  });

  // What is no longer listed cannot stay selected: an action would reach what nobody sees.
  watch(rows, (shown) => {
    const ids = new Set(shown.map(({ run }) => run.id));
    const left = [...viewStore.selectedIds].filter((id) => ids.has(id));
    if (left.length !== viewStore.selectedIds.size) viewStore.selectedIds = new Set(left);
  });

  return {
    session,
    place,
    counts,
    rows,
    targets,
    showsReadyMade,
    sessions: computed(() => listedSessions(library.sessions, place.value)),
    tags: computed(() => knownTags(library.runs, library.sessions)),
    readyMade: computed(() => catalogue.catalogue?.experiments ?? []),
    /** The run the keyboard is at, as long as it is listed. */
    activeRow: computed(() => rows.value.find(({ run }) => run.id === viewStore.activeId)),
  };
}
