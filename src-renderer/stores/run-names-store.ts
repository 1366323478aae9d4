import { onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { createExperimentReader, runChanges, runPairs } from '../run-names/run-changes.ts';
import type { NamedRun, RunPair } from '../run-names/run-changes.ts';

/** Reading experiments must not be felt: it goes on in pieces. Unit: milliseconds. */
const PIECE_MS = 8;
const PAUSE_MS = 16;

/** What each run changes against the one it is told apart from. */
export const useRunNamesStore = defineStore('run-names', () => {
  /** In words, by the id of the run; a run that changes nothing or was not read yet has none. */
  const changesById = shallowRef<ReadonlyMap<string, readonly string[]>>(new Map());
  const read = createExperimentReader();
  const known = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The texts of runs do not change, only whether the one before got to its end. */
  function changesOf(pair: RunPair): readonly string[] {
    const key = `${pair.before.id} ${pair.before.status} ${pair.run.id}`;
    const changes = known.get(key) ?? runChanges(pair, read);
    known.set(key, changes);
    return changes;
  }

  function readPiece(
    pairs: Iterator<RunPair>,
    found: Map<string, readonly string[]>,
    isFirst: boolean,
  ): void {
    const until = performance.now() + PIECE_MS;
    for (let next = pairs.next(); next.done !== true; next = pairs.next()) {
      found.set(next.value.run.id, changesOf(next.value));
      if (performance.now() < until) continue;
      // Names that are known already stay until all are read.
      if (isFirst && changesById.value.size === 0) changesById.value = new Map(found);
      timer = setTimeout(() => readPiece(pairs, found, false), PAUSE_MS);
      return;
    }
    changesById.value = found;
  }

  /** Names these runs, soon. */
  function follow(runs: readonly NamedRun[]): void {
    clearTimeout(timer);
    readPiece(runPairs(runs).values(), new Map(), true);
  }
  onScopeDispose(() => clearTimeout(timer));

  return { changesById, follow };
});
