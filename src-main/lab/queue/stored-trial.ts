import type { StoredTrial } from '#contract';
import { costModelDigest } from '#core';
import type { CostModel, Trial, TrialResult } from '#core';

/** A trial with its place in the plan of its run, from 0. */
export type PlannedTrial = { readonly trial: Trial; readonly position: number };

const digests = new WeakMap<CostModel, string>();

/** The trials of a run share a few cost models, and a digest takes longer than a small trial's commit. */
function digestOf(costModel: CostModel): string {
  const known = digests.get(costModel);
  if (known !== undefined) return known;
  const digest = costModelDigest(costModel);
  digests.set(costModel, digest);
  return digest;
}

/** A simulated trial as the library keeps it. */
export function storedTrialFromResult(planned: PlannedTrial, result: TrialResult): StoredTrial {
  const { trial, position } = planned;
  return {
    parameters: {
      id: trial.id,
      position,
      layoutName: trial.layout.name,
      layoutDigest: trial.layoutDigest,
      workload: trial.workload,
      strategy: trial.strategy,
      costModelId: trial.costModel.id,
      costModelDigest: digestOf(trial.costModel),
      tracer: trial.tracer,
      seed: trial.seed,
      replicate: trial.replicate,
    },
    result,
  };
}
