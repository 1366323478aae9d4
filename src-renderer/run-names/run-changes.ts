import type { RunRecord } from '#contract';
import { experimentChanges } from './experiment-changes.ts';
import { experimentValue } from './experiment-value.ts';
import type { ExperimentMap } from './experiment-value.ts';

/** What of a run decides how it is named. */
export type NamedRun = Pick<
  RunRecord,
  'id' | 'experimentName' | 'experimentText' | 'startedAt' | 'parentRunId' | 'status'
>;

/** A run and the one it is told apart from. */
export type RunPair = { readonly run: NamedRun; readonly before: NamedRun };

/**
 * Finds for each run the one it is told apart from: the run it comes from, else the last one before it of
 * the same experiment. The first run of an experiment has none.
 */
export function runPairs(runs: readonly NamedRun[]): readonly RunPair[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const latest = new Map<string, NamedRun>();
  return runs
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    .flatMap((run) => {
      const before = byId.get(run.parentRunId ?? '') ?? latest.get(run.experimentName);
      latest.set(run.experimentName, run);
      return before === undefined ? [] : [{ run, before }];
    });
}

/** Reads experiments, each text once. */
export function createExperimentReader(): (text: string) => ExperimentMap {
  const read = new Map<string, ExperimentMap>();
  return (text) => {
    const known = read.get(text);
    if (known !== undefined) return known;
    const value = experimentValue(text);
    read.set(text, value);
    return value;
  };
}

/** What changed from one run to the other, in words: what names the later one. */
export function runChanges(
  { run, before }: RunPair,
  read: (text: string) => ExperimentMap,
): readonly string[] {
  const isSame = run.experimentText === before.experimentText;
  const changes = isSame
    ? []
    : experimentChanges(read(before.experimentText), read(run.experimentText));
  if (changes.length > 0) return changes;
  const isResumed = run.parentRunId === before.id && before.status !== 'finished';
  return [isResumed ? 'resumed' : 'again'];
}

const MOST_SHOWN = 3;

/** Changes on one line: the first few, and how many more there are. */
export function changesText(changes: readonly string[]): string {
  const more = changes.length - MOST_SHOWN;
  const shown = changes.slice(0, MOST_SHOWN).join(' · ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
