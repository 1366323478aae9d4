import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
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

const START: Place = { question: TALK_QUESTION, view: 'steps', side: 'strategy', step: 0 };
/** A browser refuses addresses that change with every key held down. Unit: milliseconds. */
const ADDRESS_PAUSE_MS = 250;

/** Where the page stands, kept in the address and, while other pages are open, in the store. */
export function usePlace(): PlaceOfPage {
  const route = useRoute();
  const router = useRouter();
  const store = useExplainStore();
  const kept = store.address === null ? null : placeFromQuery(store.address);
  const place = shallowRef<Place>(placeFromQuery(route.query) ?? kept ?? START);
  const question = computed(() => place.value.question);
  let pause: ReturnType<typeof setTimeout> | null = null;

  function ask(change: Partial<Question>): void {
    const next = { ...place.value.question, ...change };
    const side = next.beside === null ? 'strategy' : place.value.side;
    place.value = { ...place.value, question: next, side, step: 0 };
  }
  function go(change: Partial<Omit<Place, 'question'>>): void {
    place.value = { ...place.value, ...change };
  }

  function writeAddress(): void {
    pause = null;
    void router.replace({ name: 'explain', query: queryFromPlace(place.value) });
  }
  function scheduleAddress(): void {
    store.address = queryFromPlace(place.value);
    if (pause !== null) clearTimeout(pause);
    pause = setTimeout(writeAddress, ADDRESS_PAUSE_MS);
  }

  watch(place, scheduleAddress, { immediate: true });
  watch(
    () => route.query,
    (query) => {
      // Another page, or what was just written here.
      if (route.name !== 'explain') return;
      const asked = placeFromQuery(query);
      const isOwn = JSON.stringify(asked) === JSON.stringify(place.value);
      if (asked !== null && !isOwn && pause === null) place.value = asked;
      else if (asked === null) scheduleAddress();
    },
  );
  onScopeDispose(() => {
    if (pause !== null) clearTimeout(pause);
  });
  return { place, question, ask, go };
}
