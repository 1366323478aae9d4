import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { RepeatCheck, RunRecord } from '#contract';
import type { Library } from '../library/index.ts';

/** The results of a run by the ids of its trials, each as a digest: they would not fit in memory. */
async function resultDigests(library: Library, runId: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { parameters, result } of library.trials(runId)) {
    digests.set(parameters.id, createHash('sha256').update(serialize(result)).digest('hex'));
    await nextTurn();
  }
  return digests;
}

/**
 * Checks whether a run that repeats another one found the same, to the last count and bucket.
 *
 * @param run  Over, whatever its end.
 * @returns Null for a run that repeats none: its parent is gone, or it takes over the trials of one that
 *   was not finished.
 */
export async function checkRepeat(library: Library, run: RunRecord): Promise<RepeatCheck | null> {
  const original = run.parentRunId === null ? null : library.findRun(run.parentRunId);
  if (original?.status !== 'finished') return null;
  const [before, after] = [
    await resultDigests(library, original.id),
    await resultDigests(library, run.id),
  ];
  const shared = [...after].filter(([trialId]) => before.has(trialId));
  const identical = shared.filter(([trialId, digest]) => before.get(trialId) === digest);
  return { originalRunId: original.id, compared: shared.length, identical: identical.length };
}
