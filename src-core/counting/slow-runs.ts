import { FLAG, PTE_LEAF } from '../layout/layout.ts';
import { folioHead } from '../layout/folio.ts';
import { PMD_PAGES } from '../units.ts';
import { continuesRun, countVisit, endRun, takeTableRuns } from './grab.ts';
import { countSlowGrabs } from './grab-slow.ts';
import type { SlowVisit } from './page-states.ts';
import { reportRuns } from './report.ts';
import { claimLeaf, claimPages } from './result-room.ts';
import { countVisits, raiseFaults } from './slow-faults.ts';
import { foundIn, scatteredFrame } from './slow-stretch.ts';
import type { Found, Stretch } from './slow-stretch.ts';
import type { CountingState, ResultRoom } from './state.ts';

/**
 * Takes as many runs of a stretch as the result has room for, under mmap_lock: a run ends where the
 * fast walk's would.
 *
 * @returns Pages taken; fewer than the stretch has when the result is full or closed.
 * @source SPEC rule SLOW-4.
 */
export function takeLockedRuns(
  state: CountingState,
  room: ResultRoom,
  stretch: Stretch,
  visit: SlowVisit,
  isFirstOfWalk: boolean,
): number {
  if (state.position % PMD_PAGES === 0) endRun(state);
  const found = foundIn(state, stretch, visit);
  const taken = found.isTable
    ? pagesWithRoom(state, room, stretch, found)
    : claimLeaf(state, room, found.pfn, stretch.pages, found.order)
      ? stretch.pages
      : 0;
  if (taken > 0) {
    raiseFaults(state, { ...stretch, pages: taken }, visit);
    if (found.isScattered) takeScattered(state, found, taken, isFirstOfWalk);
    else if (found.isTable && cannotMerge(state, visit, found))
      takeApart(state, found, taken, isFirstOfWalk);
    else if (found.isTable) takeRuns(state, stretch, found, taken, isFirstOfWalk);
    else takeLeaf(state, stretch, found, isFirstOfWalk);
  }
  // Which folio a page belongs to shows when it is there: one that would fault is left alone.
  const isMissing =
    visit.entryFaults + visit.replaceFaults > 0 ||
    (visit.mapFaults > 0 && state.position + taken >= state.mappedUntil);
  if (taken < stretch.pages && !isMissing) {
    lookAtNext(state, stretch, found, isFirstOfWalk && taken === 0);
  }
  return taken;
}

function pagesWithRoom(
  state: CountingState,
  room: ResultRoom,
  stretch: Stretch,
  found: Found,
): number {
  const { pfn, order } = found;
  if (!found.isScattered) {
    return claimPages(state, room, pfn, stretch.pages, order, continuesRun(state, pfn, order));
  }
  let pages = 0;
  // Pages of their own start and end their folio, as an order-0 page does.
  while (pages < stretch.pages && claimPages(state, room, pfn, 1, 0, false) === 1) pages += 1;
  return pages;
}

function takeRuns(
  state: CountingState,
  stretch: Stretch,
  found: Found,
  pages: number,
  isFirst: boolean,
): void {
  const { pfn, order, flags } = found;
  const continues = continuesRun(state, pfn, order);
  countVisits(state, pages, 0, stretch.leaf);
  takeTableRuns(state, pfn, pages, order, flags, continues, isFirst);
}

/** The prototype's slow path joins pages only of a large folio that it has just faulted in. Source: SPEC rule HOLE-5. */
function cannotMerge(state: CountingState, visit: SlowVisit, found: Found): boolean {
  return state.policies.prototypeHoles && !(visit.mapFaults > 0 && found.order >= 2);
}

/** Runs of one page, each said to begin where its folio does. */
function takeApart(state: CountingState, found: Found, pages: number, isFirst: boolean): void {
  const { order, flags } = found;
  endRun(state);
  countVisits(state, pages, pages, PTE_LEAF);
  countVisit(state, pages, isFirst);
  for (let page = 0; page < pages; page += 1) {
    reportRuns(state, folioHead(found.pfn + page, order), 1, order, flags, 1, false);
    grabFound(state, found.pfn + page, 1, order);
  }
}

/** Pages that follow each other nowhere: each is a run, and zero pages have no references. */
function takeScattered(state: CountingState, found: Found, pages: number, isFirst: boolean): void {
  const { order, flags } = found;
  endRun(state);
  countVisits(state, pages, pages, PTE_LEAF);
  countVisit(state, pages, isFirst);
  for (let page = 0; page < pages; page += 1) {
    const pfn = scatteredFrame(state, found, page);
    reportRuns(state, pfn, 1, order, flags, 1, false);
    if ((flags & FLAG.zero) === 0) grabFound(state, pfn, 1, order);
  }
}

/** One leaf entry is one run, grabbed in two steps where it takes a reference for each page. */
function takeLeaf(state: CountingState, stretch: Stretch, found: Found, isFirst: boolean): void {
  const { pages } = stretch;
  endRun(state);
  countVisits(state, 1, 0, stretch.leaf);
  countVisit(state, pages, isFirst);
  reportRuns(state, found.pfn, pages, found.order, found.flags, 1, false);
  if ((found.flags & FLAG.zero) === 0) grabFound(state, found.pfn, pages, found.order);
}

/** Takes the references of one run that is known whole. */
function grabFound(state: CountingState, pfn: number, pages: number, order: number): void {
  const isOne = state.policies.references === 'one';
  countSlowGrabs(state, order, 1, 1);
  state.recorder?.step('slow-grab', 1, pfn, isOne ? pages : 1);
  if (!isOne && pages > 1) {
    countSlowGrabs(state, order, pages - 1, 1);
    state.recorder?.step('slow-grab', 1, pfn + 1, pages - 1);
  }
  state.recorder?.bookReferences(pfn, pages, order, isOne, 1);
}

/**
 * The page or entry that needs one more result entry than there is: it was walked to and looked at.
 *
 * @source SPEC rules RUN-3, SLOW-4.
 */
function lookAtNext(state: CountingState, stretch: Stretch, found: Found, isFirst: boolean): void {
  countVisits(state, 1, found.isTable ? 1 : 0, stretch.leaf);
  countVisit(state, 1, isFirst);
}
