import { computed, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { explainIo, findExtent, PAGE_BYTES } from '#core';
import type { ExplainInput } from '#core';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import type { Priced } from './ledger/ledger-rows.ts';
import type { Side } from './question/address.ts';
import type { Question } from './question/question.ts';
import { readQuestion } from './question/read-question.ts';
import type { QuestionReading } from './question/read-question.ts';
import { storyFromExplanation } from './steps/story.ts';
import type { Story } from './steps/story.ts';
import { useLayouts } from './use-layouts.ts';

/** One strategy on the I/O. */
export type Answer = Priced & { readonly input: ExplainInput };

export type Explained = {
  readonly reading: ComputedRef<QuestionReading>;
  readonly answers: ComputedRef<Readonly<Record<Side, Answer | null>>>;
  readonly stories: ComputedRef<Readonly<Record<Side, Story | null>>>;
  /** The next mapped byte where nothing is mapped at the offset, else null. */
  readonly mappedOffset: ComputedRef<number | null>;
};

function answer(input: ExplainInput | null): Answer | null {
  if (input === null) return null;
  return { input, explanation: explainIo(input), costModel: input.costModel };
}

function story(found: Answer | null): Story | null {
  return found === null ? null : storyFromExplanation(found.explanation, found.input.layout);
}

function nextMappedOffset(input: ExplainInput | null): number | null {
  if (input === null) return null;
  const { layout, request } = input;
  const page = Math.floor(request.offset / PAGE_BYTES);
  const next = layout.vaPage.at(findExtent(layout, page)) ?? 0;
  return next > page ? next * PAGE_BYTES : null;
}

/** Counts what is asked, as it is typed. */
export function useExplained(question: ComputedRef<Question>): Explained {
  const catalogue = useCatalogueStore();
  const layouts = useLayouts();
  const layoutWords = computed(() => question.value.layout);
  const layout = computed(() => layouts.read(layoutWords.value));
  const models = computed(() => catalogue.catalogue?.costModels ?? null);
  const reading = computed(() => readQuestion(question.value, layout.value, models.value));
  const answers = computed(() => {
    const { strategy, beside } = reading.value.inputs;
    return { strategy: answer(strategy), beside: answer(beside) };
  });
  const stories = computed(() => {
    const { strategy, beside } = answers.value;
    return { strategy: story(strategy), beside: story(beside) };
  });
  const mappedOffset = computed(() => {
    const { strategy, beside } = reading.value.inputs;
    return nextMappedOffset(strategy ?? beside);
  });

  watch(
    () => [layoutWords.value, catalogue.catalogue] as const,
    ([words]) => void layouts.load(words),
    { immediate: true },
  );
  return { reading, answers, stories, mappedOffset };
}
