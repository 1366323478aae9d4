import type { CostModel } from '#core';
import { readCostModelReference } from '#contract';
import { findCostModel } from '../../lab/index.ts';
import { takeFound } from './bad-input.ts';
import { readStoredCostModels } from './library-access.ts';
import type { LibraryOptions } from './library-access.ts';
import { EXPERIMENTS_FOLDER } from './places.ts';

/**
 * Finds what `--cost-model` names. The library is opened only for what is neither built in nor a file.
 *
 * @throws {BadInput} when there is no such model.
 */
export async function costModelFromArgument(
  argument: string,
  options: LibraryOptions,
): Promise<CostModel> {
  const found = await findCostModel(EXPERIMENTS_FOLDER, argument);
  if (found.ok || readCostModelReference(argument) === null)
    return takeFound(found, '--cost-model');
  const stored = await readStoredCostModels(options);
  return takeFound(await findCostModel(EXPERIMENTS_FOLDER, argument, stored), '--cost-model');
}
