import { FLAG } from '../layout/layout.ts';
import { folioHead, pagesLeftInFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import type { Era } from '../strategy/policies.ts';
import { countDrops, DROP_IN_RELEASE } from './drops.ts';
import { ledgerIndex } from './events.ts';
import { BIO_MAX_VECTORS } from './memory-classes.ts';
import type { CountingState } from './state.ts';

const META = ledgerIndex('complete', 'meta');
const DIRTY_SUBMIT = ledgerIndex('submit', 'dirty_folio');
const DIRTY_COMPLETE = ledgerIndex('complete', 'dirty_folio');
const DIRTY_LOCKS_SUBMIT = ledgerIndex('submit', 'lock_op.dirty');
const DIRTY_LOCKS_COMPLETE = ledgerIndex('complete', 'lock_op.dirty');

const DIRTY_LOCKS_FILE = 3;
const DIRTY_LOCKS_OTHER = 2;

/**
 * Drops references of folios of one order: `times` calls that drop `references` each.
 *
 * @source SPEC rules REL-1, REL-2.
 */
export function countReleases(
  state: CountingState,
  order: number,
  references: number,
  times: number,
): void {
  if (state.isPin) state.figures.pinsHeld += references * times;
  countDrops(state, DROP_IN_RELEASE, order, references, times);
}

/**
 * Sets folios dirty after a read into them: a synchronous block I/O of at most 256 pages when it
 * completes, every other I/O when it is submitted.
 *
 * @source SPEC rule DIRTY-1.
 */
function countDirty(state: CountingState, flags: number, times: number): void {
  const { ledger } = state;
  const locks = (flags & FLAG.file) !== 0 ? DIRTY_LOCKS_FILE : DIRTY_LOCKS_OTHER;
  const isAtCompletion = state.isSync && state.ioPages <= BIO_MAX_VECTORS;
  ledger[isAtCompletion ? DIRTY_COMPLETE : DIRTY_SUBMIT] += times;
  ledger[isAtCompletion ? DIRTY_LOCKS_COMPLETE : DIRTY_LOCKS_SUBMIT] += locks * times;
}

/** Up to v5.10 each page outside a compound page was dirtied, compound pages not at all. Source: SPEC rule DIRTY-1. */
function dirtiesByPage(era: Era): boolean {
  return era === 'v5.10' || era === 'v2.6';
}

/**
 * Handles `times` whole pieces, each `pages` of one folio within one bvec; the zero page has no references.
 */
function completePieces(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  times: number,
): void {
  const { policies } = state;
  if ((flags & FLAG.zero) !== 0) return;
  if (state.setsDirty && !dirtiesByPage(state.era)) countDirty(state, flags, times);
  if (policies.release !== 'per-run') return;
  const isOne = policies.grab === 'per-run' && policies.references === 'one';
  countReleases(state, order, isOne ? 1 : pages, times);
  state.recorder?.bookReferences(pfn, pages * times, order, isOne, -1);
}

/** Ends the piece being collected, if there is one. */
export function endPiece(state: CountingState): void {
  if (state.piecePages === 0) return;
  completePieces(state, state.pieceStart, state.piecePages, state.pieceOrder, state.pieceFlags, 1);
  state.piecePages = 0;
}

function startPiece(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  state.pieceStart = pfn;
  state.piecePages = pages;
  state.pieceOrder = order;
  state.pieceFlags = flags;
}

/** Per-page release and dirtying of a stretch of pages that a bio carries. */
function completePages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  if (state.setsDirty && dirtiesByPage(state.era) && order === 0) countDirty(state, flags, pages);
  if (state.policies.release !== 'per-page') return;
  releasePages(state, pfn, pages, order, flags);
}

/**
 * Releases a stretch page by page; each call looks the folio up, and leaves the zero page alone.
 *
 * @source SPEC rules REL-3, META-3, FAULT-6.
 */
export function releasePages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  if (state.era !== 'v2.6') state.ledger[META] += pages;
  if ((flags & FLAG.zero) !== 0) return;
  countReleases(state, order, 1, pages);
  state.recorder?.bookReferences(pfn, pages, order, false, -1);
}

/**
 * Takes note of pages that a bio carries, so that completion dirties and releases them: by page, or by
 * piece of one folio within one bvec.
 *
 * @param startsVector  The first page starts a new bvec; otherwise it goes on in the last one.
 * @source SPEC rules REL-2 to REL-4, DIRTY-1.
 */
export function carryPages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  startsVector: boolean,
): void {
  completePages(state, pfn, pages, order, flags);
  const goesOn =
    !startsVector &&
    state.piecePages > 0 &&
    state.pieceOrder === order &&
    state.pieceStart + state.piecePages === pfn &&
    folioHead(state.pieceStart, order) === folioHead(pfn, order);
  const first = Math.min(pages, pagesLeftInFolio(pfn, order));
  if (goesOn) {
    state.piecePages += first;
  } else {
    endPiece(state);
    startPiece(state, pfn, first, order, flags);
  }
  if (first === pages) return;
  endPiece(state);
  const size = PAGES_OF_ORDER[order];
  const whole = Math.ceil((pages - first) / size) - 1;
  if (whole > 0) completePieces(state, pfn + first, size, order, flags, whole);
  const done = first + whole * size;
  startPiece(state, pfn + done, pages - done, order, flags);
}

/** Takes note of pages that a bio carries in a bvec each: every page is a piece of its own. */
export function carrySinglePages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  completePages(state, pfn, pages, order, flags);
  endPiece(state);
  completePieces(state, pfn, 1, order, flags, pages - 1);
  startPiece(state, pfn + pages - 1, 1, order, flags);
}

/**
 * unpin_user_pages() on a page array: every entry is looked up, and neighbours of the same folio are
 * unpinned together even where their pages are not adjacent.
 *
 * @source SPEC rule REL-4.
 */
export function releaseArray(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  state.ledger[META] += pages;
  if ((flags & FLAG.zero) !== 0) {
    endArrayPiece(state);
    return;
  }
  const first = Math.min(pages, pagesLeftInFolio(pfn, order));
  const isSameFolio =
    state.piecePages > 0 &&
    state.pieceOrder === order &&
    folioHead(state.pieceStart, order) === folioHead(pfn, order);
  if (isSameFolio) {
    state.piecePages += first;
  } else {
    endArrayPiece(state);
    startPiece(state, pfn, first, order, 0);
  }
  if (first < pages) {
    endArrayPiece(state);
    const size = PAGES_OF_ORDER[order];
    const whole = Math.ceil((pages - first) / size) - 1;
    if (whole > 0) countReleases(state, order, size, whole);
    const done = first + whole * size;
    startPiece(state, pfn + done, pages - done, order, 0);
  }
  state.recorder?.bookReferences(pfn, pages, order, false, -1);
}

/** Ends the neighbours that `releaseArray` is collecting, if there are any. */
export function endArrayPiece(state: CountingState): void {
  if (state.piecePages === 0) return;
  countReleases(state, state.pieceOrder, state.piecePages, 1);
  state.piecePages = 0;
}

/** Completion looks up the first folio of every bvec; v5.10 did not. Source: SPEC rule META-3. */
export function countVectorLookups(state: CountingState, vectors: number): void {
  if (state.era !== 'v5.10' && state.era !== 'v2.6') state.ledger[META] += vectors;
}
