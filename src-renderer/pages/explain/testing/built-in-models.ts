import { readFileSync } from 'node:fs';
import { parseCostModel } from '#contract';
import type { CostModel } from '#core';

const folder = new URL('../../../../experiments/cost-models/', import.meta.url);

function readModel(id: string): CostModel {
  const result = parseCostModel(readFileSync(new URL(`${id}.json`, folder), 'utf8'), id);
  if (!result.ok) throw new Error(`cost model ${id} is broken`);
  return result.costModel;
}

/** Cost models as the catalogue has them. */
export const MODELS: readonly CostModel[] = ['textbook', 'lpc-2024'].map(readModel);
