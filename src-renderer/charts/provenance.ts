/** Where the figures of a chart come from; goes into every file that is made of it. */
export type Provenance = {
  /** UUIDs. */
  readonly runIds: readonly string[];
  readonly experiments: readonly string[];
  readonly seeds: readonly number[];
  readonly costModels: readonly string[];
  readonly coreVersions: readonly string[];
  /** Commits of the checkouts the runs were made with; empty outside one. */
  readonly commits: readonly string[];
  /** What everything drawn has in common and its names do not say: `layout thp-2m`. */
  readonly shared: readonly string[];
};

export const NO_PROVENANCE: Provenance = {
  runIds: [],
  experiments: [],
  seeds: [],
  costModels: [],
  coreVersions: [],
  commits: [],
  shared: [],
};

const SHORT_ID = 8;
/** Many runs would make a name no file system takes. */
const MOST_IN_NAME = 3;

function listed(values: readonly (string | number)[], most: number): string {
  const kept = values.slice(0, most).map(String);
  const left = values.length - kept.length;
  return [...kept, ...(left > 0 ? [`${left}-more`] : [])].join('+');
}

/** Letters, digits and a few signs that every file system takes. */
function harmless(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}.+_-]+/gu, '-');
}

/**
 * A file name that says what is in it:
 * `percentiles_allocation-policies_ab1e96d1_seed-7_textbook_core-1.png`.
 */
export function exportFileName(
  fileWord: string,
  provenance: Provenance,
  extension: 'png' | 'svg' | 'csv' | 'md',
): string {
  const { experiments, runIds, seeds, costModels, coreVersions } = provenance;
  const parts = [
    fileWord,
    listed(experiments, MOST_IN_NAME),
    listed(
      runIds.map((id) => id.slice(0, SHORT_ID)),
      MOST_IN_NAME,
    ),
    seeds.length === 0 ? '' : `seed-${listed(seeds, MOST_IN_NAME)}`,
    listed(costModels, MOST_IN_NAME),
    coreVersions.length === 0 ? '' : `core-${listed(coreVersions, MOST_IN_NAME)}`,
  ];
  const name = parts
    .filter((part) => part !== '')
    .map(harmless)
    .join('_');
  return `${name.slice(0, 200)}.${extension}`;
}

/** One line below an exported picture. */
export function provenanceLine(provenance: Provenance): string {
  const { experiments, runIds, seeds, costModels, coreVersions, shared } = provenance;
  const ids = runIds.map((id) => id.slice(0, SHORT_ID));
  const parts = [
    experiments.join(', '),
    ...shared,
    ids.length === 0 ? '' : `run ${ids.join(', ')}`,
    seeds.length === 0 ? '' : `seed ${seeds.join(', ')}`,
    costModels.length === 0 ? '' : `cost model ${costModels.join(', ')}`,
    coreVersions.length === 0 ? '' : `core ${coreVersions.join(', ')}`,
  ];
  return ['Folio Lab', ...parts.filter((part) => part !== '')].join(' · ');
}

/** The same as named values, for the columns of a CSV file and the texts of an image. */
export function provenanceFields(
  provenance: Provenance,
): readonly { readonly name: string; readonly value: string }[] {
  const { runIds, experiments, seeds, costModels, coreVersions, commits, shared } = provenance;
  return [
    { name: 'run_id', value: runIds.join(' ') },
    { name: 'experiment', value: experiments.join(' ') },
    { name: 'seed', value: seeds.join(' ') },
    { name: 'cost_model', value: costModels.join(' ') },
    { name: 'core_version', value: coreVersions.join(' ') },
    { name: 'commit', value: commits.join(' ') },
    { name: 'shared', value: shared.join('; ') },
  ];
}
