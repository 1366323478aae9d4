import { FLAG, PTE_LEAF } from '../layout/layout.ts';
import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER, PMD_ORDER } from '../units.ts';
import { GRAB_META, SPILL_DELTA, grabLockOps, hasDevmapSpecialCase } from './era.ts';
import { ledgerIndex } from './events.ts';
import { countSlowGrabs } from './grab-slow.ts';
import { reportPages, reportRuns } from './report.ts';
import type { CountingState } from './state.ts';

const REFERENCE = ledgerIndex('grab', 'lock_op.reference');
const MARK = ledgerIndex('grab', 'lock_op.mark');
const META = ledgerIndex('grab', 'meta');
const NODESTAT = ledgerIndex('grab', 'nodestat');
const SPILL = ledgerIndex('grab', 'spill');
const RECHECK = ledgerIndex('grab', 'recheck');
const GRAB_CALL = ledgerIndex('grab', 'grab_call');
const PAGEMAP = ledgerIndex('grab', 'pagemap');
const PTE_READ = ledgerIndex('walk', 'pte_read');
const WALK_META = ledgerIndex('walk', 'meta');
const CONTIG_CMP = ledgerIndex('walk', 'contig_cmp');
const PTR_STORE = ledgerIndex('record', 'ptr_store');
const VEC_STORE = ledgerIndex('record', 'vec_store');

/**
 * Counts `times` fast-path grabs that each take `references` references on a folio of `order`.
 *
 * @source SPEC rules GRAB-1, GRAB-3, META-1.
 */
export function countGrabs(
  state: CountingState,
  order: number,
  references: number,
  times: number,
): void {
  const { ledger, era, policies } = state;
  ledger[REFERENCE] += grabLockOps(era, policies.kind, order) * times;
  countGrabCalls(state, times);
  if (state.isPin && references > SPILL_DELTA) ledger[SPILL] += times;
}

/** What every fast-path grab costs beside its locked operations, whatever the folio. */
function countGrabCalls(state: CountingState, times: number): void {
  const { ledger } = state;
  if (state.policies.walk === 'fast') ledger[META] += GRAB_META * times;
  ledger[GRAB_CALL] += times;
  if (state.isPin) ledger[NODESTAT] += times;
}

/** Re-reads and PG_referenced marks of `times` entries; the 2008 walk has neither. */
function countChecks(state: CountingState, rechecks: number, marks: number): void {
  if (state.policies.walk === 'fast-2008') return;
  state.ledger[RECHECK] += rechecks;
  state.ledger[MARK] += marks;
}

/**
 * Grab `per-page` or `per-leaf` on the PTEs of one table: each entry is read, grabbed, re-read and marked.
 * Takes extents from `state.position` until `end`, a gap or another leaf level; the ledger is written once
 * for the table, because a buffer of scattered pages has an extent for every page.
 *
 * @param end  End of the table or of the walk, whichever comes first. Unit: base pages.
 * @source SPEC rule FAST-3.
 */
export function takeTablePages(state: CountingState, end: number): void {
  const { layout, ledger, recorder, policies, stopBits } = state;
  const start = state.position;
  let { position, extent } = state;
  let locks = 0;
  while (position < end && extent < layout.length && layout.leaf[extent] === PTE_LEAF) {
    const offset = position - layout.vaPage[extent];
    if (offset < 0) break;
    const flags = layout.flags[extent];
    if ((flags & stopBits) !== 0) break;
    const left = layout.pages[extent] - offset;
    const pages = Math.min(left, end - position);
    const pfn = layout.pfn[extent] + offset;
    const order = layout.order[extent];
    locks += grabLockOps(state.era, policies.kind, order) * pages;
    reportPages(state, pfn, pages, order, flags);
    if (recorder !== null) {
      recorder.step('grab', pages, pfn, 1);
      recorder.bookReferences(pfn, pages, order, false, 1);
    }
    position += pages;
    if (pages === left) extent += 1;
  }
  const taken = position - start;
  ledger[PTE_READ] += taken;
  ledger[PTR_STORE] += taken;
  ledger[REFERENCE] += locks;
  countGrabCalls(state, taken);
  countChecks(state, taken, taken);
  state.position = position;
  state.extent = extent;
}

/**
 * The order by which references on device memory count: `devmap` says how the device was set up, and so
 * overrules the layout.
 */
function deviceOrder(state: CountingState, order: number, flags: number): number {
  const { devmap } = state.policies;
  if ((flags & FLAG.devmap) === 0 || devmap === 'era') return order;
  return devmap === 'compound' ? Math.max(order, PMD_ORDER) : 0;
}

/** How a leaf entry is taken: as a whole, folio by folio, or page by page with one of two grabs. */
type LeafManner = 'whole' | 'folios' | 'pages' | 'pages-slowly';

function leafManner(state: CountingState, flags: number): LeafManner {
  const { policies, era } = state;
  if ((flags & FLAG.devmap) !== 0) {
    if (policies.devmap === 'compound') return 'whole';
    const isSeparate = policies.devmap === 'non-compound';
    const isSpecial = policies.grab !== 'per-folio' && hasDevmapSpecialCase(era);
    if (isSeparate || isSpecial) return era === 'v5.10' ? 'pages-slowly' : 'pages';
  }
  if (policies.grab === 'per-folio') return 'folios';
  return policies.grab === 'per-page' ? 'pages' : 'whole';
}

/**
 * One grab for each folio inside a leaf entry, after a look-up that tells where it ends.
 *
 * @source SPEC rule GRAB-4.
 */
function countFolioGrabs(state: CountingState, pfn: number, pages: number, order: number): void {
  const first = Math.min(pages, pagesLeftInFolio(pfn, order));
  const size = PAGES_OF_ORDER[order];
  const whole = Math.floor((pages - first) / size);
  const last = pages - first - whole * size;
  countGrabs(state, order, first, 1);
  if (whole > 0) countGrabs(state, order, size, whole);
  if (last > 0) countGrabs(state, order, last, 1);
  state.ledger[META] += 1 + whole + (last > 0 ? 1 : 0);
}

/**
 * Every grab but `per-run` on part of one PMD or PUD entry.
 *
 * @source SPEC rules FAST-3, FAST-4, GRAB-4, GRAB-5.
 */
export function takeLeafPages(
  state: CountingState,
  pfn: number,
  pages: number,
  layoutOrder: number,
  flags: number,
): void {
  const manner = leafManner(state, flags);
  const order = deviceOrder(state, layoutOrder, flags);
  const isByPage = manner === 'pages' || manner === 'pages-slowly';
  if (manner === 'whole') countGrabs(state, order, pages, 1);
  else if (manner === 'folios') countFolioGrabs(state, pfn, pages, order);
  else if (manner === 'pages') countGrabs(state, order, 1, pages);
  else countSlowGrabs(state, order, 1, pages);
  countChecks(state, 1, isByPage ? pages : 1);
  if ((flags & FLAG.devmap) !== 0 && state.policies.devmap !== 'era') {
    state.ledger[PAGEMAP] += isByPage ? pages : 1;
  }
  state.ledger[PTR_STORE] += pages;
  reportPages(state, pfn, pages, order, flags);
  if (state.recorder === null) return;
  const kind = manner === 'pages-slowly' ? 'slow-grab' : 'grab';
  if (isByPage) state.recorder.step(kind, pages, pfn, 1);
  else if (manner === 'whole') state.recorder.step(kind, 1, pfn, pages);
  else state.recorder.step(kind, foliosSpanned(pfn, pages, order), pfn, PAGES_OF_ORDER[order]);
  state.recorder.bookReferences(pfn, pages, order, false, 1);
}

/** Grabs runs of `pages` pages each, `times` of them back to back. */
function grabRuns(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  times: number,
): void {
  const isOne = state.policies.references === 'one';
  if (state.isLocked) {
    countSlowGrabs(state, order, 1, isOne ? times : pages * times);
  } else {
    countGrabs(state, order, isOne ? 1 : pages, times);
    countChecks(state, times, times);
  }
  if (state.recorder === null) return;
  if (state.isLocked && !isOne) state.recorder.step('slow-grab', pages * times, pfn, 1);
  else state.recorder.step(state.isLocked ? 'slow-grab' : 'grab', times, pfn, pages);
  state.recorder.bookReferences(pfn, pages * times, order, isOne, 1);
}

/** Ends the run being extended, if there is one, and takes its references. */
export function endRun(state: CountingState): void {
  if (state.runPages === 0) return;
  grabRuns(state, state.runStart, state.runPages, state.runOrder, 1);
  state.runPages = 0;
}

function startRun(state: CountingState, pfn: number, pages: number, order: number): void {
  state.runStart = pfn;
  state.runPages = pages;
  state.runOrder = order;
}

/** Whether the page at `pfn` goes on in the run being extended; the caller knows about tables. */
export function continuesRun(state: CountingState, pfn: number, order: number): boolean {
  return (
    state.runPages > 0 &&
    state.runOrder === order &&
    state.runStart + state.runPages === pfn &&
    !startsFolio(pfn, order)
  );
}

/** What it costs to look at pages: `each` reads every page's folio and compares it with the last. */
export function countVisit(state: CountingState, pages: number, isFirstOfCall: boolean): void {
  if (state.policies.visit !== 'each') return;
  state.ledger[WALK_META] += pages;
  state.ledger[CONTIG_CMP] += isFirstOfCall ? pages - 1 : pages;
}

/**
 * Grab `per-run` on PTEs of one table.
 *
 * @param continues      The first page goes on in the run being extended.
 * @param isFirstOfCall  The first page is the first of the GUP call, which is never compared.
 * @source SPEC rules RUN-1 to RUN-4.
 */
export function takeTableRuns(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  continues: boolean,
  isFirstOfCall: boolean,
): void {
  state.ledger[PTE_READ] += pages;
  countVisit(state, pages, isFirstOfCall);
  const newRuns = foliosSpanned(pfn, pages, order) - (continues ? 1 : 0);
  reportRuns(state, pfn, pages, order, flags, newRuns, continues);
  extendRuns(state, pfn, pages, order, continues);
}

/** Moves the run being extended over a stretch of folios, grabbing each run as it ends. */
function extendRuns(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  continues: boolean,
): void {
  const first = Math.min(pages, pagesLeftInFolio(pfn, order));
  if (continues) {
    state.runPages += first;
  } else {
    endRun(state);
    startRun(state, pfn, first, order);
  }
  if (first === pages) return;
  endRun(state);
  const size = PAGES_OF_ORDER[order];
  // The last folio stays open even when it is complete: the next page ends it.
  const wholeFolios = Math.ceil((pages - first) / size) - 1;
  if (wholeFolios > 0) grabRuns(state, pfn + first, size, order, wholeFolios);
  const done = first + wholeFolios * size;
  startRun(state, pfn + done, pages - done, order);
}

/**
 * Grab `per-run` on part of one PMD or PUD entry: always a run of its own. The prototype doubles the index at which
 * it stores what is not the first, and so loses it.
 *
 * @source SPEC rules RUN-5, HOLE-4.
 */
export function takeLeafRun(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  isFirstOfCall: boolean,
): void {
  endRun(state);
  countVisit(state, pages, isFirstOfCall);
  const isLost = state.policies.prototypeHoles && state.slices.length > 0;
  if (isLost) state.ledger[VEC_STORE] += 1;
  else reportRuns(state, pfn, pages, order, flags, 1, false);
  startRun(state, pfn, pages, order);
  endRun(state);
}

/**
 * The page that closes a full batch: it was read and looked at, and is read again by the next call.
 *
 * @source SPEC rule RUN-3.
 */
export function lookAtClosingPage(state: CountingState, isTablePage: boolean): void {
  if (isTablePage) state.ledger[PTE_READ] += 1;
  countVisit(state, 1, false);
}
