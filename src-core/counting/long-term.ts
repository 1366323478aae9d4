import { FLAG } from '../layout/layout.ts';
import { folioHead, foliosSpanned, pagesLeftInFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import { ledgerIndex } from './events.ts';
import { seek } from './position.ts';
import { changesWhatFollows, settlePages } from './settle-pages.ts';
import type { CountingState, ResultRoom, WalkStop } from './state.ts';
import { walkLocked } from './walk-locked.ts';
import { walkPageCache } from './walk-page-cache.ts';
import { dropReferences } from './walk-stop.ts';

const META = ledgerIndex('walk', 'meta');
const CONTIG_CMP = ledgerIndex('walk', 'contig_cmp');
const MIGRATION = ledgerIndex('walk', 'migration');

/**
 * The slow path of one GUP call. A long-term pin looks at every folio it took; where some lie in memory
 * that cannot be pinned for long, it unpins everything, moves them and starts over.
 *
 * @source SPEC rules LONG-1 to LONG-4; Linux 6.11 mm/gup.c __gup_longterm_locked().
 */
export function goSlow(state: CountingState, pages: number, room: ResultRoom): WalkStop {
  const start = state.position;
  const firstSlice = state.slices.length;
  const { used } = room;
  let stop = walkUnderLock(state, pages, room);
  if (state.demand.isLongTerm) {
    countScan(state, firstSlice);
    const unpinnable = countUnpinnable(state, firstSlice);
    if (unpinnable > 0) {
      unpinTaken(state, firstSlice);
      state.ledger[MIGRATION] += unpinnable;
      state.recorder?.step('migrate', unpinnable, -1, 0);
      state.slices.length = firstSlice;
      room.used = used;
      room.isClosed = false;
      keepChanges(state, start);
      seek(state, start);
      stop = walkUnderLock(state, pages, room);
      countScan(state, firstSlice);
    }
  }
  state.mappedUntil = 0;
  if (state.position > start && changesWhatFollows(state.layout, state.demand, state.position)) {
    keepChanges(state, start);
  }
  return stop;
}

function walkUnderLock(state: CountingState, pages: number, room: ResultRoom): WalkStop {
  return state.policies.walk === 'page-cache'
    ? walkPageCache(state, pages)
    : walkLocked(state, pages, room);
}

/** What the walk changed from `start` on is there for whoever walks next. Source: SPEC rule FAULT-8. */
function keepChanges(state: CountingState, start: number): void {
  state.layout = settlePages(state.layout, state.demand, start, state.position);
  state.mappedUntil = 0;
  seek(state, state.position);
}

/** Whether a slice begins in the folio in which the slice before it ended. */
function isSameFolio(state: CountingState, at: number): boolean {
  const { pfn, pages, order } = state.slices;
  const head = folioHead(pfn[at], order[at]);
  return (
    order[at] === order[at - 1] && folioHead(pfn[at - 1] + pages[at - 1] - 1, order[at]) === head
  );
}

/**
 * Looks at what was taken: page by page up to v6.16, then folio by folio, with a compare of frame
 * numbers for every further page of a large folio.
 *
 * @source SPEC rule LONG-2; Linux 6.19 mm/gup.c collect_longterm_unpinnable_folios().
 */
function countScan(state: CountingState, firstSlice: number): void {
  const { slices, ledger, era, policies } = state;
  const isByPage = policies.result === 'page-pointers' && era !== 'v6.12' && era !== 'v7.0';
  for (let at = firstSlice; at < slices.length; at += 1) {
    const pages = slices.pages[at];
    const order = slices.order[at];
    if (isByPage) {
      ledger[META] += pages;
      continue;
    }
    const isRanges = policies.result !== 'page-pointers';
    const goesOn = isRanges
      ? slices.continues[at] === 1
      : order > 0 && at > firstSlice && isSameFolio(state, at);
    ledger[META] += foliosSpanned(slices.pfn[at], pages, order) - (goesOn ? 1 : 0);
    if (isRanges || order === 0) continue;
    ledger[CONTIG_CMP] += at === slices.length - 1 ? pages - 1 : pages;
  }
}

/**
 * Folios among those taken that lie in CMA memory; one that is met again behind another page is isolated already.
 */
function countUnpinnable(state: CountingState, firstSlice: number): number {
  const { slices } = state;
  const met = new Set<number>();
  let inside = 0;
  for (let at = firstSlice; at < slices.length; at += 1) {
    if ((slices.flags[at] & FLAG.cma) === 0) continue;
    const order = slices.order[at];
    const pfn = slices.pfn[at];
    const folios = foliosSpanned(pfn, slices.pages[at], order);
    met.add(folioHead(pfn, order));
    met.add(folioHead(pfn + slices.pages[at] - 1, order));
    // Only the first and the last folio of a stretch of frames can be met anywhere else.
    inside += Math.max(0, folios - 2);
  }
  return inside + met.size;
}

/**
 * Unpins all that was taken: neighbours of one folio together (page by page up to v5.10), or run by run.
 *
 * @source SPEC rule LONG-3.
 */
function unpinTaken(state: CountingState, firstSlice: number): void {
  const { slices, policies, era, ledger } = state;
  const isOne = policies.grab === 'per-run' && policies.references === 'one';
  const isArray = policies.result === 'page-pointers' && !isOne;
  const isByPage = isArray && (!state.isPin || era === 'v5.10' || era === 'v2.6');
  const piece = { pfn: 0, order: 0, pages: 0 };
  const drop = (pfn: number, pages: number, order: number, times: number): void => {
    dropReferences(state, order, isOne ? 1 : pages, times);
    // Neighbours in an array may lie anywhere in their folio.
    if (!isArray) state.recorder?.bookReferences(pfn, pages * times, order, isOne, -1);
  };
  const endPiece = (): void => {
    if (piece.pages > 0) drop(piece.pfn, piece.pages, piece.order, 1);
    piece.pages = 0;
  };
  for (let at = firstSlice; at < slices.length; at += 1) {
    const pfn = slices.pfn[at];
    const pages = slices.pages[at];
    const order = slices.order[at];
    if (isArray) state.recorder?.bookReferences(pfn, pages, order, false, -1);
    if (isByPage) {
      if (era !== 'v2.6') ledger[META] += pages;
      drop(pfn, 1, order, pages);
      continue;
    }
    if (isArray) ledger[META] += pages;
    const goesOn = isArray ? at > firstSlice && isSameFolio(state, at) : slices.continues[at] === 1;
    if (!goesOn) endPiece();
    const first = Math.min(pages, pagesLeftInFolio(pfn, order));
    if (piece.pages === 0) piece.pfn = pfn;
    piece.order = order;
    piece.pages += first;
    if (first === pages) continue;
    endPiece();
    const size = PAGES_OF_ORDER[order];
    const whole = Math.ceil((pages - first) / size) - 1;
    if (whole > 0) drop(pfn + first, size, order, whole);
    piece.pfn = pfn + first + whole * size;
    piece.pages = pages - first - whole * size;
  }
  endPiece();
}
