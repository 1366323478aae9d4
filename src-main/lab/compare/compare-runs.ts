import { setImmediate as nextTurn } from 'node:timers/promises';
import { readMetric, unitOfMetric } from '#contract';
import type { RunRecord } from '#contract';
import { medianOf } from '#core';
import type { Library } from '../library/index.ts';
import { comparabilityWarnings } from './comparability.ts';
import type { Comparison, ComparisonCell, ComparisonRow, SubjectDifference } from './comparison.ts';
import { measureDifference } from './difference.ts';
import type { Sample } from './difference.ts';
import { assignRoles, matchTrials, sharedValue } from './groups.ts';
import type { SubjectTrials, TrialGroup } from './groups.ts';
import { measureRun } from './measured-trials.ts';
import type { MeasuredRun, MeasuredTrial, NamedMetric } from './measured-trials.ts';

/** The figures that are compared when nobody names others. */
export const DEFAULT_METRICS: readonly string[] = [
  'total.p50',
  'total.p99',
  'cpuNsPerIo',
  'events.lock_op',
  'allocations.result.count',
  'allocations.result.bytes',
];

/** What to compare with what. */
export type ComparisonOptions = {
  /** With several runs the id of one of them, else the name of a strategy; without it the first. */
  readonly baseline?: string;
  /** Names as in expectations, such as `total.p99`. */
  readonly metrics?: readonly string[];
};

export type ComparisonResult =
  | { readonly ok: true; readonly comparison: Comparison }
  | { readonly ok: false; readonly message: string };

class Refusal extends Error {}

function readMetrics(names: readonly string[]): NamedMetric[] {
  return names.map((name) => {
    const reading = readMetric(name);
    if (!reading.ok) throw new Refusal(`Metric ${name}: ${reading.message}.`);
    return { name, metric: reading.metric };
  });
}

function findRuns(library: Pick<Library, 'findRun'>, ids: readonly string[]): RunRecord[] {
  const runs = ids.map((id) => {
    const run = library.findRun(id);
    if (run === null) throw new Refusal(`There is no run ${id}.`);
    return run;
  });
  const unique = [...new Map(runs.map((run) => [run.id, run])).values()];
  if (unique.length === 0) throw new Refusal('No run to compare; name one or more.');
  return unique;
}

function subjectsFromRuns(measured: readonly MeasuredRun[]): SubjectTrials[] {
  return measured.map(({ run, trials }) => ({
    id: run.id,
    name: `${run.experimentName} ${run.id.slice(0, 8)}`,
    trials,
  }));
}

function subjectsFromStrategies(trials: readonly MeasuredTrial[]): SubjectTrials[] {
  const byStrategy = Map.groupBy(trials, ({ identity }) => String(identity.strategy));
  return [...byStrategy].map(([name, own]) => ({ id: name, name, trials: own }));
}

function findBaseline(
  subjects: readonly SubjectTrials[],
  kind: Comparison['kind'],
  wanted: string | undefined,
): number {
  if (wanted === undefined) return 0;
  const index = subjects.findIndex(({ id }) => id === wanted);
  const byPrefix = subjects.flatMap(({ id }, at) =>
    kind === 'runs' && id.startsWith(wanted.toLowerCase()) ? [at] : [],
  );
  const found = index >= 0 ? index : byPrefix.length === 1 ? byPrefix[0] : undefined;
  if (found !== undefined) return found;
  const allowed = subjects.map(({ id }) => id).join(', ');
  throw new Refusal(`Baseline ${wanted} is none of what is compared; allowed: ${allowed}.`);
}

function differencesOfRuns(runs: readonly RunRecord[]): SubjectDifference[] {
  const facts: readonly SubjectDifference[] = [
    { parameter: 'experiment', values: runs.map((run) => run.experimentName) },
    { parameter: 'seed', values: runs.map((run) => run.seed) },
    { parameter: 'coreVersion', values: runs.map((run) => run.environment.coreVersion) },
  ];
  return facts.filter(({ values }) => new Set(values).size > 1);
}

/** The replicates that ran, in the order of their numbers. */
function sampleOf(trials: readonly MeasuredTrial[], metric: number): Sample | null {
  const figures: number[] = [];
  const ioSources: string[] = [];
  for (const trial of trials) {
    const figure = trial.figures?.[metric];
    if (figure === undefined) continue;
    figures.push(figure);
    ioSources.push(trial.ioSource);
  }
  return figures.length === 0 ? null : { figures, ioSources };
}

function compareGroup(
  group: TrialGroup,
  baseline: number,
  metrics: readonly NamedMetric[],
): ComparisonRow[] {
  return metrics.map(({ name, metric }, at) => {
    const samples = group.replicates.map((trials) => sampleOf(trials, at));
    const base = samples[baseline] ?? null;
    const cells = samples.map((sample, subject): ComparisonCell | null => {
      if (sample === null) return null;
      const isCompared = base !== null && subject !== baseline;
      return {
        median: medianOf(sample.figures),
        replicates: sample.figures.length,
        difference: isCompared ? measureDifference(base, sample) : null,
      };
    });
    return { parameters: group.parameters, metric: name, unit: unitOfMetric(metric), cells };
  });
}

/** Rows of one metric stand together: they share a unit, and a table. */
function sortByMetric(
  rows: readonly ComparisonRow[],
  metrics: readonly NamedMetric[],
): readonly ComparisonRow[] {
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  return metrics.flatMap(({ name }) => byMetric.get(name) ?? []);
}

async function compareSubjects(
  kind: Comparison['kind'],
  runs: readonly RunRecord[],
  subjects: readonly SubjectTrials[],
  baseline: number,
  metrics: readonly NamedMetric[],
): Promise<Comparison> {
  const { matched, differing } = assignRoles(subjects);
  const groups = matchTrials(subjects, matched);
  const rows: ComparisonRow[] = [];
  for (const group of groups) {
    rows.push(...compareGroup(group, baseline, metrics));
    await nextTurn();
  }
  const named = differing.filter((name) => kind === 'runs' || name !== 'strategy');
  const differences = [
    ...differencesOfRuns(runs),
    ...named.map((parameter) => ({
      parameter,
      values: subjects.map(({ trials }) => sharedValue(trials, parameter) ?? ''),
    })),
  ];
  return {
    kind,
    subjects: subjects.map(({ id, name }) => ({ id, name })),
    baseline,
    parameters: matched,
    differences,
    rows: sortByMetric(rows, metrics),
    warnings: comparabilityWarnings(runs, subjects, differences, groups),
  };
}

/**
 * Compares runs with each other, or the strategies of a single run.
 *
 * Trials match when they agree in every parameter that varies; a parameter that each run holds at one
 * value of its own tells the runs apart instead. Figures are medians over replicates; differences have a
 * bootstrap interval over replicates, paired where both sides drew the same I/Os.
 *
 * @param runIds  Ids of runs or the beginnings of them, at least one; one that is named twice counts once.
 * @returns The comparison, or why there is none.
 * @throws {LibraryError} `ambiguous` when several runs begin so, or what reading trials throws.
 * @source SPEC rules STAT-2 and STAT-3.
 */
export async function compareRuns(
  library: Pick<Library, 'findRun' | 'trials'>,
  runIds: readonly string[],
  options: ComparisonOptions = {},
): Promise<ComparisonResult> {
  try {
    const metrics = readMetrics(options.metrics ?? DEFAULT_METRICS);
    const runs = findRuns(library, runIds);
    const measured: MeasuredRun[] = [];
    for (const run of runs) measured.push(await measureRun(library, run, metrics));
    const kind = runs.length > 1 ? 'runs' : 'strategies';
    const subjects =
      kind === 'runs'
        ? subjectsFromRuns(measured)
        : subjectsFromStrategies(measured.flatMap(({ trials }) => trials));
    const baseline = findBaseline(subjects, kind, options.baseline);
    return { ok: true, comparison: await compareSubjects(kind, runs, subjects, baseline, metrics) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message };
    throw error;
  }
}
