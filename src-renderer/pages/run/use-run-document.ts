import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { RunDocument, RunRecord } from '#contract';
import { useLab } from '../../lab-access.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';

/** While a run is under way its trials are read no more often than this. Unit: milliseconds. */
const READING_PAUSE_MS = 1000;

/** The trials of a run so far: read when the run changes, at most once a second. */
export function useRunDocument(
  run: () => RunRecord | undefined,
  finishedTrials: () => number,
): ShallowRef<RunDocument | null> {
  const lab = useLab();
  const notices = useNoticesStore();
  const document = shallowRef<RunDocument | null>(null);
  let pause: ReturnType<typeof setTimeout> | null = null;
  let isStale = false;

  async function read(): Promise<void> {
    const id = run()?.id;
    if (id === undefined) return;
    isStale = false;
    pause = setTimeout(afterPause, READING_PAUSE_MS);
    const reply = await lab.readRun({ id });
    if (run()?.id !== id) return;
    if (notices.report(reply)) document.value = reply.value;
  }
  function afterPause(): void {
    pause = null;
    if (isStale) void read();
  }
  function readSoon(): void {
    if (pause === null) void read();
    else isStale = true;
  }

  watch(
    () => run()?.id,
    () => {
      document.value = null;
      if (pause !== null) clearTimeout(pause);
      pause = null;
      readSoon();
    },
    { immediate: true },
  );
  watch([finishedTrials, () => run()?.status], readSoon);
  onScopeDispose(() => {
    if (pause !== null) clearTimeout(pause);
  });
  return document;
}
