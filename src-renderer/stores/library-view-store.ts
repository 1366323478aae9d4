import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RunStatus } from '#contract';

/** Which part of the library is looked at. */
export type LibraryView =
  | { readonly kind: 'all' | 'starred' | 'archive' | 'trash' | 'ready-made' }
  | { readonly kind: 'session'; readonly id: string };

/** What of a part of the library is listed. */
export type LibraryContents = 'runs' | 'measurements';

export type ExpectationFilter = 'held' | 'failed';

/** What of that part is left out. Empty sets leave nothing out. */
export type LibraryFilters = {
  readonly statuses: ReadonlySet<RunStatus>;
  readonly expectations: ReadonlySet<ExpectationFilter>;
  readonly tags: ReadonlySet<string>;
};

export const NO_FILTERS: LibraryFilters = {
  statuses: new Set(),
  expectations: new Set(),
  tags: new Set(),
};

/** Where the user is in the library; kept while other pages are open. */
export const useLibraryViewStore = defineStore('library-view', () => {
  const view = shallowRef<LibraryView>({ kind: 'all' });
  const filters = shallowRef<LibraryFilters>(NO_FILTERS);
  const search = shallowRef('');
  const selectedIds = shallowRef<ReadonlySet<string>>(new Set());
  const activeId = shallowRef<string | null>(null);
  const detailsAreOpen = shallowRef(false);
  const contents = shallowRef<LibraryContents>('runs');
  const selectedMeasurementIds = shallowRef<ReadonlySet<string>>(new Set());
  const activeMeasurementId = shallowRef<string | null>(null);

  const isFiltered = computed(
    () =>
      search.value.trim() !== '' ||
      filters.value.statuses.size + filters.value.expectations.size + filters.value.tags.size > 0,
  );

  /** Goes to another part of the library; a selection does not go along. */
  function show(next: LibraryView): void {
    view.value = next;
    selectedIds.value = new Set();
    selectedMeasurementIds.value = new Set();
  }

  return {
    view,
    filters,
    search,
    isFiltered,
    selectedIds,
    activeId,
    detailsAreOpen,
    contents,
    selectedMeasurementIds,
    activeMeasurementId,
    show,
  };
});
