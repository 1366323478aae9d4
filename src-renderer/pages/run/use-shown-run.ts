import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useIntervalFn } from '@vueuse/core';
import { useRoute } from 'vue-router';
import type { RunProgress, RunRecord } from '#contract';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useRunStore } from '../../stores/run-store.ts';
import { queueOfRuns, runToShow } from './run-queue.ts';
import type { QueueOfRuns } from './run-queue.ts';
import { useRunRatesStore } from './run-rates-store.ts';
import { runSentence } from './run-words.ts';

export type ShownRun = {
  readonly queue: ComputedRef<QueueOfRuns>;
  /** The run of the address; null where it names none. */
  readonly askedId: ComputedRef<string | null>;
  readonly run: ComputedRef<RunRecord | undefined>;
  readonly progress: ComputedRef<RunProgress | undefined>;
  readonly finishedTrials: ComputedRef<number>;
  readonly isCancelling: ComputedRef<boolean>;
  /** How it is doing or how it ended. */
  readonly sentence: ComputedRef<string>;
  readonly elapsedMs: ComputedRef<number>;
  readonly remainingMs: ComputedRef<number | null>;
};

const CLOCK_MS = 500;

/** The run of the page: that of the address, else the running one or the latest. */
export function useShownRun(): ShownRun {
  const route = useRoute();
  const library = useLibraryStore();
  const runs = useRunStore();
  const rates = useRunRatesStore();
  const now = shallowRef(Date.now());
  useIntervalFn(() => (now.value = Date.now()), CLOCK_MS);

  const queue = computed(() => queueOfRuns(library.runs, runs.progressById));
  const askedId = computed(() => {
    const { runId } = route.params;
    return typeof runId === 'string' && runId !== '' ? runId : null;
  });
  /** What is shown stays shown when it ends; otherwise the next one would take its place. */
  const keptId = shallowRef<string | null>(null);
  const run = computed(() => {
    if (askedId.value !== null) return library.runsById.get(askedId.value);
    const kept = keptId.value === null ? undefined : library.runsById.get(keptId.value);
    return kept ?? runToShow(queue.value);
  });
  watch(run, (shown) => (keptId.value = shown?.id ?? null), { immediate: true });

  const progress = computed(() => runs.progressById.get(run.value?.id ?? ''));
  const isCancelling = computed(() => runs.cancellingIds.has(run.value?.id ?? ''));
  return {
    queue,
    askedId,
    run,
    progress,
    isCancelling,
    finishedTrials: computed(() =>
      Math.max(progress.value?.finishedTrials ?? 0, run.value?.finishedTrials ?? 0),
    ),
    sentence: computed(() => {
      if (run.value === undefined) return '';
      const at = queue.value.waiting.indexOf(run.value);
      const before = at < 0 ? 0 : at + queue.value.running.length;
      return runSentence(run.value, { before, isCancelling: isCancelling.value });
    }),
    elapsedMs: computed(() => {
      if (run.value === undefined) return 0;
      const began = rates.beganById.get(run.value.id) ?? new Date(run.value.startedAt).getTime();
      return Math.max(0, now.value - began);
    }),
    remainingMs: computed(() => {
      const seconds = progress.value?.remainingSeconds ?? null;
      return seconds === null ? null : seconds * 1000;
    }),
  };
}
