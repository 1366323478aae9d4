import { useRouter } from 'vue-router';
import type { LabDescription } from '#contract';
import { runLocation } from '../routes.ts';
import { counted } from '../sentences.ts';
import { useLibraryStore } from '../stores/library-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';

/** Says which runs were found cut off, unless they were resumed or thrown away since. */
export function useInterruptedNotice(): (description: LabDescription) => void {
  const router = useRouter();
  const library = useLibraryStore();
  const notices = useNoticesStore();
  return ({ interruptedRunIds }) => {
    const resumedIds = new Set(library.runs.map(({ parentRunId }) => parentRunId));
    const runs = interruptedRunIds.flatMap((id) => {
      const run = library.runsById.get(id);
      return run === undefined || run.deletedAt !== null || resumedIds.has(id) ? [] : [run];
    });
    const [first] = runs;
    if (first === undefined) return;
    const what =
      runs.length === 1
        ? `“${first.title}” was cut off`
        : `${counted(runs.length, 'run')} were cut off`;
    notices.warn(`${what}; finished trials are kept, and the rest can be resumed.`, {
      title: 'Show',
      run: () => router.push(runLocation(first.id)),
    });
  };
}
