import type { Step } from '#core';

/** What an I/O has done so far. */
export type Totals = {
  /** GUP calls, or look-ups in the page cache. */
  readonly calls: number;
  /** Page tables mapped. */
  readonly tables: number;
  readonly faults: number;
  readonly grabs: number;
  /** Pages held; fewer again where a slow path starts over. */
  readonly pages: number;
  readonly references: number;
  /** Those of the references that were dropped again before the I/O was on its way. */
  readonly dropped: number;
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
  faults: 0,
  grabs: 0,
  pages: 0,
  references: 0,
  dropped: 0,
  lockedOperations: 0,
  vectors: 0,
  mergeTests: 0,
  heldBytes: 0,
};

/** What a step adds that its kind alone does not tell. */
export type Added = Pick<Totals, 'calls' | 'references' | 'dropped' | 'lockedOperations'>;

function ofKind(totals: Totals, { kind, count, pages }: Step): Partial<Totals> {
  switch (kind) {
    case 'table':
      return { tables: totals.tables + count };
    case 'fault':
      return { faults: totals.faults + count };
    case 'grab':
    case 'slow-grab':
      return { grabs: totals.grabs + count };
    case 'bvec':
      return { vectors: totals.vectors + count };
    case 'merge':
      return { mergeTests: totals.mergeTests + count };
    case 'allocate':
      return { heldBytes: totals.heldBytes + pages };
    case 'free':
      return { heldBytes: totals.heldBytes - pages };
    case 'bio':
    case 'extract':
    case 'gup':
    case 'stop':
    case 'slow':
    case 'migrate':
    case 'table-end':
    case 'gup-end':
    case 'slow-end':
    case 'extract-end':
    case 'bio-end':
      return {};
  }
}

/**
 * Adds one step of the core to what was done before it.
 *
 * @param held  Pages held after the step.
 */
export function addTotals(totals: Totals, step: Step, held: number, added: Added): Totals {
  return {
    ...totals,
    ...ofKind(totals, step),
    pages: held,
    calls: totals.calls + added.calls,
    references: totals.references + added.references,
    dropped: totals.dropped + added.dropped,
    lockedOperations: totals.lockedOperations + added.lockedOperations,
  };
}
