import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { compareLocation, compareRunsFrom } from '../../routes.ts';
import { useCompareStore } from '../../stores/compare-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { useRunStore } from '../../stores/run-store.ts';

/**
 * Keeps the compared runs those of the address, and as far as they have got.
 *
 * @param onChosen  Called when the runs have been read.
 * @returns Goes to other runs.
 */
export function useChosenRuns(onChosen: () => unknown): (runIds: readonly string[]) => void {
  const route = useRoute();
  const router = useRouter();
  const store = useCompareStore();
  const runStore = useRunStore();
  const notices = useNoticesStore();

  watch(
    () => (route.name === 'compare' ? compareRunsFrom(route.query).join(',') : null),
    async (joined) => {
      if (joined === null) return;
      const runIds = joined === '' ? [] : joined.split(',');
      // Coming back by the navigation, one finds what one left.
      if (runIds.length === 0 && store.runIds.length > 0) {
        await router.replace(compareLocation(store.runIds));
        return;
      }
      notices.report(await store.choose(runIds));
      onChosen();
    },
    { immediate: true },
  );
  watch(
    () => runStore.lastEnd,
    async (end) => {
      if (end !== null) notices.report(await store.refresh(end.runId));
    },
  );
  return (runIds) => {
    void router.push(compareLocation(runIds));
  };
}
