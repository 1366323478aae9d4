import { layoutDigest } from '../layout/layout-digest.ts';
import type { Experiment, Trial } from './experiment.ts';
import { trialId } from './trial-id.ts';

/** How many trials an experiment has, without building them. */
export function countTrials(
  experiment: Pick<Experiment, 'layouts' | 'points' | 'strategies' | 'replicates'>,
): number {
  const { layouts, points, strategies, replicates } = experiment;
  return layouts.length * points.length * strategies.length * replicates;
}

/**
 * Expands an experiment into its trials: layouts, within them points, strategies and replicates.
 * The order is stable. Two trials that mean the same (equal ids) are planned once.
 *
 * @source SPEC rules PLAN-1, PLAN-2.
 */
export function planTrials(experiment: Experiment): Trial[] {
  const trials = new Map<string, Trial>();
  for (const layout of experiment.layouts) {
    const digest = layoutDigest(layout.layout);
    for (const point of experiment.points) {
      for (const strategy of experiment.strategies) {
        for (let replicate = 0; replicate < experiment.replicates; replicate += 1) {
          const described = {
            ...point,
            layout,
            layoutDigest: digest,
            strategy,
            seed: experiment.seed,
            replicate,
          };
          const id = trialId(described);
          if (!trials.has(id)) trials.set(id, { id, ...described });
        }
      }
    }
  }
  return [...trials.values()];
}
