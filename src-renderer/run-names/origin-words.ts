import type { RepeatCheck, RunRecord } from '#contract';
import { formatCount } from '../format.ts';
import { counted } from '../sentences.ts';

/** Where a run comes from, and whether what it found agrees with that. */
export type RunOrigin = {
  readonly sentence: string;
  /** What was checked: held, did not hold; null where there was nothing to check. */
  readonly isIdentical: boolean | null;
};

type Origin = Pick<RunRecord, 'id' | 'status'>;

function unchecked(sentence: string): RunOrigin {
  return { sentence, isIdentical: null };
}

/**
 * @param origin  The run it comes from; undefined when that is gone.
 * @param check   Null while it is not known, or there is none.
 */
export function runOrigin(
  run: Pick<RunRecord, 'finishedTrials'>,
  origin: Origin | undefined,
  check: RepeatCheck | null,
): RunOrigin {
  if (origin === undefined) return unchecked('It comes from a run that is not in the library.');
  const name = `run ${origin.id.slice(0, 8)}`;
  if (origin.status !== 'finished') return unchecked(`It goes on where ${name} ended.`);
  if (check === null || check.compared === 0) return unchecked(`It comes from ${name}.`);
  const { compared, identical } = check;
  const trials = counted(compared, 'trial');
  if (identical < compared) {
    const sentence = `Differs from ${name}: only ${formatCount(identical)} of ${trials} are identical.`;
    return { sentence, isIdentical: false };
  }
  const sentence =
    compared === run.finishedTrials
      ? `Identical to ${name}: ${formatCount(identical)} of ${trials}.`
      : `Identical to ${name} in the ${trials} they share.`;
  return { sentence, isIdentical: true };
}
