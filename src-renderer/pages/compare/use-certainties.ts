import { onScopeDispose, shallowRef, watch } from 'vue';
import type { Case } from './model/comparison.ts';
import { measureCertainty } from './model/differences.ts';
import type { Certainty } from './model/differences.ts';
import type { FigureReader, PairedSamples } from './model/figures.ts';
import type { Metric } from './model/metrics.ts';

/** Work between two chances for the window to draw. */
const SLICE_MS = 8;
/** What has been worked out is shown this often. */
const SHOW_EVERY_MS = 150;

/** Intervals of changes, worked out between frames as they are asked for. */
export type Certainties = {
  /** Null while it is not known yet, and where replicates are too few. Read reactively. */
  readonly of: (one: Case, metric: Metric) => Certainty | null;
  /** Resolves when everything asked for is known. */
  readonly settled: () => Promise<void>;
};

export function useCertainties(reader: () => FigureReader): Certainties {
  const version = shallowRef(0);
  const known = new Map<string, Certainty | null>();
  const waiting = new Map<string, PairedSamples>();
  let listeners: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let shownAt = 0;

  function workOnSlice(): void {
    timer = null;
    const began = performance.now();
    for (const [key, { baseline, candidate }] of waiting) {
      waiting.delete(key);
      known.set(key, measureCertainty(baseline, candidate));
      if (performance.now() - began > SLICE_MS) break;
    }
    if (waiting.size === 0 || performance.now() - shownAt > SHOW_EVERY_MS) {
      shownAt = performance.now();
      version.value += 1;
    }
    if (waiting.size > 0) timer = setTimeout(workOnSlice);
    else settle();
  }

  function settle(): void {
    const done = listeners;
    listeners = [];
    for (const resolve of done) resolve();
  }

  function clear(): void {
    known.clear();
    waiting.clear();
    if (timer !== null) clearTimeout(timer);
    timer = null;
    settle();
  }
  watch(reader, clear, { flush: 'sync' });
  onScopeDispose(clear);

  function certaintyOf(one: Case, metric: Metric): Certainty | null {
    const key = `${one.id} ${metric.name}`;
    // Reading the version makes the reader draw again when more is known.
    const found = version.value >= 0 ? known.get(key) : undefined;
    if (found !== undefined) return found;
    const pair = reader().samplesOf(one, metric);
    if (pair === null || pair.baseline.figures.length < 2 || pair.candidate.figures.length < 2) {
      return null;
    }
    waiting.set(key, pair);
    timer ??= setTimeout(workOnSlice);
    return null;
  }

  return {
    of: certaintyOf,
    settled: () =>
      waiting.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            listeners.push(resolve);
          }),
  };
}
