import { shallowRef } from 'vue';
import { defineStore } from 'pinia';

/** The query of an address: what is explored and walked through, as words. */
export type RaceAddress = Readonly<Record<string, string | string[]>>;

/** What the Race page keeps while other pages are open. */
export const useRaceStore = defineStore('race', () => {
  /** What was shown last; null before the first time. */
  const address = shallowRef<RaceAddress | null>(null);
  const settingsAreShown = shallowRef(true);
  return { address, settingsAreShown };
});
