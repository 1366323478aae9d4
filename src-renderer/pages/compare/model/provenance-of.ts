import type { RunDocument } from '#contract';
import type { Provenance } from '../../../charts/provenance.ts';
import type { Case } from './comparison.ts';

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

/** Where the figures of some cases come from. */
export function provenanceOf(runs: readonly RunDocument[], cases: readonly Case[]): Provenance {
  const trials = cases.flatMap((one) => one.trials);
  const runIds = unique(trials.map(({ runId }) => runId));
  const own = runs.filter(({ run }) => runIds.includes(run));
  return {
    runIds,
    experiments: unique(own.map(({ experiment }) => experiment)),
    seeds: unique(own.map(({ seed }) => seed)),
    costModels: unique(trials.map(({ trial }) => trial.costModel)),
    coreVersions: unique(own.map(({ environment }) => environment.coreVersion)),
    commits: unique(own.flatMap(({ environment }) => environment.commit ?? [])),
  };
}
