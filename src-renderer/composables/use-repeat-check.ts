import { shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import type { RepeatCheck, RunRecord } from '#contract';
import { useLab } from '../lab-access.ts';

type CheckedRun = Pick<RunRecord, 'id' | 'status' | 'parentRunId'>;

/** Whether a run that repeats another found the same; null while it is not known, or repeats none. */
export function useRepeatCheck(run: () => CheckedRun | undefined): ShallowRef<RepeatCheck | null> {
  const lab = useLab();
  const check = shallowRef<RepeatCheck | null>(null);
  watch(
    () => [run()?.id, run()?.status],
    async () => {
      check.value = null;
      const asked = run();
      if (asked === undefined || asked.parentRunId === null || asked.status === 'running') return;
      const reply = await lab.checkRepeat({ id: asked.id });
      // A run whose parent went meanwhile is shown without: that is no failure of the user's.
      if (reply.ok && run()?.id === asked.id) check.value = reply.value;
    },
    { immediate: true },
  );
  return check;
}
