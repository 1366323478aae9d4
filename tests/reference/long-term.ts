import type { WalkEnd } from './fast-walk.ts';
import type { Ledger } from './ledger.ts';
import { migrateFolio } from './memory.ts';
import type { Range } from './memory.ts';
import { walkSlow } from './slow-walk.ts';
import type { Taker } from './taker.ts';

/**
 * The slow path of a long-term pin: what a locked walk took is scanned, and where folios lie in CMA
 * memory all of it is unpinned, those folios are moved, and the walk starts over.
 */
export function walkSlowForLong(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  for (;;) {
    const end = walkSlow(ledger, range, taker);
    taker.scanSlow();
    const inCma = end.taken.filter((page) => page.isCma);
    if (inCma.length === 0) {
      return end;
    }
    taker.unpinSlow();
    ledger.migrations += new Set(inCma.map((page) => page.folio)).size;
    for (const page of inCma) {
      migrateFolio(range.memory, page);
    }
  }
}
