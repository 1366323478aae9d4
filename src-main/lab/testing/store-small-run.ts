import { simulate } from '#core';
import type { Trial } from '#core';
import type { RunRecord } from '#contract';
import type { Library, RunEnd, RunStart } from '../index.ts';
import { storedTrialFromResult } from '../queue/stored-trial.ts';
import { startSmallRun } from './start-small-run.ts';

/** Simulates trials here and now and stores them as a run that has ended. */
export function storeSmallRun(
  library: Library,
  trials: readonly Trial[],
  changes: Partial<RunStart & Pick<RunEnd, 'status'>> = {},
): RunRecord {
  const { status = 'finished', ...start } = changes;
  const run = startSmallRun(library, trials.length, start);
  const stored = trials.map((trial, position) =>
    storedTrialFromResult({ trial, position }, simulate(trial)),
  );
  library.appendTrials(run.id, stored);
  return library.endRun(run.id, { status, expectations: [] });
}
