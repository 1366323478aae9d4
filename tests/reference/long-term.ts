import type { WalkEnd } from './fast-walk.ts';
import type { Ledger } from './ledger.ts';
import { migrateFolios } from './memory.ts';
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
    const inCma = new Set(end.taken.filter((page) => page.isCma).map((page) => page.folio));
    if (inCma.size === 0) {
      return end;
    }
    taker.unpinSlow();
    ledger.migrations += inCma.size;
    migrateFolios(range.memory, inCma);
  }
}
