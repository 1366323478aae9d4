import type { Policies, Step } from '#core';

/** What an I/O has done so far. */
export type Totals = {
  readonly calls: number;
  /** Page tables mapped. */
  readonly tables: number;
  readonly grabs: number;
  /** Pages grabbed; more than the I/O has where a slow path starts over. */
  readonly pages: number;
  readonly references: number;
  /** Locked operations of the grabs and their referenced marks. */
  readonly lockedOperations: number;
  readonly vectors: number;
  readonly mergeTests: number;
  /** On the heap for the result. Unit: bytes asked for. */
  readonly heldBytes: number;
};

export const NO_TOTALS: Totals = {
  calls: 0,
  tables: 0,
  grabs: 0,
  pages: 0,
  references: 0,
  lockedOperations: 0,
  vectors: 0,
  mergeTests: 0,
  heldBytes: 0,
};

/** Adds one step of the core to what was done before it. */
export function addTotals(
  totals: Totals,
  { kind, count, pages }: Step,
  policies: Policies,
  lockedOperations: number,
): Totals {
  switch (kind) {
    case 'gup':
      return { ...totals, calls: totals.calls + count };
    case 'table':
      return { ...totals, tables: totals.tables + count };
    case 'grab': {
      const isOne = policies.grab === 'per-run' && policies.references === 'one';
      return {
        ...totals,
        grabs: totals.grabs + count,
        pages: totals.pages + count * pages,
        references: totals.references + count * (isOne ? 1 : pages),
        lockedOperations: totals.lockedOperations + lockedOperations,
      };
    }
    case 'bvec':
      return { ...totals, vectors: totals.vectors + count };
    case 'merge':
      return { ...totals, mergeTests: totals.mergeTests + count };
    case 'allocate':
      return { ...totals, heldBytes: totals.heldBytes + pages };
    case 'free':
      return { ...totals, heldBytes: totals.heldBytes - pages };
    case 'bio':
    case 'extract':
    case 'slow':
    case 'table-end':
    case 'gup-end':
    case 'slow-end':
    case 'extract-end':
    case 'bio-end':
      return totals;
  }
}
