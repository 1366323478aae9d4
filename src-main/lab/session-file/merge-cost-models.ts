import type Database from 'better-sqlite3';
import { costModelReference, readCostModelReference } from '#contract';
import { copyCostModel } from './copy-rows.ts';
import type { Route } from './copy-rows.ts';
import { findPricedModels } from './priced-models.ts';

/** A cost model that has another version in the library than in the file: `my-epyc@1` and `my-epyc@2`. */
export type RenamedCostModel = { readonly inFile: string; readonly here: string };

/** What became of the cost models of a file. */
export type MergedCostModels = {
  /** Those that were added, by the names they have in the library. */
  readonly imported: readonly string[];
  readonly renamed: readonly RenamedCostModel[];
};

type Model = { readonly id: string; readonly version: number; readonly digest: string };

/** The version that has the figures of a model of the file; its own before any other. */
function findVersion(database: Database.Database, { id, version }: Model): number | null {
  const found = database
    .prepare<[{ id: string; version: number }], { readonly version: number }>(
      `SELECT own.version FROM file.cost_models AS theirs
       JOIN main.cost_models AS own ON own.id = theirs.id AND own.digest = theirs.digest
         AND json_extract(own.model, '$.spanTerms') IS json_extract(theirs.model, '$.spanTerms')
       WHERE theirs.id = @id AND theirs.version = @version
       ORDER BY own.version = @version DESC, own.version DESC LIMIT 1`,
    )
    .get({ id, version });
  return found?.version ?? null;
}

/** The version if no other model of this name has it, else the next one. */
function freeVersion(database: Database.Database, { id, version }: Model): number {
  const versions = database
    .prepare<[string], { readonly version: number }>(
      'SELECT version FROM main.cost_models WHERE id = ?',
    )
    .all(id)
    .map((each) => each.version);
  return versions.includes(version) ? Math.max(...versions) + 1 : version;
}

/**
 * Adds cost models whose figures no version of their name has. Where a version of the library has other
 * figures, theirs becomes a new version.
 */
export function mergeCostModels(database: Database.Database, route: Route): MergedCostModels {
  const models = database
    .prepare<[], Model>('SELECT id, version, digest FROM file.cost_models ORDER BY id, version')
    .all();
  const imported: string[] = [];
  const renamed: RenamedCostModel[] = [];
  for (const model of models) {
    const known = findVersion(database, model);
    const version = known ?? freeVersion(database, model);
    const here = costModelReference({ id: model.id, version });
    if (known === null) {
      copyCostModel(database, route, model, version);
      imported.push(here);
    }
    if (version !== model.version) renamed.push({ inFile: costModelReference(model), here });
  }
  return { imported, renamed };
}

/**
 * Tells SQL what trials of the file call their cost model in the library: the function
 * `cost_model_here(name, digest)`.
 */
export function defineCostModelHere(
  database: Database.Database,
  renamed: readonly RenamedCostModel[],
): void {
  const here = new Map(renamed.map((each) => [each.inFile, each.here]));
  const names = new Map<string, string>();
  for (const priced of findPricedModels(database, { trials: 'file', models: 'file' })) {
    const { costModelId, digest, model } = priced;
    const name = here.get(costModelReference(model));
    // A name without a version is that of a file, and no library's to change.
    const isVersioned = readCostModelReference(costModelId)?.version !== null;
    if (name !== undefined && isVersioned) names.set(`${costModelId} ${digest}`, name);
  }
  database.function(
    'cost_model_here',
    { deterministic: true },
    (name: unknown, digest: unknown) => {
      const known = String(name);
      return names.get(`${known} ${String(digest)}`) ?? known;
    },
  );
}

const HERE = "cost_model_here(cost_model_id, json_extract(parameters, '$.costModelDigest'))";

/** Columns of trials that name a cost model, as the library calls it; see {@link defineCostModelHere}. */
export const TRIALS_WITH_MODELS_HERE = {
  cost_model_id: HERE,
  parameters: `CASE ${HERE} WHEN cost_model_id THEN parameters
    ELSE json_set(parameters, '$.costModelId', ${HERE}) END`,
} as const;
