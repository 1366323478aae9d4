import { bootstrapDifference, isIndistinguishable, medianOf, seedStream } from '#core';
import type { Interval, Pairing } from '#core';
import type { RunDocumentTrial } from '#contract';
import type { Case } from './comparison.ts';
import type { Metric } from './metrics.ts';
import { parametersOf, TRIAL_PARAMETERS } from './parameters.ts';

/** The replicates of a case that ran, measured. */
export type Sample = {
  /** At least one. */
  readonly figures: readonly number[];
  /** In the same order. */
  readonly trials: readonly RunDocumentTrial[];
};

/** How far a case is from the baseline. Positive: its figure is larger. */
export type Change = {
  /** Median less median of the baseline, in the unit of the metric. */
  readonly delta: number;
  /** `delta` as a share of the baseline; null when that is 0. */
  readonly share: number | null;
};

/** What the replicates say of a change: by a 95 % bootstrap interval of its delta. */
export type Certainty = {
  readonly lower: number;
  readonly upper: number;
  /** Whether the replicates show no difference. */
  readonly isIndistinguishable: boolean;
};

/** As `compare` of the command line: the same samples give the same interval there and here. */
const RESAMPLES = 2_000;
const CONFIDENCE = 0.95;

/** Random streams depend on these, and on neither strategy, prices nor tracer. */
const IO_PARAMETERS = TRIAL_PARAMETERS.filter(
  (name) => name !== 'strategy' && name !== 'costModel' && name !== 'tracer',
);

/** What drew the I/Os of a trial: equal for trials that met the same ones. */
function ioSourceOf(trial: RunDocumentTrial): string {
  const parameters = parametersOf(trial);
  const workload = IO_PARAMETERS.map((name) => parameters[name]);
  return JSON.stringify([trial.seed, trial.replicate, ...workload]);
}

/** The replicates of a case that ran; null when none did. */
export function sampleOf(one: Case, metric: Metric): Sample | null {
  const measured = one.trials.flatMap(({ trial }) => {
    const figure = metric.valueOf(trial);
    return figure === null ? [] : [{ figure, trial }];
  });
  if (measured.length === 0) return null;
  return {
    figures: measured.map(({ figure }) => figure),
    trials: measured.map(({ trial }) => trial),
  };
}

/** The median over the replicates of a sample. */
export function medianOfSample({ figures }: Sample): number {
  return figures.length === 1 ? (figures[0] ?? 0) : medianOf(figures);
}

/** The change between two medians. */
export function changeBetween(baseline: number, candidate: number): Change {
  const delta = candidate - baseline;
  return { delta, share: baseline === 0 ? null : delta / baseline };
}

function pairingOf(baseline: Sample, candidate: Sample): Pairing {
  const sources = baseline.trials.map(ioSourceOf);
  const isSame =
    sources.length === candidate.trials.length &&
    candidate.trials.every((trial, index) => ioSourceOf(trial) === sources[index]);
  return isSame ? 'same-seeds' : 'independent';
}

function areAllEqual(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function intervalOf(baseline: Sample, candidate: Sample): Interval {
  const { figures: before } = baseline;
  const { figures: after } = candidate;
  // Counts are often the same in every replicate, and so is every resample of them.
  if (areAllEqual(before) && areAllEqual(after)) {
    const estimate = medianOf(after) - medianOf(before);
    return { estimate, lower: estimate, upper: estimate, confidence: CONFIDENCE };
  }
  const random = seedStream('compare', ...before, ...after);
  const options = { resamples: RESAMPLES, confidence: CONFIDENCE };
  return bootstrapDifference(before, after, random, pairingOf(baseline, candidate), options);
}

/**
 * What the replicates say of a change. Takes a few milliseconds.
 *
 * @returns Null for fewer than two replicates on either side: one says nothing about the next.
 * @source SPEC rules STAT-2 and STAT-3.
 */
export function measureCertainty(baseline: Sample, candidate: Sample): Certainty | null {
  if (baseline.figures.length < 2 || candidate.figures.length < 2) return null;
  const interval = intervalOf(baseline, candidate);
  const { lower, upper } = interval;
  return { lower, upper, isIndistinguishable: isIndistinguishable(interval) };
}
