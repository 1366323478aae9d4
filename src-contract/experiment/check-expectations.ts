import { meanOf, medianOf } from '#core';
import type { ExperimentFile } from '../experiment-schema.ts';
import type { FigureUnit } from '../figures.ts';
import type { ExpectationRecord, StoredTrial } from '../stored-run.ts';
import type { ExpectOfFile, ReplicateStatistic, Selection } from './expect-schema.ts';
import { closeness, relationHolds, relationText } from './comparison.ts';
import type { Comparison } from './comparison.ts';
import { figureText } from './figure-text.ts';
import { readMetric, unitOfMetric, valueOfMetric } from './metric.ts';
import type { Metric } from './metric.ts';
import {
  describeDifference,
  identityOf,
  identityText,
  isSelected,
  selectionText,
} from './selection.ts';
import type { TrialIdentity } from './selection.ts';

/** What expectations need of a trial: who it is, and its figures by metric; null if it did not run. */
type MeasuredTrial = {
  readonly identity: TrialIdentity;
  readonly figures: ReadonlyMap<string, number> | null;
};

/** Replicates of one trial joined into one figure; null when none of them ran. */
type Group = { readonly identity: TrialIdentity; readonly figure: number | null };

const JOIN: Readonly<Record<ReplicateStatistic, (values: readonly number[]) => number>> = {
  median: medianOf,
  mean: meanOf,
  least: (values) => Math.min(...values),
  most: (values) => Math.max(...values),
};

/** Measures what the expectations ask for, so that the trials themselves need not be kept. */
function measureTrials(
  metrics: ReadonlyMap<string, Metric>,
  trials: Iterable<StoredTrial>,
): MeasuredTrial[] {
  const measured: MeasuredTrial[] = [];
  for (const { parameters, result } of trials) {
    const identity = identityOf(parameters);
    if (result.status === 'not-applicable') {
      measured.push({ identity, figures: null });
      continue;
    }
    const figures = new Map<string, number>();
    for (const [name, metric] of metrics) {
      figures.set(name, valueOfMetric(metric, result, parameters.strategy));
    }
    measured.push({ identity, figures });
  }
  return measured;
}

function groupTrials(
  trials: readonly MeasuredTrial[],
  metric: string,
  statistic: ReplicateStatistic,
): Group[] {
  const replicates = new Map<string, { identity: TrialIdentity; values: number[] }>();
  for (const { identity, figures } of trials) {
    const key = identityText(identity);
    const group = replicates.get(key) ?? { identity, values: [] };
    const value = figures?.get(metric);
    if (value !== undefined) group.values.push(value);
    replicates.set(key, group);
  }
  return [...replicates.values()].map(({ identity, values }) => ({
    identity,
    figure: values.length === 0 ? null : JOIN[statistic](values),
  }));
}

/** The two sides of every comparison one expectation makes; a side that did not run is left out. */
type Pairing = {
  readonly comparisons: readonly (Comparison & { readonly identity: TrialIdentity })[];
  readonly notApplicable: number;
  /** Why nothing, or too little, can be compared; null when all is there. */
  readonly fault: string | null;
};

function nothingSelected(selection: Selection): string {
  return `no trial of this run matches ${selectionText(selection)}`;
}

/** Finds the trials `than` means for one trial of `of`: what it does not name stays the same. */
function counterpartFinder(
  than: Selection,
  trials: readonly MeasuredTrial[],
): (trial: TrialIdentity) => readonly MeasuredTrial[] {
  const candidates = trials.filter(({ identity }) => isSelected(identity, than));
  const byRest = Map.groupBy(candidates, ({ identity }) => identityText(identity, than));
  return (trial) => byRest.get(identityText(trial, than)) ?? [];
}

function pairUp(entry: ExpectOfFile, trials: readonly MeasuredTrial[]): Pairing {
  const { metric, statistic, of, than, value, factor = 1 } = entry;
  const chosen = trials.filter(({ identity }) => isSelected(identity, of));
  if (chosen.length === 0) {
    return { comparisons: [], notApplicable: 0, fault: nothingSelected(of) };
  }
  const findCounterparts = than === undefined ? null : counterpartFinder(than, trials);
  let notApplicable = 0;
  let fault: string | null = null;
  const comparisons = groupTrials(chosen, metric, statistic).flatMap((group) => {
    const { identity, figure: left } = group;
    const others =
      findCounterparts === null
        ? [{ figure: value ?? 0 }]
        : groupTrials(findCounterparts(identity), metric, statistic);
    if (others.length === 0 && than !== undefined) fault ??= nothingSelected(than);
    return others.flatMap(({ figure: right }) => {
      if (left !== null && right !== null) return [{ identity, left, right: right * factor }];
      notApplicable += 1;
      return [];
    });
  });
  if (comparisons.length === 0) fault ??= 'none of the trials meant could run on its layout';
  return { comparisons, notApplicable, fault };
}

function describePairing(entry: ExpectOfFile, pairing: Pairing, unit: FigureUnit): string {
  const { relation, tolerance = 0 } = entry;
  const { comparisons, notApplicable, fault } = pairing;
  // The one that fails by most, or holds by least, says most.
  const [telling] = [...comparisons].sort(
    (a, b) => closeness(a, relation, tolerance) - closeness(b, relation, tolerance),
  );
  if (fault !== null || telling === undefined) return fault ?? 'there is nothing to compare';
  const skipped = notApplicable === 0 ? '' : `; ${notApplicable} not applicable`;
  const sentence = relationText(telling, relation, tolerance, (figure) => figureText(figure, unit));
  const isSame = comparisons.every(
    ({ left, right }) => left === telling.left && right === telling.right,
  );
  if (isSame) {
    const all = comparisons.length === 1 ? '' : `all ${comparisons.length}: `;
    return `${all}${sentence}${skipped}`;
  }
  const identities = comparisons.map(({ identity }) => identity);
  const where = describeDifference(telling.identity, identities);
  const holding = comparisons.filter((each) => relationHolds(each, relation, tolerance)).length;
  const extreme = holding === comparisons.length ? 'closest' : 'furthest off';
  const place = where === '' ? '' : ` ${where}:`;
  return `${holding} of ${comparisons.length} hold, ${extreme}${place} ${sentence}${skipped}`;
}

function checkExpectation(
  entry: ExpectOfFile,
  trials: readonly MeasuredTrial[],
): ExpectationRecord {
  const { text, relation, tolerance = 0 } = entry;
  const reading = readMetric(entry.metric);
  if (!reading.ok) return { text, holds: false, found: reading.message };
  const pairing = pairUp(entry, trials);
  const holds =
    pairing.fault === null &&
    pairing.comparisons.every((each) => relationHolds(each, relation, tolerance));
  return { text, holds, found: describePairing(entry, pairing, unitOfMetric(reading.metric)) };
}

/**
 * Checks what an experiment expects against what its run found.
 *
 * Trials that differ only in their replicate are joined by the entry's `statistic`. Where a selection
 * means several trials, the comparison is made for each of them, and every one must hold; `than` takes
 * over from each trial what it does not name itself. Trials that could not run on their layout are
 * passed over. A selection that matches no trial does not hold, and says so.
 *
 * @param trials  All trials of the run; read once, so that they can come from a stream.
 * @returns One record for each entry of `expect`, in order.
 */
export function checkExpectations(
  file: ExperimentFile,
  trials: Iterable<StoredTrial>,
): ExpectationRecord[] {
  if (file.expect.length === 0) return [];
  const metrics = new Map<string, Metric>();
  for (const { metric } of file.expect) {
    const reading = readMetric(metric);
    if (reading.ok) metrics.set(metric, reading.metric);
  }
  const measured = measureTrials(metrics, trials);
  return file.expect.map((entry) => checkExpectation(entry, measured));
}
