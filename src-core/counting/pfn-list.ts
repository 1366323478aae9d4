import { pagesLeftInFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import { ledgerIndex } from './events.ts';
import type { CountingState, ResultRoom } from './state.ts';

const PTR_STORE = ledgerIndex('record', 'ptr_store');
/** Words of 8 bytes in one result page. */
const PAGE_WORDS = 512;

/** Whether the bits of a frame number can tell the size of what starts there. */
function showsItsSize(pfn: number, pages: number): boolean {
  return (pages & (pages - 1)) === 0 && pfn % pages === 0;
}

/** A frame number, and a size from the far end of the same page where it does not show. */
function wordsOf(pfn: number, pages: number): 1 | 2 {
  return showsItsSize(pfn, pages) ? 1 : 2;
}

/** Words used once an entry is placed: an entry and its size stay in one page. */
function place(used: number, words: 1 | 2): number {
  const skipped = words === 2 && used % PAGE_WORDS === PAGE_WORDS - 1 ? 1 : 0;
  return used + skipped + words;
}

/** Places one entry, or says that it does not fit; the store of a size is counted here. */
function claimEntry(state: CountingState, room: ResultRoom, pfn: number, pages: number): boolean {
  const words = wordsOf(pfn, pages);
  const used = place(room.used, words);
  if (used > room.capacity) return false;
  room.used = used;
  state.ledger[PTR_STORE] += words - 1;
  return true;
}

/** The run of the last entry goes on, and its size may no longer show. */
function extendEntry(state: CountingState, room: ResultRoom, pages: number): boolean {
  const { runStart, runPages } = state;
  const needsSize = showsItsSize(runStart, runPages) && !showsItsSize(runStart, runPages + pages);
  if (!needsSize) return true;
  if (room.used % PAGE_WORDS === 0) return false;
  room.used += 1;
  state.ledger[PTR_STORE] += 1;
  return true;
}

/**
 * Claims words for pages of one table, as far as they fit.
 *
 * @returns How many of the pages have room.
 * @source SPEC rule MEM-10.
 */
export function claimPfns(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  pages: number,
  order: number,
  continues: boolean,
): number {
  const first = Math.min(pages, pagesLeftInFolio(pfn, order));
  const hasRoom = continues ? extendEntry(state, room, first) : claimEntry(state, room, pfn, first);
  if (!hasRoom) return 0;
  const size = PAGES_OF_ORDER[order];
  const whole = Math.floor((pages - first) / size);
  const fitting = Math.min(whole, room.capacity - room.used);
  room.used += fitting;
  let claimed = first + fitting * size;
  const left = pages - claimed;
  if (left === 0 || left >= size) return claimed;
  if (claimEntry(state, room, pfn + claimed, left)) claimed += left;
  return claimed;
}

/** Claims the words of part of one leaf entry, and says whether there was room. Source: SPEC rule MEM-10. */
export function claimPfnLeaf(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  pages: number,
): boolean {
  return claimEntry(state, room, pfn, pages);
}
