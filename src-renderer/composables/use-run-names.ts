import { computed, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useLibraryStore } from '../stores/library-store.ts';
import { useRunNamesStore } from '../stores/run-names-store.ts';

/** What each run of the library changes, kept current while the calling scope lives. */
export function useRunNames(): ComputedRef<ReadonlyMap<string, readonly string[]>> {
  const library = useLibraryStore();
  const names = useRunNamesStore();
  watch(() => library.runs, names.follow, { immediate: true });
  return computed(() => names.changesById);
}
