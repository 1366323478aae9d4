import type { Case, Comparison } from './comparison.ts';
import { changeBetween, medianOfSample, sampleOf } from './differences.ts';
import type { Change, Sample } from './differences.ts';
import type { Metric } from './metrics.ts';

/** A case beside its partner in the baseline, for one metric. */
export type PairedSamples = { readonly baseline: Sample; readonly candidate: Sample };

/** Reads figures of cases and their changes against a baseline; each is worked out once. */
export type FigureReader = {
  /** Median over replicates; null where no replicate ran. */
  readonly medianOf: (one: Case, metric: Metric) => number | null;
  /** Null for the baseline itself, and where either side has no figure. */
  readonly changeOf: (one: Case, metric: Metric) => Change | null;
  readonly samplesOf: (one: Case, metric: Metric) => PairedSamples | null;
  readonly isBaseline: (one: Case) => boolean;
};

/** Samples depend on nothing but their case: another baseline finds them here. */
const samples = new WeakMap<Case, Map<string, Sample | null>>();

/**
 * @param baseline  Index into `comparison.subjects`.
 */
export function createFigureReader(comparison: Comparison, baseline: number): FigureReader {
  const partners = new Map(
    comparison.cases.filter(({ subject }) => subject === baseline).map((one) => [one.group, one]),
  );

  function sample(one: Case, metric: Metric): Sample | null {
    const own = samples.get(one) ?? new Map<string, Sample | null>();
    samples.set(one, own);
    const known = own.get(metric.name);
    if (known !== undefined) return known;
    const read = sampleOf(one, metric);
    own.set(metric.name, read);
    return read;
  }

  function medianOf(one: Case, metric: Metric): number | null {
    const read = sample(one, metric);
    return read === null ? null : medianOfSample(read);
  }

  function samplesOf(one: Case, metric: Metric): PairedSamples | null {
    const partner = one.subject === baseline ? undefined : partners.get(one.group);
    const candidate = sample(one, metric);
    const base = partner === undefined ? null : sample(partner, metric);
    return base === null || candidate === null ? null : { baseline: base, candidate };
  }

  return {
    medianOf,
    samplesOf,
    isBaseline: ({ subject }) => subject === baseline,
    changeOf: (one, metric) => {
      const pair = samplesOf(one, metric);
      if (pair === null) return null;
      return changeBetween(medianOfSample(pair.baseline), medianOfSample(pair.candidate));
    },
  };
}
