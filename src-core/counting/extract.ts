import { reportsEveryPage } from '../strategy/policies.ts';
import { PMD_PAGES } from '../units.ts';
import { coalescePages, endCoalescing } from './coalesce.ts';
import { ledgerIndex } from './events.ts';
import { goSlow } from './long-term.ts';
import { seek } from './position.ts';
import { BIO_MAX_VECTORS } from './memory-classes.ts';
import {
  chainCapacity,
  closeResultMemory,
  growResultMemory,
  openResultMemory,
} from './result-memory.ts';
import type { CountingState, ResultRoom } from './state.ts';
import { walkFast } from './walk-fast.ts';
import type { WalkStop } from './state.ts';
import { dropReferences } from './walk-stop.ts';

const PTR_STORE = ledgerIndex('record', 'ptr_store');

/** The 2008 slow path drops what the fast path took and starts over. Source: SPEC rule FAST-6. */
function restartLocked(
  state: CountingState,
  start: number,
  pages: number,
  room: ResultRoom,
): WalkStop {
  const { slices } = state;
  for (let at = 0; at < slices.length; at += 1) {
    dropReferences(state, slices.order[at], 1, slices.pages[at]);
    state.recorder?.bookReferences(slices.pfn[at], slices.pages[at], slices.order[at], false, -1);
  }
  slices.length = 0;
  room.used = 0;
  seek(state, start);
  return goSlow(state, pages, room);
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
  const room: ResultRoom = { capacity, used: 0, isClosed: false };
  recorder?.step('gup', 1, -1, pages);
  let stop: WalkStop;
  if (policies.walk === 'locked' || policies.walk === 'page-cache') {
    stop = goSlow(state, pages, room);
  } else {
    stop = walkFast(state, pages, room);
    if (stop === 'stopped' && policies.prototypeHoles && room.used > 0) {
      // The prototype says that it pinned everything, and drops the rest (HOLE-3).
      seek(state, start + pages);
      stop = 'done';
    }
    const isLeft = stop === 'stopped' && policies.fallback !== 'none';
    if (isLeft) state.figures.slowCalls += 1;
    if (isLeft && policies.fallback === 'keep') {
      stop = goSlow(state, pages - (state.position - start), room);
    } else if (isLeft) {
      stop = restartLocked(state, start, pages, room);
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

/** Callers that know pages only are handed an array of them. Source: SPEC rule COMP-3. */
function expandForCallers(state: CountingState, pages: number): void {
  if (state.policies.callers !== 'shim' || reportsEveryPage(state.policies)) return;
  state.ledger[PTR_STORE] += pages;
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
  state.sliceFloor = 0;
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
  const taken = state.position - start;
  const isWhole = stop === 'done';
  const folioBytes = state.policies.add === 'coalesce' && isWhole ? coalescePages(state, taken) : 0;
  closeResultMemory(state, memory);
  endCoalescing(state, folioBytes);
  expandForCallers(state, taken);
  state.recorder?.step('extract-end', 1, -1, taken);
  return taken;
}
