import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER, PMD_PAGES } from '../units.ts';
import { claimPfnLeaf, claimPfns } from './pfn-list.ts';
import type { CountingState, ResultRoom } from './state.ts';

/**
 * Claims entries for pages of one table, as far as they fit.
 *
 * @param continues  The first page goes on in the run of the last entry.
 * @returns How many of the pages have room.
 */
export function claimPages(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  pages: number,
  order: number,
  continues: boolean,
): number {
  if (state.policies.result === 'pfn-list') {
    return claimPfns(state, room, pfn, pages, order, continues);
  }
  const fitting = pagesThatFit(state, room, pfn, pages, order, continues);
  if (fitting > 0) room.used += foliosSpanned(pfn, fitting, order) - (continues ? 1 : 0);
  return fitting;
}

function pagesThatFit(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  pages: number,
  order: number,
  continues: boolean,
): number {
  if (!continues && closesPointerBatch(state, room, pfn, order)) {
    room.isClosed = true;
    return 0;
  }
  const folios = room.capacity - room.used + (continues ? 1 : 0);
  if (foliosSpanned(pfn, pages, order) <= folios) return pages;
  if (folios <= 0) return 0;
  return pagesLeftInFolio(pfn, order) + (folios - 1) * PAGES_OF_ORDER[order];
}

/** Whether one more entry, for a page at `pfn`, has room; marks the result closed where that is the reason. */
export function hasRoom(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  order: number,
): boolean {
  room.isClosed = closesPointerBatch(state, room, pfn, order);
  return !room.isClosed && room.used < room.capacity;
}

/** Claims the entry of part of one leaf entry, and says whether there was room. */
export function claimLeaf(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  pages: number,
  order: number,
): boolean {
  if (state.policies.result === 'pfn-list') return claimPfnLeaf(state, room, pfn, pages);
  if (!hasRoom(state, room, pfn, order)) return false;
  room.used += 1;
  return true;
}

/**
 * Bare folio pointers cannot say where inside a folio an entry lies, so only a call's first entry may
 * start inside one and only its last may end inside.
 *
 * @source SPEC rule RUN-6.
 */
function closesPointerBatch(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  order: number,
): boolean {
  const { slices } = state;
  if (state.policies.result !== 'folio-pointers') return false;
  // Pages that are claimed one by one are in no slice yet; each is a folio of its own.
  if (room.used === 0 || slices.length === 0) return false;
  const last = slices.length - 1;
  const lastEnd = slices.pfn[last] + slices.pages[last];
  return !startsFolio(lastEnd, slices.order[last]) || !startsFolio(pfn, order);
}

/**
 * Whether a walk that stands at a page table should return what it has: the table ahead would not fit
 * as a whole, and going on would mean walking it twice.
 *
 * @param end  End of the pages asked for. Unit: base pages.
 * @source SPEC rule MEM-8.
 */
export function endsBeforeTable(state: CountingState, room: ResultRoom, end: number): boolean {
  const { policies, position } = state;
  if (policies.memory !== 'page-chain' || !policies.naturalBoundary) return false;
  if (room.used === 0 || position % PMD_PAGES !== 0) return false;
  return room.capacity - room.used < Math.min(PMD_PAGES, end - position);
}
