import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { ExperimentCheck, Problem } from '#contract';
import { useDraftStore } from '../../stores/draft-store.ts';
import { readDraftText } from './draft/draft-document.ts';
import type { DraftDocument } from './draft/draft-document.ts';
import { valueAt } from './draft/draft-path.ts';
import { textFromValue } from './draft/written-value.ts';
import { provideDraftForm } from './form/draft-form.ts';
import type { DraftForm } from './form/draft-form.ts';
import { useExperimentCheck } from './start/use-experiment-check.ts';

/** The draft as the page shows it. */
export type DraftOnPage = {
  readonly form: DraftForm;
  readonly document: ComputedRef<DraftDocument>;
  /** Whether the text is YAML; the form waits while it is not. */
  readonly isReadable: ComputedRef<boolean>;
  /** Whether there was ever something for the form to show. */
  readonly hasForm: ComputedRef<boolean>;
  readonly title: ComputedRef<string>;
  readonly problems: ComputedRef<readonly Problem[]>;
  readonly plan: ComputedRef<ExperimentCheck | null>;
  /** Whether the plan is that of the text as it is now. */
  readonly isCurrent: ComputedRef<boolean>;
};

/** Reads the draft as it changes, and gives the form over it to the components of the page. */
export function useDraftOnPage(): DraftOnPage {
  const draft = useDraftStore();
  const document = computed(() => readDraftText(draft.text));
  const isReadable = computed(() => document.value.value !== undefined);
  /** What the form shows: the draft, or while that cannot be read, what it was before. */
  const readable = shallowRef(document.value);
  watch(
    document,
    (next) => {
      if (next.value !== undefined) readable.value = next;
    },
    { flush: 'sync' },
  );
  const check = useExperimentCheck(document);
  const form = provideDraftForm(
    computed(() => readable.value),
    check.problems,
    draft.change,
  );
  return {
    form,
    document,
    isReadable,
    hasForm: computed(() => readable.value.value !== undefined),
    title: computed(() => textFromValue(valueAt(readable.value.value, ['title']))),
    ...check,
  };
}
