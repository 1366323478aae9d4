import type { FigureUnit } from '#contract';

/** One of the things that are compared: a run, or a strategy of one run. */
export type ComparisonSubject = {
  /** The run's UUID, or the strategy's name. */
  readonly id: string;
  /** Short enough for the head of a column. */
  readonly name: string;
};

/** How far a subject is from the baseline. Positive: its figure is larger. */
export type Difference = {
  /** Median less median of the baseline, in the unit of the metric. */
  readonly delta: number;
  /** `delta` as percent of the baseline; null when that is 0. */
  readonly percent: number | null;
  /** 95 % bootstrap interval of `delta` over the replicates; null for fewer than two replicates. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Whether the replicates show no difference; null when there are too few to tell. */
  readonly isIndistinguishable: boolean | null;
};

/** A figure of one subject in one row. */
export type ComparisonCell = {
  /** Median over the replicates. */
  readonly median: number;
  readonly replicates: number;
  /** Null for the baseline itself, and where the baseline has no figure. */
  readonly difference: Difference | null;
};

/** The same metric of matching trials, in the order of the subjects. */
export type ComparisonRow = {
  /** Values of `Comparison.parameters`, in that order. */
  readonly parameters: readonly (string | number)[];
  /** As expectations name it, such as `total.p99`. */
  readonly metric: string;
  readonly unit: FigureUnit;
  /** Null where a subject has no such trial, or its layout could not hold the workload. */
  readonly cells: readonly (ComparisonCell | null)[];
};

/** Something that all trials of a subject share, and that differs between subjects. */
export type SubjectDifference = {
  readonly parameter: string;
  /** In the order of the subjects. */
  readonly values: readonly (string | number)[];
};

/** Runs, or strategies of one run, beside each other. */
export type Comparison = {
  readonly kind: 'runs' | 'strategies';
  readonly subjects: readonly ComparisonSubject[];
  /** Index into `subjects`. */
  readonly baseline: number;
  /** The parameters in which rows differ; what all trials have in common is left out. */
  readonly parameters: readonly string[];
  readonly differences: readonly SubjectDifference[];
  readonly rows: readonly ComparisonRow[];
  /** What a reader should know before trusting a difference. A sentence each. */
  readonly warnings: readonly string[];
};
