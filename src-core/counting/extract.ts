import { reportsEveryPage } from '../strategy/policies.ts';
import { PMD_PAGES } from '../units.ts';
import { unpinLockOps } from './era.ts';
import { ledgerIndex } from './events.ts';
import { BIO_MAX_VECTORS } from './memory-classes.ts';
import {
  chainCapacity,
  closeResultMemory,
  growResultMemory,
  openResultMemory,
} from './result-memory.ts';
import type { CountingState } from './state.ts';
import { walkFast } from './walk-fast.ts';
import type { WalkStop } from './state.ts';
import { walkLocked } from './walk-locked.ts';
import { findExtent } from '../layout/layout.ts';

const PUT = ledgerIndex('walk', 'put');
const UNPIN_CALL = ledgerIndex('walk', 'unpin_call');
const NODESTAT = ledgerIndex('walk', 'nodestat');
const RELEASE = ledgerIndex('walk', 'lock_op.release');

/** Moves the walk to a virtual page. */
export function seek(state: CountingState, vaPage: number): void {
  state.position = vaPage;
  state.extent = findExtent(state.layout, vaPage);
}

/** Drops one reference a page. Source: SPEC rules FAST-6, REL-1. */
function dropPages(state: CountingState, pfn: number, pages: number, order: number): void {
  const { ledger } = state;
  if (state.isPin) {
    ledger[UNPIN_CALL] += pages;
    ledger[NODESTAT] += pages;
    ledger[RELEASE] += unpinLockOps(state.era, order, 1) * pages;
  } else {
    ledger[PUT] += pages;
    ledger[RELEASE] += pages;
  }
  state.recorder?.bookReferences(pfn, pages, order, false, -1);
}

/** The 2008 slow path drops what the fast path took and starts over. Source: SPEC rule FAST-6. */
function restartLocked(state: CountingState, start: number, pages: number): WalkStop {
  const { slices } = state;
  for (let at = 0; at < slices.length; at += 1) {
    dropPages(state, slices.pfn[at], slices.pages[at], slices.order[at]);
  }
  slices.length = 0;
  seek(state, start);
  return walkLocked(state, pages);
}

/**
 * One GUP call: the policy's walk, and its fallback where that stops at a page it cannot take.
 *
 * @source SPEC rule FAST-6.
 */
function callGup(state: CountingState, pages: number, capacity: number): WalkStop {
  const { policies, recorder } = state;
  const start = state.position;
  state.figures.calls += 1;
  recorder?.step('gup', 1, -1, pages);
  let stop: WalkStop;
  if (policies.walk === 'locked') {
    stop = walkLocked(state, pages);
  } else {
    stop = walkFast(state, pages, capacity);
    if (stop === 'unmapped' && policies.fallback === 'keep') {
      stop = walkLocked(state, pages - (state.position - start));
    } else if (stop === 'unmapped' && policies.fallback === 'restart') {
      stop = restartLocked(state, start, pages);
    }
  }
  recorder?.step('gup-end', 1, -1, state.position - start);
  return stop;
}

/** Pages a chained result takes in one call, by the natural-boundary rule. Source: SPEC rule MEM-8. */
function pagesForChain(state: CountingState, pages: number): number {
  const capacity = chainCapacity(state.policies);
  if (pages <= capacity) return pages;
  if (!state.policies.naturalBoundary) return capacity;
  const end = Math.floor((state.position + capacity) / PMD_PAGES) * PMD_PAGES;
  return end > state.position ? end - state.position : capacity;
}

/** Pages one call asks for: where every page has an entry, no more than the result can hold. */
function pagesToAsk(state: CountingState, pages: number): number {
  const { policies } = state;
  if (!reportsEveryPage(policies)) return pages;
  if (policies.memory === 'stack') return Math.min(pages, policies.entries);
  if (policies.memory === 'overallocate') return Math.min(pages, BIO_MAX_VECTORS);
  if (policies.memory === 'page-chain') return pagesForChain(state, pages);
  return pages;
}

/**
 * Pins up to `pages` pages from `state.position` and leaves what was reported in `state.slices`.
 *
 * @returns Pages taken; 0 when the first page is not mapped.
 */
export function extractPages(state: CountingState, pages: number): number {
  const start = state.position;
  const asked = pagesToAsk(state, pages);
  state.slices.length = 0;
  state.figures.extracts += 1;
  state.recorder?.step('extract', 1, -1, asked);
  const memory = openResultMemory(state, asked);
  const isBounded = !reportsEveryPage(state.policies);
  let stop = callGup(state, asked, isBounded ? memory.capacity : Infinity);
  while (stop === 'full') {
    const left = asked - (state.position - start);
    const used = memory.capacity;
    if (!growResultMemory(state, memory, left)) break;
    stop = callGup(state, left, memory.capacity - used);
  }
  state.lastStop = stop;
  closeResultMemory(state, memory);
  const taken = state.position - start;
  state.recorder?.step('extract-end', 1, -1, taken);
  return taken;
}
