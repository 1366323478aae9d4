import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import { countReleases } from './completion.ts';
import { countDrops, DROP_IN_ADD } from './drops.ts';
import { ledgerIndex } from './events.ts';
import { allocateResult, freeResult } from './result-memory.ts';
import { endsInFolio } from './slices.ts';
import type { CountingState } from './state.ts';

const META = ledgerIndex('add', 'meta');
const CONTIG_CMP = ledgerIndex('add', 'contig_cmp');
const BVEC_NEW = ledgerIndex('add', 'bvec_new');
const POINTER_BYTES = 8;

/** What looking for equal folios side by side came to. */
type Scan = {
  readonly isCoalescible: boolean;
  readonly folios: number;
  readonly compares: number;
};

/**
 * Compares neighbouring pages until one shows that the buffer is not made of whole folios of one size;
 * only the first may start, and only the last may end, inside its folio.
 *
 * @source SPEC rule URING-1; Linux 6.12 io_uring/rsrc.c io_check_coalesce_buffer().
 */
function scanFolios(state: CountingState): Scan {
  const { slices, era } = state;
  const { pfn, pages, order } = slices;
  let folios = 0;
  let seen = 0;
  for (let at = 0; at < slices.length; at += 1) {
    const isNext = at > 0 && !endsInFolio(slices, at - 1);
    const goesOn = at > 0 && !isNext && pfn[at - 1] + pages[at - 1] === pfn[at];
    const isWhole =
      at === 0 || (isNext && order[at] === order[0] && startsFolio(pfn[at], order[at]));
    if (!isWhole && !(goesOn && order[at] === order[at - 1])) {
      return { isCoalescible: false, folios: folios + 1, compares: seen };
    }
    const spanned = foliosSpanned(pfn[at], pages[at], order[at]) - (goesOn ? 1 : 0);
    // Up to v6.11 the whole buffer had to be one folio.
    if (era === 'v6.11' && folios + spanned > 1) {
      const inFirst = at === 0 || goesOn ? pagesLeftInFolio(pfn[at], order[at]) : 0;
      return { isCoalescible: false, folios: 2, compares: seen + inFirst };
    }
    folios += spanned;
    seen += pages[at];
  }
  return { isCoalescible: order[0] > 0, folios, compares: seen - 1 };
}

/**
 * Keeps one pin for each folio of the page array where that is possible; the folios are listed in an array of
 * their own.
 *
 * @returns Bytes of that array, which is freed when the vectors are made; 0 where there is none.
 * @source SPEC rules URING-1, URING-2.
 */
export function coalescePages(state: CountingState, taken: number): number {
  const { ledger, slices } = state;
  state.isCoalesced = false;
  if (taken < 2) return 0;
  const { isCoalescible, folios, compares } = scanFolios(state);
  ledger[CONTIG_CMP] += compares;
  ledger[META] += 1 + compares + (folios - 1);
  if (!isCoalescible) return 0;
  state.isCoalesced = true;
  ledger[META] += 2 * folios;
  // v6.11 shortened the array of pages where it was: one folio needs no array of its own.
  const bytes = state.era === 'v6.11' ? 0 : POINTER_BYTES * folios;
  if (bytes > 0) allocateResult(state, bytes);
  const order = slices.order[0];
  const size = PAGES_OF_ORDER[order];
  const first = Math.min(taken, pagesLeftInFolio(slices.pfn[0], order));
  const whole = Math.floor((taken - first) / size);
  const last = taken - first - whole * size;
  unpinAllButOne(state, order, first, 1);
  unpinAllButOne(state, order, size, whole);
  unpinAllButOne(state, order, last, 1);
  return bytes;
}

function unpinAllButOne(state: CountingState, order: number, pages: number, times: number): void {
  if (pages > 1 && times > 0) countDrops(state, DROP_IN_ADD, order, pages - 1, times);
}

/** Frees the array of folios. */
export function endCoalescing(state: CountingState, bytes: number): void {
  if (bytes > 0) freeResult(state, bytes);
}

/**
 * Makes the buffer's vectors, one for each folio or one for each page, and drops their pins as the buffer is
 * given back.
 *
 * @source SPEC rules URING-2, URING-3.
 */
export function giveBackBuffer(state: CountingState): void {
  const { slices, ledger, recorder } = state;
  for (let at = 0; at < slices.length; at += 1) {
    const order = slices.order[at];
    const pages = slices.pages[at];
    const pfn = slices.pfn[at];
    const goesOn = state.isCoalesced && at > 0 && endsInFolio(slices, at - 1);
    const vectors = state.isCoalesced ? foliosSpanned(pfn, pages, order) - (goesOn ? 1 : 0) : pages;
    ledger[BVEC_NEW] += vectors;
    countReleases(state, order, 1, vectors);
    recorder?.step('bvec', vectors, -1, 0);
    recorder?.bookReferences(pfn, pages, order, false, -1);
    if (recorder !== null) recordVectors(state, pfn, pages, order, goesOn);
  }
}

function recordVectors(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  goesOn: boolean,
): void {
  const { recorder, isCoalesced } = state;
  for (let done = 0; done < pages;) {
    const piece = isCoalesced ? Math.min(pagesLeftInFolio(pfn + done, order), pages - done) : 1;
    if (goesOn && done === 0) recorder?.extendVector(piece);
    else recorder?.startVector(pfn + done, piece);
    done += piece;
  }
}
