import { FLAG, PTE_LEAF, PUD_LEAF } from '../layout/layout.ts';
import { entryOrder } from '../layout/folio.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';
import { ledgerIndex } from './events.ts';
import { zeroFrame } from './fresh-frames.ts';
import {
  continuesRun,
  endRun,
  lookAtClosingPage,
  takeLeafPages,
  takeLeafRun,
  takeTablePages,
  takeTableRuns,
} from './grab.ts';
import { reportRuns } from './report.ts';
import { stopKind, stopsFastWalk } from './page-states.ts';
import { claimLeaf, claimPages, endsBeforeTable, hasRoom } from './result-room.ts';
import type { CountingState, ResultRoom, WalkStop } from './state.ts';
import { blocksTouched, countLevels } from './walk-levels.ts';
import { countStop } from './walk-stop.ts';

const ARGCHECK = ledgerIndex('walk', 'argcheck');
const SEQ_BEGIN = ledgerIndex('walk', 'seq_begin');
const SEQ_CHECK = ledgerIndex('walk', 'seq_check');
const IRQ_SAVE = ledgerIndex('walk', 'irq_save');
const IRQ_RESTORE = ledgerIndex('walk', 'irq_restore');
const PTE_MAP = ledgerIndex('walk', 'pte_map');
const PTE_UNMAP = ledgerIndex('walk', 'pte_unmap');
const PTE_READ = ledgerIndex('walk', 'pte_read');

/** One walk with interrupts off, from where the state stands. */
type FastWalk = {
  readonly first: number;
  readonly end: number;
  readonly room: ResultRoom;
  /** Last page whose entry was looked at. */
  last: number;
  /** The 2 MiB block whose table is mapped, -1 for none. */
  table: number;
  blocksUnderPud: number;
};

/**
 * Walks up to `pages` pages without locks, from `state.position`.
 *
 * @param room  Result entries that fit, at least 1.
 * @returns Why it stopped; `state.position` is the first page not taken.
 * @source SPEC rules FAST-1 to FAST-5.
 */
export function walkFast(state: CountingState, pages: number, room: ResultRoom): WalkStop {
  const { ledger } = state;
  const hasForkCheck = state.isPin && state.policies.walk === 'fast';
  if (state.policies.walk === 'fast') ledger[ARGCHECK] += 1;
  if (hasForkCheck) ledger[SEQ_BEGIN] += 1;
  ledger[IRQ_SAVE] += 1;
  const first = state.position;
  const walk: FastWalk = {
    first,
    end: first + pages,
    room,
    last: first,
    table: -1,
    blocksUnderPud: 0,
  };
  const stop = walkEntries(state, walk);
  endRun(state);
  if (walk.table >= 0) closeTable(state);
  countLevels(state, first, walk.last, walk.blocksUnderPud);
  ledger[IRQ_RESTORE] += 1;
  if (hasForkCheck && !state.policies.prototypeHoles) ledger[SEQ_CHECK] += 1;
  state.figures.irqOffPages = Math.max(state.figures.irqOffPages, state.position - first);
  return stop;
}

function walkEntries(state: CountingState, walk: FastWalk): WalkStop {
  const { layout } = state;
  while (state.position < walk.end) {
    const { position, extent } = state;
    if (extent >= layout.length || layout.vaPage[extent] > position) {
      return stopAtUnmapped(state, walk);
    }
    const leaf = layout.leaf[extent];
    if (stopsFastWalk(state.demand, state.stopBits, layout.flags[extent], leaf)) {
      return stopAtPage(state, walk);
    }
    if (leaf === PTE_LEAF && state.policies.grab !== 'per-run') {
      takeTable(state, walk);
      continue;
    }
    if (leaf === PTE_LEAF && endsBeforeTable(state, walk.room, walk.end)) return 'full';
    const offset = position - layout.vaPage[extent];
    const size = leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
    const blockEnd = (Math.floor(position / size) + 1) * size;
    const reach = Math.min(blockEnd, walk.end) - position;
    const pages = Math.min(reach, layout.pages[extent] - offset);
    const taken =
      leaf === PTE_LEAF
        ? takeRunsFromTable(state, walk, extent, offset, pages)
        : takeFromLeaf(state, walk, extent, offset, pages);
    state.position = position + taken;
    if (offset + taken === layout.pages[extent]) state.extent = extent + 1;
    if (taken < pages) return walk.room.isClosed ? 'closed' : 'full';
  }
  return 'done';
}

/** A page that no extent maps is found empty at its PTE. Source: SPEC rule GAP-1. */
function stopAtUnmapped(state: CountingState, walk: FastWalk): 'stopped' {
  enterTable(state, walk, Math.floor(state.position / PMD_PAGES));
  state.ledger[PTE_READ] += 1;
  walk.last = state.position;
  return 'stopped';
}

/** A page or leaf entry in a state that the fast walk leaves to the slow path. Source: SPEC rule STOP-1. */
function stopAtPage(state: CountingState, walk: FastWalk): 'stopped' | 'full' | 'closed' {
  const { layout, position, extent } = state;
  const leaf = layout.leaf[extent];
  let pages = 1;
  if (leaf === PTE_LEAF) {
    enterTable(state, walk, Math.floor(position / PMD_PAGES));
    state.ledger[PTE_READ] += 1;
  } else {
    leaveTable(state, walk);
    const size = leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
    pages = Math.min((Math.floor(position / size) + 1) * size, walk.end) - position;
    if (leaf === PUD_LEAF) walk.blocksUnderPud += 1;
  }
  endRun(state);
  walk.last = position;
  const pfn = layout.pfn[extent] + position - layout.vaPage[extent];
  const order = layout.order[extent];
  const flags = layout.flags[extent];
  const isFirst = position === walk.first;
  // What only a grab would show is not seen where the result has no room for the page.
  const isSeen = stopKind(state.demand, flags) === 'entry';
  if (!isSeen && state.policies.grab === 'per-run' && !hasRoom(state, walk.room, pfn, order)) {
    lookAtClosingPage(state, false);
    return walk.room.isClosed ? 'closed' : 'full';
  }
  // The prototype stores an entry before it knows that it may keep it (HOLE-2).
  if (!isSeen && state.policies.prototypeHoles) {
    reportRuns(state, pfn, pages, order, flags, 1, false);
    walk.room.used += 1;
  }
  countStop(state, pfn, pages, order, flags, leaf, isFirst);
  return 'stopped';
}

function enterTable(state: CountingState, walk: FastWalk, block: number): void {
  if (walk.table === block) return;
  // The prototype keeps the previous page per table, so a run ends with its table (RUN-2).
  endRun(state);
  if (walk.table >= 0) closeTable(state);
  walk.table = block;
  if (state.lastTable === block) state.figures.rewalkedTables += 1;
  state.lastTable = block;
  state.ledger[PTE_MAP] += 1;
  state.recorder?.step('table', 1, -1, 0);
}

function leaveTable(state: CountingState, walk: FastWalk): void {
  if (walk.table < 0) return;
  endRun(state);
  closeTable(state);
  walk.table = -1;
}

function closeTable(state: CountingState): void {
  state.ledger[PTE_UNMAP] += 1;
  state.recorder?.step('table-end', 1, -1, 0);
}

/** Takes single pages up to the end of their table. */
function takeTable(state: CountingState, walk: FastWalk): void {
  const table = Math.floor(state.position / PMD_PAGES);
  enterTable(state, walk, table);
  takeTablePages(state, Math.min((table + 1) * PMD_PAGES, walk.end));
  walk.last = state.position - 1;
}

function takeRunsFromTable(
  state: CountingState,
  walk: FastWalk,
  extent: number,
  offset: number,
  pages: number,
): number {
  const { layout, position } = state;
  const pfn = layout.pfn[extent] + offset;
  const order = layout.order[extent];
  const flags = layout.flags[extent];
  enterTable(state, walk, Math.floor(position / PMD_PAGES));
  const continues = continuesRun(state, pfn, order);
  const taken = claimPages(state, walk.room, pfn, pages, order, continues);
  if (taken > 0) {
    takeTableRuns(state, pfn, taken, order, flags, continues, position === walk.first);
  }
  walk.last = position + taken - 1;
  if (taken < pages) {
    lookAtClosingPage(state, true);
    walk.last = position + taken;
  }
  return taken;
}

function takeFromLeaf(
  state: CountingState,
  walk: FastWalk,
  extent: number,
  offset: number,
  pages: number,
): number {
  const { layout, position } = state;
  const { room } = walk;
  const isZero = (layout.flags[extent] & FLAG.zero) !== 0;
  const order = isZero ? entryOrder(layout.leaf[extent]) : layout.order[extent];
  // A huge zero folio that is taken here is taken like any other.
  const pfn = isZero ? zeroFrame(position, order) : layout.pfn[extent] + offset;
  const flags = layout.flags[extent] & ~FLAG.zero;
  leaveTable(state, walk);
  const isRun = state.policies.grab === 'per-run';
  const isFull = isRun && !claimLeaf(state, room, pfn, pages, order);
  walk.last = isFull ? position : position + pages - 1;
  if (layout.leaf[extent] === PUD_LEAF) {
    walk.blocksUnderPud += blocksTouched(position, walk.last, PMD_PAGES);
  }
  if (isFull) {
    lookAtClosingPage(state, false);
    return 0;
  }
  if (isRun) {
    takeLeafRun(state, pfn, pages, order, flags, position === walk.first);
  } else {
    takeLeafPages(state, pfn, pages, order, flags);
  }
  return pages;
}
