import { setImmediate as nextTurn } from 'node:timers/promises';
import { identityOf, valueOfMetric } from '#contract';
import type { Metric, RunRecord, StoredTrial, TrialIdentity, TrialParameters } from '#contract';
import { workloadText } from '#core';
import type { Library } from '../library/index.ts';

/** A metric as it was asked for and as it is measured. */
export type NamedMetric = { readonly name: string; readonly metric: Metric };

/** What comparing needs of a trial. */
export type MeasuredTrial = {
  readonly identity: TrialIdentity;
  readonly seed: number;
  readonly layoutDigest: string;
  readonly costModelDigest: string;
  /** Equal for trials that drew the same I/Os. */
  readonly ioSource: string;
  /** One figure for each metric, in their order; null when the trial could not run on its layout. */
  readonly figures: readonly number[] | null;
  /** Why it could not run; null when it did. */
  readonly reason: string | null;
};

/** The trials of one run, measured. */
export type MeasuredRun = { readonly run: RunRecord; readonly trials: readonly MeasuredTrial[] };

/** Streams of random numbers depend on these and not on the strategy. */
function ioSourceOf({ seed, replicate, layoutDigest, workload }: TrialParameters): string {
  return [seed, replicate, layoutDigest, workloadText(workload)].join(' ');
}

function measureTrial(
  { parameters, result }: StoredTrial,
  metrics: readonly NamedMetric[],
): MeasuredTrial {
  const { seed, layoutDigest, costModelDigest, strategy } = parameters;
  return {
    identity: identityOf(parameters),
    seed,
    layoutDigest,
    costModelDigest,
    ioSource: ioSourceOf(parameters),
    figures:
      result.status === 'done'
        ? metrics.map(({ metric }) => valueOfMetric(metric, result, strategy))
        : null,
    reason: result.status === 'done' ? null : result.reason,
  };
}

/** Reads a run trial by trial, so that only its figures are held in memory. */
export async function measureRun(
  library: Pick<Library, 'trials'>,
  run: RunRecord,
  metrics: readonly NamedMetric[],
): Promise<MeasuredRun> {
  const trials: MeasuredTrial[] = [];
  for (const trial of library.trials(run.id)) {
    trials.push(measureTrial(trial, metrics));
    await nextTurn();
  }
  return { run, trials };
}
