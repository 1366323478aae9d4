import { onScopeDispose, shallowRef, watch } from 'vue';
import type { ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { LocationQuery } from 'vue-router';
import { replaceOwnAddress } from '../own-address.ts';

/** The query of an address, as words. */
type PlaceQuery = Readonly<Record<string, string | string[]>>;

/** How a page writes where it stands, and reads it back. */
export type PlaceKeeper<Place> = {
  /** The name of the page's route. */
  readonly page: string;
  /** Where the page stands when neither the address nor the store knows. */
  readonly start: Place;
  readonly queryFromPlace: (place: Place) => PlaceQuery;
  readonly placeFromQuery: (query: LocationQuery) => Place | null;
  /** A store that keeps the query while other pages are open. */
  readonly store: { address: PlaceQuery | null };
};

/** A browser refuses addresses that change with every key held down. Unit: milliseconds. */
const ADDRESS_PAUSE_MS = 250;

/** Where a page stands, kept in the address and, while other pages are open, in a store. */
export function useKeptPlace<Place>(keeper: PlaceKeeper<Place>): ShallowRef<Place> {
  const { page, start, queryFromPlace, placeFromQuery, store } = keeper;
  const route = useRoute();
  const router = useRouter();
  const kept = store.address === null ? null : placeFromQuery(store.address);
  const place: ShallowRef<Place> = shallowRef(placeFromQuery(route.query) ?? kept ?? start);
  let pause: ReturnType<typeof setTimeout> | null = null;

  function writeAddress(): void {
    pause = null;
    void replaceOwnAddress(router, { name: page, query: queryFromPlace(place.value) });
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
      if (route.name !== page) return;
      const asked = placeFromQuery(query);
      const isOwn = JSON.stringify(asked) === JSON.stringify(place.value);
      if (asked !== null && !isOwn && pause === null) place.value = asked;
      else if (asked === null) scheduleAddress();
    },
  );
  onScopeDispose(() => {
    if (pause !== null) clearTimeout(pause);
  });
  return place;
}
