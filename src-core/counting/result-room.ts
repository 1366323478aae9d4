import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER, PMD_PAGES } from '../units.ts';
import type { CountingState } from './state.ts';

/** Room for the result entries of one walk. */
export type ResultRoom = {
  /** Entries that fit in all; Infinity where every page asked for has room. */
  readonly capacity: number;
  entries: number;
  /** The next page would make bare folio pointers ambiguous: the caller has to drain them first. */
  isClosed: boolean;
};

/**
 * How many of `pages` pages of one table fit before an entry would be needed that has no room.
 *
 * @param continues  The first page goes on in the run of the last entry.
 */
export function pagesThatFit(
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
  const folios = room.capacity - room.entries + (continues ? 1 : 0);
  if (foliosSpanned(pfn, pages, order) <= folios) return pages;
  if (folios <= 0) return 0;
  return pagesLeftInFolio(pfn, order) + (folios - 1) * PAGES_OF_ORDER[order];
}

/**
 * Bare folio pointers cannot say where inside a folio an entry lies, so only a call's first entry may
 * start inside one and only its last may end inside.
 *
 * @source SPEC rule RUN-6.
 */
export function closesPointerBatch(
  state: CountingState,
  room: ResultRoom,
  pfn: number,
  order: number,
): boolean {
  if (state.policies.result !== 'folio-pointers' || room.entries === 0) return false;
  const { slices } = state;
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
  if (room.entries === 0 || position % PMD_PAGES !== 0) return false;
  return room.capacity - room.entries < Math.min(PMD_PAGES, end - position);
}
