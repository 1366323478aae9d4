import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useKeptPlace } from '../../composables/use-kept-place.ts';
import { useExplainStore } from '../../stores/explain-store.ts';
import { placeFromQuery, queryFromPlace } from './question/address.ts';
import type { Place } from './question/address.ts';
import type { Question } from './question/question.ts';
import { TALK_QUESTION } from './question/sample-questions.ts';

export type PlaceOfPage = {
  readonly place: ShallowRef<Place>;
  readonly question: ComputedRef<Question>;
  /** Changes parts of the question; the walk starts over. */
  readonly ask: (change: Partial<Question>) => void;
  readonly go: (change: Partial<Omit<Place, 'question'>>) => void;
};

const START: Place = {
  question: TALK_QUESTION,
  view: 'steps',
  side: 'strategy',
  step: 0,
  trace: null,
};

/** Where the page stands, kept in the address and, while other pages are open, in the store. */
export function usePlace(): PlaceOfPage {
  const store = useExplainStore();
  const page = 'explain';
  const place = useKeptPlace({ page, start: START, queryFromPlace, placeFromQuery, store });
  const question = computed(() => place.value.question);

  function ask(change: Partial<Question>): void {
    const next = { ...place.value.question, ...change };
    const side = next.beside === null ? 'strategy' : place.value.side;
    place.value = { ...place.value, question: next, side, step: 0 };
  }
  function go(change: Partial<Omit<Place, 'question'>>): void {
    place.value = { ...place.value, ...change };
  }
  return { place, question, ask, go };
}
