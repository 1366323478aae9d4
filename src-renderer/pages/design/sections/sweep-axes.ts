import { valueAt } from '../draft/draft-path.ts';
import { fieldSchema, keysInOrder } from '../draft/field-schema.ts';
import { NEW_DEVICE } from '../draft/new-parts.ts';

/** Keys a sweep can have, in the order of the schema. */
export const AXIS_KEYS: readonly string[] = keysInOrder(['sweep']);

/** The words an axis takes; empty for sizes and figures. */
export function wordsOfAxis(key: string): readonly string[] {
  return fieldSchema(['sweep', key, 0]).words;
}

/** What the value that an axis varies means. */
export function meaningOfAxis(key: string): string {
  return fieldSchema(key.split('.')).description;
}

const FIGURES: Readonly<Record<string, readonly (string | number)[]>> = {
  'workload.blockSize': ['4KiB', '16KiB', '64KiB', '128KiB', '256KiB', '1MiB'],
  'workload.offset': [0, 512],
  'workload.logicalBlockSize': [512, '4KiB'],
  'workload.count': [1000, 10_000, 100_000],
  'workload.warmUp': [0, 1000],
  'workload.threads': [1, 2, 4, 8],
  'workload.queueDepth': [1, 4, 16, 64],
  'workload.pagesPerCall': [1, 32, 512],
};

/** Values for a new axis: what is worth comparing, else all words, else what holds now. */
export function firstValuesOfAxis(
  key: string,
  draft: unknown,
  costModels: readonly string[],
): readonly unknown[] {
  if (key === 'workload.device') return [null, NEW_DEVICE];
  if (key === 'costModel') return costModels.length > 0 ? costModels : ['textbook'];
  const words = wordsOfAxis(key);
  if (words.length > 0) return words;
  return FIGURES[key] ?? [valueAt(draft, key.split('.')) ?? null];
}

/** Points of a sweep as it is written; an axis that is no list counts once. */
export function countWrittenPoints(axes: readonly (readonly [string, unknown])[]): number {
  return axes.reduce(
    (product, [, values]) => product * (Array.isArray(values) ? values.length : 1),
    1,
  );
}
