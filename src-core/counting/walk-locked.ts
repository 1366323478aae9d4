import { PTE_LEAF, PUD_LEAF } from '../layout/layout.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';
import { ledgerIndex } from './events.ts';
import { takeLockedPages } from './grab.ts';
import type { CountingState, WalkStop } from './state.ts';
import { countFullWalks } from './walk-levels.ts';

const MMAP_RLOCK = ledgerIndex('walk', 'mmap_rlock');
const MMAP_RUNLOCK = ledgerIndex('walk', 'mmap_runlock');
const VMA_FIND = ledgerIndex('walk', 'vma_find');
const PTL_LOCK = ledgerIndex('walk', 'ptl_lock');
const PTL_UNLOCK = ledgerIndex('walk', 'ptl_unlock');
const PTE_READ = ledgerIndex('walk', 'pte_read');

/**
 * Walks up to `pages` pages under mmap_lock, from `state.position`: every step starts at the PGD and
 * takes the page-table lock.
 *
 * @returns Why it stopped; `state.position` is the first page not taken.
 * @source SPEC rules SLOW-1 to SLOW-3.
 */
export function walkLocked(state: CountingState, pages: number): WalkStop {
  const { ledger, layout } = state;
  const end = state.position + pages;
  const first = state.position;
  ledger[MMAP_RLOCK] += 1;
  ledger[VMA_FIND] += 1;
  state.recorder?.step('slow', 1, -1, pages);
  let stop: WalkStop = 'done';
  while (state.position < end) {
    const { position, extent } = state;
    if (extent >= layout.length || layout.vaPage[extent] > position) {
      // Past the first page the missing mapping costs a look-up of its own.
      if (position > first) ledger[VMA_FIND] += 1;
      stop = 'unmapped';
      break;
    }
    const offset = position - layout.vaPage[extent];
    const left = Math.min(layout.pages[extent] - offset, end - position);
    const taken = takeSteps(state, extent, offset, left);
    state.position = position + taken;
    if (offset + taken === layout.pages[extent]) state.extent = extent + 1;
  }
  ledger[MMAP_RUNLOCK] += 1;
  state.recorder?.step('slow-end', 1, -1, state.position - first);
  return stop;
}

function takeSteps(state: CountingState, extent: number, offset: number, left: number): number {
  const { layout, ledger, position } = state;
  const leaf = layout.leaf[extent];
  const pfn = layout.pfn[extent] + offset;
  const order = layout.order[extent];
  const flags = layout.flags[extent];
  const isWholeLeaf = leaf !== PTE_LEAF && state.policies.step === 'leaf';
  let pages = left;
  if (isWholeLeaf) {
    const size = leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
    pages = Math.min(left, (Math.floor(position / size) + 1) * size - position);
  }
  const steps = isWholeLeaf ? 1 : pages;
  countFullWalks(state, steps, leaf === PUD_LEAF);
  ledger[PTL_LOCK] += steps;
  ledger[PTL_UNLOCK] += steps;
  if (leaf === PTE_LEAF) ledger[PTE_READ] += pages;
  takeLockedPages(state, pfn, pages, order, flags, isWholeLeaf);
  return pages;
}
