import { notApplicableWarning } from '#contract';
import type { RunRecord } from '#contract';
import type { SubjectDifference } from './comparison.ts';
import type { SubjectTrials, TrialGroup } from './groups.ts';
import type { MeasuredTrial } from './measured-trials.ts';

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function shortId(run: RunRecord): string {
  return run.id.slice(0, 8);
}

function unfinishedRuns(runs: readonly RunRecord[]): string[] {
  return runs
    .filter(({ status }) => status !== 'finished')
    .map(
      (run) =>
        `Run ${shortId(run)} is ${run.status}: it has ${run.finishedTrials} of ${countText(run.plannedTrials, 'trial')}.`,
    );
}

/** Digests by name, in every subject that has the name. */
function namesWithTwoContents(
  trials: readonly MeasuredTrial[],
  nameOf: (trial: MeasuredTrial) => string | number,
  digestOf: (trial: MeasuredTrial) => string,
): string[] {
  const digests = new Map<string, Set<string>>();
  for (const trial of trials) {
    const name = String(nameOf(trial));
    digests.set(name, (digests.get(name) ?? new Set<string>()).add(digestOf(trial)));
  }
  return [...digests].filter(([, contents]) => contents.size > 1).map(([name]) => name);
}

function changedContents(trials: readonly MeasuredTrial[]): string[] {
  const layouts = namesWithTwoContents(
    trials,
    ({ identity }) => identity.layout,
    ({ layoutDigest }) => layoutDigest,
  );
  const costModels = namesWithTwoContents(
    trials,
    ({ identity }) => identity.costModel,
    ({ costModelDigest }) => costModelDigest,
  );
  return [
    ...layouts.map((name) => `Layout ${name} is not the same memory in all runs.`),
    ...costModels.map((name) => `Cost model ${name} does not have the same figures in all runs.`),
  ];
}

const MEANINGS: Readonly<Record<string, string>> = {
  coreVersion: 'they were simulated by different versions of the core',
  costModel: 'they are priced by different cost models',
  tracer: 'the tracer was on in one and off in another',
  count: 'they measured different numbers of I/Os',
  seed: 'they drew different I/Os',
};

function differencesThatMatter(differences: readonly SubjectDifference[]): string[] {
  return differences.flatMap(({ parameter, values }) => {
    const meaning = MEANINGS[parameter];
    return meaning === undefined
      ? []
      : [`The runs differ in ${parameter} (${values.join(', ')}): ${meaning}.`];
  });
}

function missingPartners(groups: readonly TrialGroup[]): string[] {
  const lonely = groups.filter(({ replicates }) =>
    replicates.some((trials) => trials.length === 0),
  );
  if (lonely.length === 0) return [];
  return [
    `${countText(lonely.length, 'row')} of ${groups.length} cannot be compared throughout: not all have such trials.`,
  ];
}

function notApplicable(trials: readonly MeasuredTrial[]): readonly string[] {
  const reasons = trials.map(({ reason }) => reason).filter((reason) => reason !== null);
  return notApplicableWarning(reasons);
}

function tooFewReplicates(groups: readonly TrialGroup[]): string[] {
  const isThin = groups.some(({ replicates }) => replicates.some((trials) => trials.length === 1));
  return isThin
    ? ['One replicate says nothing about chance: differences marked ? have no interval.']
    : [];
}

/** What a reader should know before trusting a comparison, a sentence each. */
export function comparabilityWarnings(
  runs: readonly RunRecord[],
  subjects: readonly SubjectTrials[],
  differences: readonly SubjectDifference[],
  groups: readonly TrialGroup[],
): string[] {
  const trials = subjects.flatMap((subject) => subject.trials);
  return [
    ...unfinishedRuns(runs),
    ...(runs.length > 1 ? differencesThatMatter(differences) : []),
    ...changedContents(trials),
    ...missingPartners(groups),
    ...notApplicable(trials),
    ...tooFewReplicates(groups),
  ];
}
