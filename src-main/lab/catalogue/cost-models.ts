import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  costModelReference,
  modelFromStored,
  parseCostModel,
  problemText,
  readCostModelReference,
  suggestNames,
} from '#contract';
import type { StoredCostModel } from '#contract';
import type { CostModel } from '#core';
import { fileProblem, isPath, listCatalogueFiles } from './catalogue-folder.ts';
import type { CatalogueFile, Found } from './catalogue-folder.ts';

const ENDING = '.json';

function costModelFiles(experimentsFolder: string): Promise<readonly CatalogueFile[]> {
  return listCatalogueFiles(join(experimentsFolder, 'cost-models'), ENDING);
}

async function readCostModel(path: string): Promise<Found<CostModel>> {
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { ok: false, message: `${path}: ${fileProblem(error)}` };
  }
  const parsed = parseCostModel(text, path);
  if (parsed.ok) return { ok: true, value: parsed.costModel };
  return { ok: false, message: parsed.problems.map(problemText).join('\n') };
}

/** The version that was asked for, or the latest. */
function findStored(stored: readonly StoredCostModel[], argument: string): StoredCostModel | null {
  const reference = readCostModelReference(argument);
  const fitting = stored.filter(
    ({ id, version }) => id === reference?.id && (reference.version ?? version) === version,
  );
  return fitting.reduce<StoredCostModel | null>(
    (latest, each) => (latest === null || each.version > latest.version ? each : latest),
    null,
  );
}

/**
 * Finds a cost model. One of the library is found under the id `name@version`, which says in a run what
 * the run was priced with; a built-in one comes before one of the library with its name.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @param argument           The id of a built-in model, a name or `name@version` of the library, or the
 *   path of a JSON file.
 * @param stored             The cost models of the library.
 */
export async function findCostModel(
  experimentsFolder: string,
  argument: string,
  stored: readonly StoredCostModel[] = [],
): Promise<Found<CostModel>> {
  if (isPath(argument, ENDING)) return readCostModel(argument);
  const files = await costModelFiles(experimentsFolder);
  const file = files.find(({ id }) => id === argument);
  if (file !== undefined) return readCostModel(file.path);
  const own = findStored(stored, argument);
  if (own !== null) return { ok: true, value: modelFromStored(own) };
  const known = [...files.map(({ id }) => id), ...stored.map(costModelReference)];
  return {
    ok: false,
    message: `there is no cost model ${argument}; ${suggestNames(argument, known)}, or a JSON file`,
  };
}

/**
 * All built-in cost models, by id.
 *
 * @throws {Error} for a file that is no cost model: what is built in is complete, or broken.
 */
export async function listCostModels(experimentsFolder: string): Promise<readonly CostModel[]> {
  const files = await costModelFiles(experimentsFolder);
  const models = await Promise.all(files.map(({ path }) => readCostModel(path)));
  return models.map((found) => {
    if (!found.ok) throw new Error(found.message);
    return found.value;
  });
}
