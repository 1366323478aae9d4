import type { CostModel } from '../cost/cost-model.ts';
import type { Layout } from '../layout/layout.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Workload } from './workload.ts';

/** A layout by the name results carry. */
export type NamedLayout = { readonly name: string; readonly layout: Layout };

/** Whether function_graph is on; the build whose function table applies follows from the strategy. */
export type TracerMode = 'off' | 'function-graph';

/** One combination of sweep values, ready to be crossed with layouts, strategies and replicates. */
export type ExperimentPoint = {
  readonly workload: Workload;
  readonly costModel: CostModel;
  readonly tracer: TracerMode;
};

/**
 * An experiment with everything resolved: layouts built or loaded, strategies composed, the sweep
 * expanded. Files and names are the business of the layers above.
 */
export type Experiment = {
  readonly name: string;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** At least 1: repetitions under other random numbers. */
  readonly replicates: number;
  readonly layouts: readonly NamedLayout[];
  readonly strategies: readonly Strategy[];
  /** At least one; in the order of the sweep, its last axis fastest. */
  readonly points: readonly ExperimentPoint[];
};

/** The unit that is simulated and stored. */
export type Trial = {
  /** Digest of everything that decides the result: the same trial has the same id everywhere. */
  readonly id: string;
  readonly layout: NamedLayout;
  /** Digest of the layout's columns. */
  readonly layoutDigest: string;
  readonly workload: Workload;
  readonly strategy: Strategy;
  readonly costModel: CostModel;
  readonly tracer: TracerMode;
  readonly seed: number;
  /** From 0. */
  readonly replicate: number;
};
