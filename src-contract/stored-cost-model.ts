import type { CostModel } from '#core';

/** A cost model of the library. Nothing of it ever changes: figures that differ are another version. */
export type StoredCostModel = {
  /** The name of the model, shared by its versions. */
  readonly id: string;
  /** From 1; a session file may have brought a later one alone. */
  readonly version: number;
  /** Of its figures, as trials name it. */
  readonly digest: string;
  readonly model: CostModel;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
};

/** A version of a cost model as a run names it: the model under the id `my-epyc@2`. */
export function modelFromStored(stored: StoredCostModel): CostModel {
  return { ...stored.model, id: costModelReference(stored) };
}

/** How experiments and runs name one version of a cost model: `my-epyc@2`. */
export function costModelReference({
  id,
  version,
}: Pick<StoredCostModel, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** A reference taken apart; without a version the latest one is meant. */
export type CostModelReference = { readonly id: string; readonly version: number | null };

/** Takes `my-epyc@2` or `my-epyc` apart; null for text that is neither. */
export function readCostModelReference(text: string): CostModelReference | null {
  const found = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?:@([1-9]\d{0,8}))?$/.exec(text);
  const [, id, version] = found ?? [];
  if (id === undefined) return null;
  return { id, version: version === undefined ? null : Number(version) };
}
