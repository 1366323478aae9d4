import { FLAG, PTE_LEAF } from '../layout/layout.ts';
import { ledgerIndex } from './events.ts';
import { endRun } from './grab.ts';
import { takeLockedPages, takeZeroPages } from './grab-slow.ts';
import type { SlowVisit } from './page-states.ts';
import { endsBeforeTable } from './result-room.ts';
import { countVisits, raiseFaults } from './slow-faults.ts';
import { takeLockedRuns } from './slow-runs.ts';
import { foundIn, scatteredFrame, stretchAt, visitStretch } from './slow-stretch.ts';
import type { Found, Stretch } from './slow-stretch.ts';
import type { CountingState, ResultRoom, WalkStop } from './state.ts';

const MMAP_RLOCK = ledgerIndex('walk', 'mmap_rlock');
const MMAP_RUNLOCK = ledgerIndex('walk', 'mmap_runlock');
const VMA_FIND = ledgerIndex('walk', 'vma_find');

/** One walk under mmap_lock, from where the state stands. */
type LockedWalk = { readonly first: number; readonly end: number; readonly room: ResultRoom };

/**
 * Walks up to `pages` pages under mmap_lock, from `state.position`: every step starts at the PGD and
 * takes the page-table lock; pages in the wrong state are faulted in.
 *
 * @param room  What the result has left; a fast walk may have used some of it.
 * @returns Why it stopped; `state.position` is the first page not taken.
 * @source SPEC rules SLOW-1 to SLOW-4, FAULT-1 to FAULT-6.
 */
export function walkLocked(state: CountingState, pages: number, room: ResultRoom): WalkStop {
  const { ledger, recorder } = state;
  const first = state.position;
  ledger[MMAP_RLOCK] += 1;
  ledger[VMA_FIND] += 1;
  recorder?.step('slow', 1, -1, pages);
  state.sliceFloor = state.slices.length;
  state.isLocked = true;
  const stop = takeStretches(state, { first, end: first + pages, room });
  endRun(state);
  state.isLocked = false;
  ledger[MMAP_RUNLOCK] += 1;
  recorder?.step('slow-end', 1, -1, state.position - first);
  return stop;
}

function takeStretches(state: CountingState, walk: LockedWalk): WalkStop {
  const { layout } = state;
  while (state.position < walk.end) {
    const { position, extent } = state;
    if (extent >= layout.length || layout.vaPage[extent] > position) {
      return refuse(state, walk, 'unseen', PTE_LEAF);
    }
    const stretch = stretchAt(state, walk.end);
    const visit = visitStretch(state, stretch);
    if (visit.refusal !== 'none') return refuse(state, walk, visit.refusal, stretch.leaf);
    const isRun = state.policies.grab === 'per-run';
    if (isRun && endsBeforeTable(state, walk.room, walk.end)) return 'full';
    const taken = isRun
      ? takeLockedRuns(state, walk.room, stretch, visit, position === walk.first)
      : takePages(state, stretch, visit);
    state.position = position + taken;
    if (stretch.offset + taken === layout.pages[extent]) state.extent = extent + 1;
    if (taken < stretch.pages) return walk.room.isClosed ? 'closed' : 'full';
  }
  return 'done';
}

/** Ends the walk with EFAULT. Past the first page the memory needs a look-up of its own. */
function refuse(
  state: CountingState,
  walk: LockedWalk,
  refusal: 'unseen' | 'seen',
  leaf: number,
): 'stopped' {
  if (refusal === 'seen') countVisits(state, 1, leaf === PTE_LEAF ? 1 : 0, leaf);
  else if (state.position > walk.first) state.ledger[VMA_FIND] += 1;
  return 'stopped';
}

/** Stores every page of a stretch in the page array. */
function takePages(state: CountingState, stretch: Stretch, visit: SlowVisit): number {
  const { pages } = stretch;
  const found = foundIn(state, stretch, visit);
  const isWhole = !found.isTable && state.policies.step === 'leaf' && !isPageByPage(found);
  raiseFaults(state, stretch, visit);
  countVisits(
    state,
    isWhole ? 1 : pages,
    found.isTable ? pages : 0,
    found.isTable ? PTE_LEAF : stretch.leaf,
  );
  if (visit.isZero) {
    takeZeroPages(state, pages, found);
  } else if (found.isScattered) {
    for (let page = 0; page < pages; page += 1) {
      const pfn = scatteredFrame(state, found, page);
      takeLockedPages(state, pfn, 1, found.order, found.flags, false);
    }
  } else {
    takeLockedPages(state, found.pfn, pages, found.order, found.flags, isWhole);
  }
  return pages;
}

/** A device-memory entry over separate pages, which is taken page by page. */
function isPageByPage({ flags }: Found): boolean {
  return (flags & FLAG.devmap) !== 0 && (flags & FLAG.compound) === 0;
}
