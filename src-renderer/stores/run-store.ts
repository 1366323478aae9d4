import { computed, onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply, RunProgress, RunStatus } from '#contract';
import { useLab } from '../lab-access.ts';

/** How a run ended while this window was open. */
export type RunEnd = { readonly runId: string; readonly status: RunStatus };

const STARTING = { finishedTrials: 0, plannedTrials: 0, iosPerSecond: 0, remainingSeconds: null };

/** Running runs and how far they are; filled by events, whatever page is open. */
export const useRunStore = defineStore('run', () => {
  const lab = useLab();
  const progressById = shallowRef<ReadonlyMap<string, RunProgress>>(new Map());
  const cancellingIds = shallowRef<ReadonlySet<string>>(new Set());
  /** The latest run to end, for a page that waits for it. */
  const lastEnd = shallowRef<RunEnd | null>(null);
  const running = computed(() => [...progressById.value.values()]);

  function without(runId: string): Map<string, RunProgress> {
    const left = new Map(progressById.value);
    left.delete(runId);
    return left;
  }

  function noteProgress(progress: RunProgress): void {
    progressById.value = new Map(progressById.value).set(progress.runId, progress);
  }

  function noteEnd(end: RunEnd): void {
    progressById.value = without(end.runId);
    cancellingIds.value = new Set([...cancellingIds.value].filter((id) => id !== end.runId));
    lastEnd.value = end;
  }

  /** Starts an experiment; `parentRunId` is the run it repeats. */
  async function start(
    text: string,
    sessionId: string,
    parentRunId: string | null,
  ): Promise<Reply<{ readonly runId: string }>> {
    // A short run can end before the answer to its start is here.
    const ended = new Set<string>();
    const stop = lab.onRunEnded(({ runId }) => ended.add(runId));
    const reply = await lab.startRun({ text, sessionId, parentRunId });
    stop();
    if (reply.ok) {
      const { runId } = reply.value;
      const isKnown = ended.has(runId) || progressById.value.has(runId);
      if (!isKnown) noteProgress({ runId, ...STARTING });
    }
    return reply;
  }

  /** Asks a run to stop; it goes on being shown until it has. */
  async function cancel(runId: string): Promise<Reply<null>> {
    cancellingIds.value = new Set(cancellingIds.value).add(runId);
    const reply = await lab.cancelRun({ runId });
    if (!reply.ok) {
      cancellingIds.value = new Set([...cancellingIds.value].filter((id) => id !== runId));
    }
    return reply;
  }

  const stops = [lab.onRunProgressed(noteProgress), lab.onRunEnded(noteEnd)];
  onScopeDispose(() => stops.forEach((stop) => stop()));

  return { progressById, running, cancellingIds, lastEnd, start, cancel };
});
