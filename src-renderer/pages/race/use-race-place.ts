import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useRaceStore } from '../../stores/race-store.ts';
import { placeFromQuery, queryFromPlace, START } from './place.ts';
import type { Place } from './place.ts';

/** A browser refuses addresses that change with every key held down. Unit: milliseconds. */
const ADDRESS_PAUSE_MS = 250;

/** Where the page stands, kept in the address and, while other pages are open, in the store. */
export function useRacePlace(): {
  readonly place: ShallowRef<Place>;
  readonly go: (change: Partial<Place>) => void;
} {
  const route = useRoute();
  const router = useRouter();
  const store = useRaceStore();
  const kept = store.address === null ? null : placeFromQuery(store.address);
  const place = shallowRef<Place>(placeFromQuery(route.query) ?? kept ?? START);
  let pause: ReturnType<typeof setTimeout> | null = null;

  function go(change: Partial<Place>): void {
    place.value = { ...place.value, ...change };
  }

  function writeAddress(): void {
    pause = null;
    void router.replace({ name: 'race', query: queryFromPlace(place.value) });
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
      if (route.name !== 'race') return;
      const asked = placeFromQuery(query);
      const isOwn = JSON.stringify(asked) === JSON.stringify(place.value);
      if (asked !== null && !isOwn && pause === null) place.value = asked;
      else if (asked === null) scheduleAddress();
    },
  );
  onScopeDispose(() => {
    if (pause !== null) clearTimeout(pause);
  });
  return { place, go };
}
