import type { TrialIdentity } from '#contract';
import type { MeasuredTrial } from './measured-trials.ts';

export type ParameterName = keyof TrialIdentity;

/** The trials of one subject of a comparison. */
export type SubjectTrials = {
  readonly id: string;
  readonly name: string;
  readonly trials: readonly MeasuredTrial[];
};

/** The parameters of trials, apart from the replicate, which is averaged over. */
export function parameterNames(identity: TrialIdentity): readonly ParameterName[] {
  const isName = (key: string): key is ParameterName => key !== 'replicate';
  return Object.keys(identity).filter(isName);
}

/** The one value that all trials have, or null. */
export function sharedValue(
  trials: readonly MeasuredTrial[],
  name: ParameterName,
): string | number | null {
  const first = trials.at(0)?.identity[name];
  if (first === undefined) return null;
  return trials.every(({ identity }) => identity[name] === first) ? first : null;
}

/** What tells rows from each other, and what tells subjects from each other. */
export type ParameterRoles = {
  /** Trials of two subjects match when these are equal. */
  readonly matched: readonly ParameterName[];
  /** Constant within each subject, different between them. */
  readonly differing: readonly ParameterName[];
};

/**
 * Sorts the parameters of trials by what they tell apart. One that each subject holds at a value of its
 * own, such as the block size of two runs that differ in nothing else, tells the subjects apart and not
 * the rows: the rows would have nothing to be compared with.
 */
export function assignRoles(subjects: readonly SubjectTrials[]): ParameterRoles {
  const all = subjects.flatMap(({ trials }) => trials);
  const first = all.at(0);
  const names = first === undefined ? [] : parameterNames(first.identity);
  const varying = names.filter((name) => sharedValue(all, name) === null);
  const differing = varying.filter((name) =>
    subjects.every(({ trials }) => trials.length === 0 || sharedValue(trials, name) !== null),
  );
  return { matched: varying.filter((name) => !differing.includes(name)), differing };
}

/** Trials that are replicates of each other, by subject. */
export type TrialGroup = {
  readonly parameters: readonly (string | number)[];
  /** In the order of the subjects; in each, one trial per replicate. */
  readonly replicates: readonly (readonly MeasuredTrial[])[];
};

/** Matches the trials of all subjects, in the order in which their parameters first occur. */
export function matchTrials(
  subjects: readonly SubjectTrials[],
  matched: readonly ParameterName[],
): readonly TrialGroup[] {
  const groups = new Map<
    string,
    { parameters: (string | number)[]; replicates: MeasuredTrial[][] }
  >();
  for (const [index, { trials }] of subjects.entries()) {
    for (const trial of trials) {
      const parameters = matched.map((name) => trial.identity[name]);
      const key = JSON.stringify(parameters);
      const group = groups.get(key) ?? { parameters, replicates: subjects.map(() => []) };
      group.replicates[index]?.push(trial);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
