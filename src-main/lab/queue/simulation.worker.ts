import { simulate } from '#core';
import type { Trial, TrialResult } from '#core';

/**
 * Simulates one trial in a worker thread and forgets it.
 *
 * The pool calls it by name. One message goes in, a trial whose layout columns lie in shared memory;
 * one comes out, its result. An error is the core's and says which promise the trial broke.
 */
export function run(trial: Trial): TrialResult {
  return simulate(trial);
}
