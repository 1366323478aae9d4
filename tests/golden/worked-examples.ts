import { bioMemory, kernelsOn128Kib } from './example-1-kernels.ts';
import {
  folioBatchOn128Kib,
  folioThresholdOn128Kib,
  folioVecOn128Kib,
} from './example-1-folios.ts';
import { copyOnWriteInsideFolio } from './example-2-copied-page.ts';
import { bioLoop, hugePage } from './example-3-huge-page.ts';
import { rulesInFigures } from './rules-in-figures.ts';
import type { WorkedExample } from './worked-example.ts';

export type { WorkedExample } from './worked-example.ts';

/** The worked examples of the SPEC, and single rules in figures. */
export const workedExamples: readonly WorkedExample[] = [
  ...kernelsOn128Kib,
  ...folioVecOn128Kib,
  ...folioBatchOn128Kib,
  ...folioThresholdOn128Kib,
  ...bioMemory,
  ...copyOnWriteInsideFolio,
  ...hugePage,
  ...bioLoop,
  ...rulesInFigures,
];
