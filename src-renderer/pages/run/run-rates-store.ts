import { onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { useLab } from '../../lab-access.ts';
import { withSample } from './sparkline.ts';
import type { Sample } from './sparkline.ts';

/** How fast runs are, and since when they move; kept while other pages are open. */
export const useRunRatesStore = defineStore('run-rates', () => {
  const lab = useLab();
  /** Simulated I/Os a second, by run. */
  const ratesById = shallowRef<ReadonlyMap<string, readonly Sample[]>>(new Map());
  /** When the first progress was told, by run. Unit: milliseconds since 1970. */
  const beganById = shallowRef<ReadonlyMap<string, number>>(new Map());

  onScopeDispose(
    lab.onRunProgressed(({ runId, iosPerSecond }) => {
      const at = Date.now();
      const samples = withSample(ratesById.value.get(runId) ?? [], { at, value: iosPerSecond });
      ratesById.value = new Map(ratesById.value).set(runId, samples);
      if (!beganById.value.has(runId)) beganById.value = new Map(beganById.value).set(runId, at);
    }),
  );
  return { ratesById, beganById };
});
