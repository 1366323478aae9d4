import { folioHead, foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import { countNewVectors, ensureBio } from './bio.ts';
import { carryPages, carrySinglePages } from './completion.ts';
import { ledgerIndex } from './events.ts';
import { endsInFolio } from './slices.ts';
import type { CountingState } from './state.ts';

const MERGE_TEST = ledgerIndex('add', 'merge_test');
const MERGE_OK = ledgerIndex('add', 'merge_ok');
const CONTIG_CMP = ledgerIndex('add', 'contig_cmp');
const META = ledgerIndex('add', 'meta');
const PAGEMAP = ledgerIndex('add', 'pagemap');

/**
 * Puts pages into the bio as `vectors` new vectors, after the last vector was extended if
 * `extendsLast`. Recording writes every vector; counting needs only how many there are.
 */
function placePages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  extendsLast: boolean,
): void {
  carryPages(state, pfn, pages, order, flags, !extendsLast);
  state.vectorEnd = pfn + pages;
  if (extendsLast) state.recorder?.extendVector(pages);
  else state.recorder?.startVector(pfn, pages);
}

/** One merge test: possible once the bio has a vector, successful where frames go on. */
function tryMerge(state: CountingState, pfn: number): boolean {
  if (state.vectorsUsed === 0) return false;
  state.ledger[MERGE_TEST] += 1;
  state.recorder?.step('merge', 1, pfn, 1);
  const merges = state.vectorEnd === pfn;
  if (merges) state.ledger[MERGE_OK] += 1;
  return merges;
}

/** One merge test a page. Source: SPEC rule ADD-1. */
function addMergingPages(state: CountingState): void {
  const { slices, ledger, recorder } = state;
  for (let at = 0; at < slices.length; at += 1) {
    const pfn = slices.pfn[at];
    const pages = slices.pages[at];
    const merges = tryMerge(state, pfn);
    if (!merges) countNewVectors(state, 1);
    // Within a slice frames are consecutive, so every further page merges.
    ledger[MERGE_TEST] += pages - 1;
    ledger[MERGE_OK] += pages - 1;
    placePages(state, pfn, pages, slices.order[at], slices.flags[at], merges);
    if (pages > 1) recorder?.step('merge', pages - 1, pfn + 1, 1);
  }
}

/** One bvec a page, as before v5.1. Source: SPEC rule ADD-2. */
function addPageVectors(state: CountingState): void {
  const { slices } = state;
  for (let at = 0; at < slices.length; at += 1) {
    const pfn = slices.pfn[at];
    const pages = slices.pages[at];
    countNewVectors(state, pages);
    carrySinglePages(state, pfn, pages, slices.order[at], slices.flags[at]);
    state.vectorEnd = pfn + pages;
    if (state.recorder === null) continue;
    for (let page = 0; page < pages; page += 1) state.recorder.startVector(pfn + page, 1);
  }
}

/** Whether a slice goes on in the folio run that ended the slice before it. */
function continuesSlice(state: CountingState, at: number): boolean {
  const { pfn, pages, order } = state.slices;
  if (at === 0 || order[at] !== order[at - 1] || pfn[at - 1] + pages[at - 1] !== pfn[at]) {
    return false;
  }
  return !startsFolio(pfn[at], order[at]);
}

/**
 * Finds runs of one folio in the page array and adds each, merging it with the last vector
 * (`canMerge`) or not.
 *
 * A compare that fails happens only where the run ends inside what the scan guessed from the folio's
 * size, that is, before the end of its folio and of the request.
 *
 * @source SPEC rules ADD-3, ADD-4.
 */
function addScannedRuns(state: CountingState, canMerge: boolean): void {
  const { slices, ledger } = state;
  for (let at = 0; at < slices.length; at += 1) {
    const pfn = slices.pfn[at];
    const pages = slices.pages[at];
    const order = slices.order[at];
    const flags = slices.flags[at];
    const continues = continuesSlice(state, at);
    const newRuns = foliosSpanned(pfn, pages, order) - (continues ? 1 : 0);
    const isMismatch = at > 0 && !continues && endsInFolio(slices, at - 1);
    const compares = pages - newRuns + (isMismatch ? 1 : 0);
    ledger[CONTIG_CMP] += compares;
    ledger[META] += newRuns + compares;
    const first = Math.min(pages, pagesLeftInFolio(pfn, order));
    if (continues) {
      placePages(state, pfn, first, order, flags, true);
    } else {
      addRun(state, pfn, first, order, flags, canMerge);
    }
    if (first < pages) {
      addWholeRuns(state, pfn + first, pages - first, order, flags, canMerge);
    }
  }
}

function addRun(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  canMerge: boolean,
): void {
  const merges = canMerge && tryMerge(state, pfn);
  if (!merges) addNewVectors(state, 1, canMerge);
  placePages(state, pfn, pages, order, flags, merges);
}

/**
 * New vectors of a scan. v7.0 compares the device pagemap of each with that of the vector before it;
 * the merge test of older kernels has that comparison inside.
 */
function addNewVectors(state: CountingState, times: number, canMerge: boolean): void {
  if (!canMerge) state.ledger[PAGEMAP] += state.vectorsUsed === 0 ? times - 1 : times;
  countNewVectors(state, times);
}

/** Runs that follow another run of the same slice: their frames go on, so each merge succeeds. */
function addWholeRuns(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  canMerge: boolean,
): void {
  const runs = foliosSpanned(pfn, pages, order);
  if (canMerge) {
    state.ledger[MERGE_TEST] += runs;
    state.ledger[MERGE_OK] += runs;
    state.recorder?.step('merge', runs, pfn, 1);
    placePages(state, pfn, pages, order, flags, true);
    return;
  }
  addNewVectors(state, runs, false);
  placeVectors(state, pfn, pages, order, flags);
}

/** Places a stretch of folios as one vector each; the vectors are already counted. */
function placeVectors(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  if (state.recorder === null) {
    // Pieces of different folios never join, so one call stands for all of them.
    carryPages(state, pfn, pages, order, flags, true);
    state.vectorEnd = pfn + pages;
    return;
  }
  for (let done = 0; done < pages;) {
    const piece = Math.min(pagesLeftInFolio(pfn + done, order), pages - done);
    placePages(state, pfn + done, piece, order, flags, false);
    done += piece;
  }
}

/**
 * Every range of the result becomes one bvec; a full bio is followed by a new one.
 *
 * @param pagesLeft  Pages of the I/O from the first slice on.
 * @source SPEC rule ADD-5.
 */
function addRanges(state: CountingState, pagesLeft: number): void {
  const { slices } = state;
  let left = pagesLeft;
  for (let at = 0; at < slices.length; at += 1) {
    const order = slices.order[at];
    const flags = slices.flags[at];
    let pfn = slices.pfn[at];
    let pages = slices.pages[at];
    if (slices.continues[at] === 1) {
      const rest = Math.min(pages, pagesLeftInFolio(pfn, order));
      placePages(state, pfn, rest, order, flags, true);
      pfn += rest;
      pages -= rest;
      left -= rest;
    }
    while (pages > 0) {
      ensureBio(state, left);
      const room = state.vectorsMost - state.vectorsUsed;
      const ranges = foliosSpanned(pfn, pages, order);
      const placed = ranges <= room ? pages : pagesOfFolios(pfn, order, room);
      countNewVectors(state, Math.min(ranges, room));
      placeVectors(state, pfn, placed, order, flags);
      pfn += placed;
      pages -= placed;
      left -= placed;
    }
  }
}

/** Pages from `pfn` to the end of the `folios`-th folio. */
function pagesOfFolios(pfn: number, order: number, folios: number): number {
  return folioHead(pfn, order) + folios * PAGES_OF_ORDER[order] - pfn;
}

/**
 * Adds what the last extract call reported to the bio.
 *
 * @param pagesLeft  Pages of the I/O from the first reported page on.
 */
export function addSlices(state: CountingState, pagesLeft: number): void {
  switch (state.policies.add) {
    case 'none':
    case 'coalesce':
      return;
    case 'merge-per-page':
      addMergingPages(state);
      return;
    case 'page-per-bvec':
      addPageVectors(state);
      return;
    case 'scan-and-merge':
      addScannedRuns(state, true);
      return;
    case 'scan-direct':
      addScannedRuns(state, false);
      return;
    case 'ranges':
      addRanges(state, pagesLeft);
  }
}
