import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { ExperimentCheck, Problem } from '#contract';
import { useLab } from '../../../lab-access.ts';
import { useNoticesStore } from '../../../stores/notices-store.ts';
import type { DraftDocument } from '../draft/draft-document.ts';

/** What the laboratory says about a draft before it runs. */
export type DraftCheck = {
  /** Mistakes in the text, else those the laboratory found in what the text names. */
  readonly problems: ComputedRef<readonly Problem[]>;
  /** Trials, I/Os and time of the latest text without a mistake; null before there was one. */
  readonly plan: ComputedRef<ExperimentCheck | null>;
  /** Whether the plan is that of the text as it is now. */
  readonly isCurrent: ComputedRef<boolean>;
};

const PAUSE_MS = 250;

/** Asks the laboratory about a draft, a moment after each change. */
export function useExperimentCheck(document: ComputedRef<DraftDocument>): DraftCheck {
  const lab = useLab();
  const notices = useNoticesStore();
  const answer = shallowRef<{ readonly text: string; readonly check: ExperimentCheck } | null>(
    null,
  );
  const plan = shallowRef<ExperimentCheck | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(text: string): Promise<void> {
    const reply = await lab.checkExperiment({ text });
    if (text !== document.value.text || !notices.report(reply)) return;
    answer.value = { text, check: reply.value };
    if (reply.value.problems.length === 0) plan.value = reply.value;
  }

  watch(
    document,
    ({ text, file }) => {
      clearTimeout(timer);
      // What is wrong with the text itself is known here already.
      if (file !== null) timer = setTimeout(() => void ask(text), PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  const current = computed(() =>
    answer.value?.text === document.value.text ? answer.value.check : null,
  );
  return {
    problems: computed(() =>
      document.value.problems.length > 0
        ? document.value.problems
        : (current.value?.problems ?? []),
    ),
    plan: computed(() => plan.value),
    isCurrent: computed(() => current.value !== null && current.value.problems.length === 0),
  };
}
