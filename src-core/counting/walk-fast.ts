import { PTE_LEAF, PUD_LEAF } from '../layout/layout.ts';
import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER, PMD_PAGES, PUD_PAGES } from '../units.ts';
import { ledgerIndex } from './events.ts';
import {
  continuesRun,
  endRun,
  lookAtClosingPage,
  takeLeafPages,
  takeLeafRun,
  takeTablePages,
  takeTableRuns,
} from './grab.ts';
import type { CountingState, WalkStop } from './state.ts';
import { blocksTouched, countLevels } from './walk-levels.ts';

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
  /** Result entries that still fit; Infinity where every page asked for has room. */
  readonly capacity: number;
  entries: number;
  /** Last page whose entry was looked at. */
  last: number;
  /** The 2 MiB block whose table is mapped, -1 for none. */
  table: number;
  blocksUnderPud: number;
  /** The next page would make bare folio pointers ambiguous: the caller has to drain them first. */
  isClosed: boolean;
};

/**
 * Walks up to `pages` pages without locks, from `state.position`.
 *
 * @param capacity  Result entries that fit, at least 1.
 * @returns Why it stopped; `state.position` is the first page not taken.
 * @source SPEC rules FAST-1 to FAST-5.
 */
export function walkFast(state: CountingState, pages: number, capacity: number): WalkStop {
  const { ledger } = state;
  const hasForkCheck = state.isPin && state.policies.walk === 'fast';
  if (state.policies.walk === 'fast') ledger[ARGCHECK] += 1;
  if (hasForkCheck) ledger[SEQ_BEGIN] += 1;
  ledger[IRQ_SAVE] += 1;
  const first = state.position;
  const walk: FastWalk = {
    first,
    end: first + pages,
    capacity,
    entries: 0,
    last: first,
    table: -1,
    blocksUnderPud: 0,
    isClosed: false,
  };
  const stop = walkEntries(state, walk);
  endRun(state);
  if (walk.table >= 0) closeTable(state);
  countLevels(state, first, walk.last, walk.blocksUnderPud);
  ledger[IRQ_RESTORE] += 1;
  if (hasForkCheck) ledger[SEQ_CHECK] += 1;
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
    if (leaf === PTE_LEAF && state.policies.grab !== 'per-run') {
      takeTable(state, walk);
      continue;
    }
    const offset = position - layout.vaPage[extent];
    const size = leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
    const blockEnd = (Math.floor(position / size) + 1) * size;
    const room = Math.min(blockEnd, walk.end) - position;
    const pages = Math.min(room, layout.pages[extent] - offset);
    const taken =
      leaf === PTE_LEAF
        ? takeRunsFromTable(state, walk, extent, offset, pages)
        : takeFromLeaf(state, walk, extent, offset, pages);
    state.position = position + taken;
    if (offset + taken === layout.pages[extent]) state.extent = extent + 1;
    if (taken < pages) return walk.isClosed ? 'closed' : 'full';
  }
  return 'done';
}

/** A page that no extent maps is found empty at its PTE. Source: SPEC rule GAP-1. */
function stopAtUnmapped(state: CountingState, walk: FastWalk): 'unmapped' {
  enterTable(state, walk, Math.floor(state.position / PMD_PAGES));
  state.ledger[PTE_READ] += 1;
  walk.last = state.position;
  return 'unmapped';
}

function enterTable(state: CountingState, walk: FastWalk, block: number): void {
  if (walk.table === block) return;
  // The prototype keeps the previous page per table, so a run ends with its table (RUN-2).
  endRun(state);
  if (walk.table >= 0) closeTable(state);
  walk.table = block;
  state.ledger[PTE_MAP] += 1;
  state.recorder?.step('table', 1, -1, 0);
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
  const taken = pagesThatFit(state, walk, pfn, pages, order, continues);
  if (taken > 0) {
    takeTableRuns(state, pfn, taken, order, flags, continues, position === walk.first);
    walk.entries += foliosSpanned(pfn, taken, order) - (continues ? 1 : 0);
  }
  walk.last = position + taken - 1;
  if (taken < pages) {
    lookAtClosingPage(state, true);
    walk.last = position + taken;
  }
  return taken;
}

/** How many of `pages` pages fit before an entry would be needed that has no room. */
function pagesThatFit(
  state: CountingState,
  walk: FastWalk,
  pfn: number,
  pages: number,
  order: number,
  continues: boolean,
): number {
  if (!continues && closesPointerBatch(state, walk, pfn, order)) {
    walk.isClosed = true;
    return 0;
  }
  const folios = walk.capacity - walk.entries + (continues ? 1 : 0);
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
function closesPointerBatch(
  state: CountingState,
  walk: FastWalk,
  pfn: number,
  order: number,
): boolean {
  if (state.policies.result !== 'folio-pointers' || walk.entries === 0) return false;
  const { slices } = state;
  const last = slices.length - 1;
  const lastEnd = slices.pfn[last] + slices.pages[last];
  return !startsFolio(lastEnd, slices.order[last]) || !startsFolio(pfn, order);
}

function takeFromLeaf(
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
  if (walk.table >= 0) {
    endRun(state);
    closeTable(state);
    walk.table = -1;
  }
  const isRun = state.policies.grab === 'per-run';
  walk.isClosed = isRun && closesPointerBatch(state, walk, pfn, order);
  const isFull = walk.isClosed || (isRun && walk.entries >= walk.capacity);
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
    walk.entries += 1;
  } else {
    takeLeafPages(state, pfn, pages, order, flags);
  }
  return pages;
}
