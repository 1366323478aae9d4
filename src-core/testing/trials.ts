import type { CostModel } from '../cost/cost-model.ts';
import { ModelError } from '../errors.ts';
import type { TracerMode, Trial } from '../experiment/experiment.ts';
import { planTrials } from '../experiment/plan.ts';
import type { Device, Workload } from '../experiment/workload.ts';
import type { Layout } from '../layout/layout.ts';
import { simulate } from '../simulation/simulate.ts';
import type { FinishedTrial, LatencyPhase } from '../simulation/trial-result.ts';
import { Histogram } from '../statistics/index.ts';
import type { StrategyRequest } from '../strategy/strategy.ts';
import { unitCosts } from './cost-models.ts';
import { strategyFrom } from './explained.ts';

/** A thousand random writes of one page, one after the other, without a device; a test names what differs. */
export function workloadWith(differences: Partial<Workload> = {}): Workload {
  return {
    api: 'direct-io',
    operation: 'write',
    path: 'async',
    blockBytes: 4096,
    offsetBytes: 0,
    logicalBlockBytes: 512,
    access: 'random',
    count: 1000,
    warmUpCount: 0,
    threads: 1,
    queueDepth: 1,
    device: null,
    pagesPerCall: 512,
    ...differences,
  };
}

/** A device that always takes the same time, or on average that time. Unit: nanoseconds. */
export function deviceWith(
  meanNs: number,
  parallelism = 1,
  distribution: 'constant' | 'exponential' = 'constant',
): Device {
  return { parallelism, service: { distribution, meanNs } };
}

/** What differs from a trial of `today` at one nanosecond an event. */
export type TrialDifferences = {
  readonly workload?: Partial<Workload>;
  readonly strategy?: StrategyRequest | string;
  readonly costModel?: CostModel;
  readonly tracer?: TracerMode;
  readonly seed?: number;
  readonly replicate?: number;
};

export function trialOn(layout: Layout, differences: TrialDifferences = {}): Trial {
  const workload = workloadWith(differences.workload);
  const replicate = differences.replicate ?? 0;
  const trials = planTrials({
    name: 'test',
    seed: differences.seed ?? 1,
    replicates: replicate + 1,
    layouts: [{ name: 'drawn', layout }],
    strategies: [strategyFrom(differences.strategy ?? 'today', workload.api)],
    points: [
      {
        workload,
        costModel: differences.costModel ?? unitCosts,
        tracer: differences.tracer ?? 'off',
      },
    ],
  });
  return trials[replicate];
}

/** Simulates a trial that has to be applicable. */
export function finished(trial: Trial): FinishedTrial {
  const result = simulate(trial);
  if (result.status !== 'done') throw new ModelError('bad-workload', result.reason);
  return result;
}

/** The mean of a phase. Unit: nanoseconds. */
export function meanNs(result: FinishedTrial, phase: LatencyPhase): number {
  return Histogram.decode(result.latency[phase]).meanNs;
}

/** A cost model whose phases vary from I/O to I/O. */
export function jittering(model: CostModel, sigma: number): CostModel {
  return { ...model, id: `${model.id} with jitter`, jitter: { sigma } };
}
