import type Database from 'better-sqlite3';
import { readCostModelReference } from '#contract';

/** One version of a cost model. */
export type ModelVersion = { readonly id: string; readonly version: number };

/** How trials name a cost model, and the digest of the figures they were priced with. */
export type PricedBy = { readonly costModelId: string; readonly digest: string };

/** The model of these figures or, since another core may write their digest otherwise, of this name. */
function findModel(
  database: Database.Database,
  models: string,
  priced: PricedBy,
): ModelVersion | null {
  const reference = readCostModelReference(priced.costModelId);
  if (reference === null) return null;
  return (
    database
      .prepare<[{ id: string; digest: string; version: number | null }], ModelVersion>(
        `SELECT id, version FROM ${models}.cost_models
         WHERE id = @id AND (digest = @digest OR version = @version)
         ORDER BY digest = @digest DESC, version = @version DESC, version DESC LIMIT 1`,
      )
      .get({ ...reference, digest: priced.digest }) ?? null
  );
}

/**
 * Finds the cost models that trials were priced with.
 *
 * @param trials  Name of the attached database that has the trials.
 * @param models  Name of the attached database that has the models.
 * @returns Every name and digest of the trials that a model is known for; built-in models are not.
 */
export function findPricedModels(
  database: Database.Database,
  { trials, models }: { readonly trials: string; readonly models: string },
): readonly (PricedBy & { readonly model: ModelVersion })[] {
  return database
    .prepare<[], PricedBy>(
      `SELECT DISTINCT cost_model_id AS costModelId,
         json_extract(parameters, '$.costModelDigest') AS digest FROM ${trials}.trials`,
    )
    .all()
    .flatMap((priced) => {
      const model = findModel(database, models, priced);
      return model === null ? [] : [{ ...priced, model }];
    });
}
