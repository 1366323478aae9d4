import { bioMemory, kernelsOn128Kib } from './semantics-b15-kernels.ts';
import {
  folioBatchOn128Kib,
  folioThresholdOn128Kib,
  folioVecOn128Kib,
} from './semantics-b15-folios.ts';
import { copyOnWriteInsideFolio } from './semantics-b17.ts';
import { bioLoop, hugePage } from './semantics-b18.ts';
import { rulings } from './semantics-rulings.ts';
import type { SemanticsCase } from './semantics-case.ts';

export type { SemanticsCase } from './semantics-case.ts';

/** The golden tables B.15, B.17 and B.18, the example of B.1, and figures the rulings state. */
export const semanticsCases: readonly SemanticsCase[] = [
  ...kernelsOn128Kib,
  ...folioVecOn128Kib,
  ...folioBatchOn128Kib,
  ...folioThresholdOn128Kib,
  ...bioMemory,
  ...copyOnWriteInsideFolio,
  ...hugePage,
  ...bioLoop,
  ...rulings,
];
