import { notApplicableWarning } from '#contract';
import type { RunDocument } from '#contract';
import { lowerFirst } from '../../../charts/words.ts';
import { counted } from '../../../sentences.ts';
import type { Case, Comparison, RunTrial } from './comparison.ts';
import { parameterText, parameterTitle } from './parameters.ts';
import type { TrialParameter } from './parameters.ts';

function shortId({ run }: RunDocument): string {
  return run.slice(0, 8);
}

function unfinished(runs: readonly RunDocument[]): string[] {
  return runs
    .filter(({ status }) => status !== 'finished')
    .map(
      (run) =>
        `Run ${shortId(run)} is ${run.status}: it has ${run.trials.length} of ${counted(run.plannedTrials, 'trial')}.`,
    );
}

/** Facts of whole runs that decide whether their figures may stand beside each other. */
const RUN_FACTS = [
  {
    name: 'seed',
    valueOf: ({ seed }: RunDocument): string => String(seed),
    meaning: 'they drew different I/Os',
  },
  {
    name: 'version of the core',
    valueOf: ({ environment }: RunDocument): string => environment.coreVersion,
    meaning: 'they were simulated by different rules',
  },
] as const;

/** One thing in which runs are not alike. */
type RunDifference = {
  readonly name: string;
  readonly values: readonly string[];
  readonly meaning: string;
};

function differingFacts(runs: readonly RunDocument[]): readonly RunDifference[] {
  return RUN_FACTS.map(({ name, valueOf, meaning }) => ({
    name,
    values: [...new Set(runs.map(valueOf))],
    meaning,
  })).filter(({ values }) => values.length > 1);
}

const MEANINGS: Partial<Readonly<Record<TrialParameter, string>>> = {
  costModel: 'they are priced by different cost models',
  tracer: 'the tracer was on in one and off in another',
  count: 'they measured different numbers of I/Os',
};

function differingParameters(comparison: Comparison): readonly RunDifference[] {
  const { differing, cases, subjects } = comparison;
  return differing.flatMap((name) => {
    const meaning = MEANINGS[name];
    if (meaning === undefined) return [];
    const values = subjects.map((_, subject) => {
      const one = cases.find((each) => each.subject === subject);
      return parameterText(name, one?.parameters[name] ?? null);
    });
    return { name: lowerFirst(parameterTitle(name)), values: [...new Set(values)], meaning };
  });
}

/** What stands in the way of holding the figures of runs against each other. */
function runDifferences(comparison: Comparison): readonly RunDifference[] {
  return comparison.kind === 'runs'
    ? [...differingFacts(comparison.runs), ...differingParameters(comparison)]
    : [];
}

/** Everything of a trial that a document names; its id depends on the contents behind the names too. */
function nameOf({ trial }: RunTrial, coreVersion: string | undefined): string {
  const { layout, strategyName, costModel, tracer, parameters, policies, seed, replicate } = trial;
  const named = { layout, strategyName, costModel, tracer, parameters, policies, seed, replicate };
  return JSON.stringify([coreVersion, named]);
}

function changedContents({ runs, cases }: Comparison): string[] {
  const versions = new Map(runs.map(({ run, environment }) => [run, environment.coreVersion]));
  const ids = new Map<string, Set<string>>();
  for (const one of cases.flatMap(({ trials }) => trials)) {
    const name = nameOf(one, versions.get(one.runId));
    ids.set(name, (ids.get(name) ?? new Set<string>()).add(one.trial.id));
  }
  return [...ids.values()].some((contents) => contents.size > 1)
    ? ['A layout or cost model of the same name does not have the same contents in all runs.']
    : [];
}

function withoutPartners({ cases, subjects }: Comparison): string[] {
  const groups = Map.groupBy(cases, ({ group }) => group);
  const lonely = [...groups.values()].filter((members) => members.length < subjects.length);
  if (lonely.length === 0) return [];
  return [
    `${counted(lonely.length, 'group')} of ${groups.size} cannot be compared throughout: not all have such trials.`,
  ];
}

function notApplicable(cases: readonly Case[]): readonly string[] {
  const reasons = cases
    .flatMap(({ trials }) => trials)
    .flatMap(({ trial }) => (trial.status === 'not-applicable' ? [trial.reason ?? ''] : []));
  return notApplicableWarning(reasons);
}

function tooFewReplicates({ mostReplicates }: Comparison): string[] {
  return mostReplicates === 1
    ? [
        'One replicate says nothing about chance: changes have no interval. Ask for replicates in the experiment to get one.',
      ]
    : [];
}

/** What a reader should know before trusting a comparison, a sentence each. */
export function comparabilityWarnings(comparison: Comparison): readonly string[] {
  const { runs, cases } = comparison;
  return [
    ...runDifferences(comparison).map(
      ({ name, values, meaning }) =>
        `The runs differ in ${name} (${values.join(', ')}): ${meaning}.`,
    ),
    ...unfinished(runs),
    ...changedContents(comparison),
    ...withoutPartners(comparison),
    ...notApplicable(cases),
    ...tooFewReplicates(comparison),
  ];
}

/** `layout, strategy and block size`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Whether any trial has one of another subject to be held against. */
function hasPartners({ cases, subjects }: Comparison): boolean {
  const groups = Map.groupBy(cases, ({ group }) => group);
  return subjects.length < 2 || [...groups.values()].some((members) => members.length > 1);
}

/** What matters most in one sentence, where there are several; empty where a warning says it all. */
export function comparabilityHeadline(comparison: Comparison): string {
  if (!hasPartners(comparison)) {
    const { kind, matched } = comparison;
    const titles = matched.map((name) => lowerFirst(parameterTitle(name)));
    return `Nothing can be held against the baseline: no trials of two ${kind} agree in ${listed(titles)}.`;
  }
  const names = runDifferences(comparison).map(({ name }) => name);
  return names.length < 2
    ? ''
    : `The runs differ in ${listed(names)}: not all of a change is what was changed on purpose.`;
}
