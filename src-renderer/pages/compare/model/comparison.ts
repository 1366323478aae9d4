import type { RunDocument, RunDocumentTrial } from '#contract';
import { lowerFirst } from '../../../charts/words.ts';
import { parametersOf, parameterText, parameterTitle, TRIAL_PARAMETERS } from './parameters.ts';
import type { ParameterValue, ParameterValues, TrialParameter } from './parameters.ts';

/** A trial with the run it belongs to. */
export type RunTrial = { readonly runId: string; readonly trial: RunDocumentTrial };

/** What is compared: a run, or with a single run each of its strategies. */
export type Subject = {
  /** The run's UUID, or the strategy's name: what `compare --baseline` takes. */
  readonly id: string;
  readonly name: string;
};

/** Trials that differ in their replicate only: one row of the table, one series of a chart. */
export type Case = {
  /** Stays the same when other runs come and go. */
  readonly id: string;
  /** Index into `Comparison.subjects`. */
  readonly subject: number;
  /** Equal for cases of different subjects that can be compared with each other. */
  readonly group: string;
  readonly parameters: ParameterValues;
  /** By replicate, at least one. */
  readonly trials: readonly RunTrial[];
  /** Of the only trial; null for a case that has its replicates together. */
  readonly replicate: number | null;
};

/** Runs, or strategies of one run, beside each other. */
export type Comparison = {
  readonly kind: 'runs' | 'strategies';
  readonly runs: readonly RunDocument[];
  readonly subjects: readonly Subject[];
  /** Cases of two subjects match when these are equal. */
  readonly matched: readonly TrialParameter[];
  /** Constant within each subject, different between them. */
  readonly differing: readonly TrialParameter[];
  /** The same in all trials. */
  readonly constant: readonly TrialParameter[];
  readonly cases: readonly Case[];
  readonly mostReplicates: number;
};

type SubjectTrials = {
  readonly id: string;
  readonly trials: readonly (RunTrial & { readonly parameters: ParameterValues })[];
};

function withParameters(document: RunDocument): SubjectTrials['trials'] {
  return document.trials.map((trial) => ({
    runId: document.run,
    trial,
    parameters: parametersOf(trial),
  }));
}

function subjectsOf(runs: readonly RunDocument[]): readonly SubjectTrials[] {
  const [only, ...others] = runs;
  if (only === undefined) return [];
  if (others.length > 0) {
    return runs.map((document) => ({ id: document.run, trials: withParameters(document) }));
  }
  const byStrategy = Map.groupBy(withParameters(only), ({ trial }) => trial.strategyName);
  return [...byStrategy].map(([id, trials]) => ({ id, trials }));
}

function isShared(trials: SubjectTrials['trials'], name: TrialParameter): boolean {
  const first = trials[0]?.parameters[name];
  return trials.every(({ parameters }) => parameters[name] === first);
}

/**
 * Sorts parameters by what they tell apart. One that each subject holds at a value of its own, such as
 * the block size of two runs that differ in nothing else, tells the subjects apart and not the rows:
 * the rows would have nothing to be compared with.
 */
function rolesOf(
  subjects: readonly SubjectTrials[],
): Pick<Comparison, 'matched' | 'differing' | 'constant'> {
  const all = subjects.flatMap(({ trials }) => trials);
  const varying = TRIAL_PARAMETERS.filter((name) => !isShared(all, name));
  const differing = varying.filter((name) =>
    subjects.every(({ trials }) => isShared(trials, name)),
  );
  return {
    matched: varying.filter((name) => !differing.includes(name)),
    differing,
    constant: TRIAL_PARAMETERS.filter((name) => !varying.includes(name)),
  };
}

const SHORT_ID = 8;
const MOST_IN_NAME = 2;

/** Words and sizes speak for themselves; a plain figure needs its title. */
function valueInName(name: TrialParameter, value: ParameterValue): string {
  const text = parameterText(name, value);
  return /^\p{L}|[a-zB]$/u.test(text) ? text : `${lowerFirst(parameterTitle(name))} ${text}`;
}

/** A run is called by what sets it apart, which its experiment's name often does not. */
function runParts(
  document: RunDocument,
  runs: readonly RunDocument[],
  own: ParameterValues | undefined,
  differing: readonly TrialParameter[],
): readonly string[] {
  const isNamedAlike = runs.every(({ experiment }) => experiment === document.experiment);
  if (!isNamedAlike) return [document.experiment];
  const values = differing
    .slice(0, MOST_IN_NAME)
    .map((name) => valueInName(name, own?.[name] ?? null));
  const seeds = runs.some(({ seed }) => seed !== document.seed) ? [`seed ${document.seed}`] : [];
  const apart = [...values, ...seeds];
  return apart.length === 0 ? [document.experiment] : apart;
}

/** Names of runs; those that would be called alike get the beginning of their id. */
function runNames(
  runs: readonly RunDocument[],
  subjects: readonly SubjectTrials[],
  differing: readonly TrialParameter[],
): readonly string[] {
  const names = runs.map((document, index) =>
    runParts(document, runs, subjects[index]?.trials[0]?.parameters, differing).join(' · '),
  );
  return names.map((name, index) => {
    const isShared = names.some((other, at) => other === name && at !== index);
    return isShared ? `${name} · ${runs[index]?.run.slice(0, SHORT_ID) ?? ''}` : name;
  });
}

function groupText(values: readonly ParameterValue[]): string {
  return JSON.stringify(values);
}

function casesOf(
  { trials }: SubjectTrials,
  subject: number,
  matched: readonly TrialParameter[],
  areReplicatesApart: boolean,
): readonly Case[] {
  const byGroup = Map.groupBy(trials, ({ parameters, trial }) =>
    groupText([
      ...matched.map((name) => parameters[name]),
      ...(areReplicatesApart ? [trial.replicate] : []),
    ]),
  );
  return [...byGroup].flatMap(([group, members]) => {
    const [first] = members;
    if (first === undefined) return [];
    const ordered = members.toSorted((left, right) => left.trial.replicate - right.trial.replicate);
    return {
      id: `${first.runId}:${first.trial.id}`,
      subject,
      group,
      parameters: first.parameters,
      trials: ordered.map(({ runId, trial }) => ({ runId, trial })),
      replicate: areReplicatesApart ? first.trial.replicate : null,
    };
  });
}

/** Rows that are compared with each other stand together, in the order of the first subject. */
function groupedTogether(cases: readonly Case[]): readonly Case[] {
  const byGroup = Map.groupBy(cases, ({ group }) => group);
  return [...byGroup.values()].flatMap((members) =>
    members.toSorted((left, right) => left.subject - right.subject),
  );
}

/**
 * Puts runs beside each other, or the strategies of a single run, as `compare` of the command line
 * does.
 *
 * @param areReplicatesApart  Whether each replicate is a case of its own.
 */
export function compareDocuments(
  runs: readonly RunDocument[],
  areReplicatesApart: boolean,
): Comparison {
  const own = subjectsOf(runs);
  const kind = runs.length > 1 ? 'runs' : 'strategies';
  const roles = rolesOf(own);
  const names = kind === 'runs' ? runNames(runs, own, roles.differing) : own.map(({ id }) => id);
  const subjects = own.map(({ id }, index) => ({ id, name: names[index] ?? id }));
  const cases = own.flatMap((subject, index) =>
    casesOf(subject, index, roles.matched, areReplicatesApart),
  );
  const together = areReplicatesApart ? compareDocuments(runs, false).cases : cases;
  return {
    kind,
    runs,
    subjects,
    ...roles,
    cases: groupedTogether(cases),
    mostReplicates: Math.max(0, ...together.map(({ trials }) => trials.length)),
  };
}

/** The case of a subject that matches another one. */
export function partnerOf(comparison: Comparison, one: Case, subject: number): Case | undefined {
  return comparison.cases.find((other) => other.subject === subject && other.group === one.group);
}

/** What the members of a selection do not have in common, in words: names for a legend. */
export function namesOf(
  comparison: Comparison,
  selection: readonly Case[],
): ReadonlyMap<string, string> {
  const varying = comparison.matched.filter((name) =>
    selection.some((one) => one.parameters[name] !== selection[0]?.parameters[name]),
  );
  const hasSubjects =
    varying.length === 0 || selection.some(({ subject }) => subject !== selection[0]?.subject);
  const hasReplicates = selection.some(({ replicate }) => replicate !== selection[0]?.replicate);
  return new Map(
    selection.map((one) => {
      const parts = [
        ...(hasSubjects ? [comparison.subjects[one.subject]?.name ?? ''] : []),
        ...varying.map((name) => parameterText(name, one.parameters[name])),
        ...(hasReplicates && one.replicate !== null ? [`replicate ${one.replicate}`] : []),
      ];
      return [one.id, parts.join(' · ')];
    }),
  );
}

/** What all members of a selection have in common and other cases do not: what `namesOf` leaves out. */
export function sharedBy(
  { subjects, matched }: Comparison,
  selection: readonly Case[],
): readonly { readonly name: 'subject' | TrialParameter; readonly text: string }[] {
  const [first, ...others] = selection;
  if (first === undefined) return [];
  const hasOneSubject =
    others.length > 0 && others.every(({ subject }) => subject === first.subject);
  const subject = { name: 'subject' as const, text: subjects[first.subject]?.name ?? '' };
  return [
    ...(hasOneSubject && subjects.length > 1 ? [subject] : []),
    ...matched
      .filter((name) => others.every((one) => one.parameters[name] === first.parameters[name]))
      .map((name) => ({ name, text: parameterText(name, first.parameters[name]) })),
  ];
}

/** What a group of cases has in common and other groups do not: `base-4k · 128KiB`. */
export function groupName(comparison: Comparison, one: Case): string {
  const parts = comparison.matched.map((name) => parameterText(name, one.parameters[name]));
  if (one.replicate !== null) parts.push(`replicate ${one.replicate}`);
  return parts.join(' · ');
}
