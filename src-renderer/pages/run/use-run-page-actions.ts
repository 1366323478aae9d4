import { shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import type { RunRecord } from '#contract';
import { explainLocation } from '../../routes.ts';
import { useLibraryViewStore } from '../../stores/library-view-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { useRunStore } from '../../stores/run-store.ts';
import { useLibraryActions } from '../library/use-library-actions.ts';

/** Everything a user can do on the Run page. */
export function useRunPageActions() {
  const router = useRouter();
  const libraryView = useLibraryViewStore();
  const runs = useRunStore();
  const notices = useNoticesStore();
  const { runReadyMade, runAgain, exportCsv } = useLibraryActions();
  /** The ready-made experiment that is being started. */
  const startingId = shallowRef<string | null>(null);

  return {
    startingId,
    runAgain,
    exportCsv,
    cancel: async (runId: string): Promise<void> => {
      notices.report(await runs.cancel(runId));
    },
    showInLibrary: ({ id, sessionId }: RunRecord): unknown => {
      libraryView.show({ kind: 'session', id: sessionId });
      libraryView.activeId = id;
      libraryView.detailsAreOpen = true;
      return router.push({ name: 'library' });
    },
    runReadyMade: async (experimentId: string): Promise<void> => {
      startingId.value = experimentId;
      await runReadyMade(experimentId, null);
      startingId.value = null;
    },
    explain: ({ id }: RunRecord, trialId: string): unknown =>
      router.push(explainLocation({ runId: id, trialId })),
  };
}
