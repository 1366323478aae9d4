import type { ShallowRef } from 'vue';
import { useKeptPlace } from '../../composables/use-kept-place.ts';
import { useCalibrateStore } from '../../stores/calibrate-store.ts';
import { placeFromQuery, queryFromPlace, START } from './place.ts';
import type { Place } from './place.ts';

/** Where the page stands, kept in the address and, while other pages are open, in the store. */
export function useCalibratePlace(): {
  readonly place: ShallowRef<Place>;
  readonly go: (change: Partial<Place>) => void;
} {
  const store = useCalibrateStore();
  const page = 'calibrate';
  const place = useKeptPlace({ page, start: START, queryFromPlace, placeFromQuery, store });
  function go(change: Partial<Place>): void {
    place.value = { ...place.value, ...change };
  }
  return { place, go };
}
