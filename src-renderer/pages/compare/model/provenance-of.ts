import type { Provenance } from '../../../charts/provenance.ts';
import { lowerFirst } from '../../../charts/words.ts';
import { sharedBy } from './comparison.ts';
import type { Case, Comparison } from './comparison.ts';
import { parameterTitle } from './parameters.ts';

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

/** Where the figures of some cases come from. */
export function provenanceOf(comparison: Comparison, cases: readonly Case[]): Provenance {
  const trials = cases.flatMap((one) => one.trials);
  const runIds = unique(trials.map(({ runId }) => runId));
  const own = comparison.runs.filter(({ run }) => runIds.includes(run));
  const shared = sharedBy(comparison, cases).map(({ name, text }) =>
    name === 'subject' ? text : `${lowerFirst(parameterTitle(name))} ${text}`,
  );
  return {
    runIds,
    experiments: unique(own.map(({ experiment }) => experiment)),
    seeds: unique(own.map(({ seed }) => seed)),
    costModels: unique(trials.map(({ trial }) => trial.costModel)),
    coreVersions: unique(own.map(({ environment }) => environment.coreVersion)),
    commits: unique(own.flatMap(({ environment }) => environment.commit ?? [])),
    shared,
  };
}
