import { resultEntryBytes } from '../strategy/policies.ts';
import type { Policies } from '../strategy/policies.ts';
import { PAGE_BYTES } from '../units.ts';
import { resultPageSource, resultSource } from './allocations.ts';
import { ledgerIndex } from './events.ts';
import { BIO_MAX_VECTORS, isLargeKmalloc, kmallocClassBytes } from './memory-classes.ts';
import type { CountingState } from './state.ts';

const KMALLOC = ledgerIndex('allocate', 'kmalloc');
const KFREE = ledgerIndex('allocate', 'kfree');
const LARGE_KMALLOC = ledgerIndex('allocate', 'large_kmalloc');
const PAGE_ALLOC = ledgerIndex('allocate', 'page_alloc');
const COPY = ledgerIndex('record', 'copy');

/** Books one allocation that lives until `bookFree`. */
export function bookAllocation(state: CountingState, source: number, bytes: number): void {
  const { count, bytes: total, live, peak } = state.allocations;
  count[source] += 1;
  total[source] += bytes;
  live[source] += bytes;
  peak[source] = Math.max(peak[source], live[source]);
}

/** Allocates memory for results. Unit: bytes asked for. */
export function allocateResult(state: CountingState, requested: number): void {
  const bytes = kmallocClassBytes(requested);
  state.ledger[KMALLOC] += 1;
  if (isLargeKmalloc(requested)) state.ledger[LARGE_KMALLOC] += 1;
  state.figures.heapRequested += requested;
  state.figures.heapBytes += bytes;
  bookAllocation(state, resultSource(requested), bytes);
  state.recorder?.step('allocate', 1, -1, requested);
}

/** Frees what `allocateResult` gave for as many bytes. */
export function freeResult(state: CountingState, requested: number): void {
  state.ledger[KFREE] += 1;
  state.allocations.live[resultSource(requested)] -= kmallocClassBytes(requested);
  state.recorder?.step('free', 1, -1, requested);
}

/** Entries that fit in the pages a caller chained. */
export function chainCapacity(policies: Policies): number {
  return Math.floor(PAGE_BYTES / resultEntryBytes(policies.result)) * policies.pages;
}

/**
 * The memory of one extract call's result: how many entries fit, and what is held on the heap.
 * `heldBytes` is the size asked for, 0 when nothing is.
 */
export type ResultMemory = { capacity: number; heldBytes: number };

function useStack(state: CountingState, bytes: number): void {
  state.figures.stackBytes = Math.max(state.figures.stackBytes, bytes);
}

/**
 * Provides memory for the result of an extract call that asks for `pages` pages.
 *
 * @source SPEC rules MEM-2 to MEM-8.
 */
export function openResultMemory(state: CountingState, pages: number): ResultMemory {
  const { policies } = state;
  const entryBytes = resultEntryBytes(policies.result);
  const onHeap = (entries: number, capacity: number): ResultMemory => {
    allocateResult(state, entryBytes * entries);
    return { capacity, heldBytes: entryBytes * entries };
  };
  switch (policies.memory) {
    case 'caller':
    case 'overlay':
      return { capacity: Infinity, heldBytes: 0 };
    case 'page-chain':
      return { capacity: chainCapacity(policies), heldBytes: 0 };
    case 'stack':
      useStack(state, policies.header + entryBytes * policies.entries);
      return { capacity: policies.entries, heldBytes: 0 };
    case 'per-io':
      return onHeap(pages, Infinity);
    case 'threshold':
      if (policies.unit === 'pages' && pages > policies.threshold) return onHeap(pages, Infinity);
      useStack(state, entryBytes * policies.threshold);
      return {
        capacity: policies.unit === 'runs' ? policies.threshold : Infinity,
        heldBytes: 0,
      };
    case 'callee-grow':
      return onHeap(policies.entries, policies.entries);
    case 'overallocate': {
      const entries = Math.min(pages, BIO_MAX_VECTORS);
      return onHeap(entries, entries);
    }
  }
}

/**
 * Makes room after a full result, where the memory policy can.
 *
 * @param pagesLeft  Pages of the extract call not yet taken.
 * @returns Whether there is room now; false means that the caller has to drain the result first.
 */
export function growResultMemory(
  state: CountingState,
  memory: ResultMemory,
  pagesLeft: number,
): boolean {
  const { policies, ledger } = state;
  const entryBytes = resultEntryBytes(policies.result);
  const used = memory.capacity;
  if (policies.memory === 'threshold') {
    memory.heldBytes = entryBytes * (pagesLeft + used);
    memory.capacity = Infinity;
    allocateResult(state, memory.heldBytes);
    ledger[COPY] += used;
    return true;
  }
  if (policies.memory !== 'callee-grow') return false;
  const old = memory.heldBytes;
  memory.heldBytes = old * 2;
  memory.capacity = used * 2;
  allocateResult(state, memory.heldBytes);
  ledger[COPY] += used;
  freeResult(state, old);
  return true;
}

/** Frees what an extract call holds on the heap. */
export function closeResultMemory(state: CountingState, memory: ResultMemory): void {
  if (memory.heldBytes > 0) freeResult(state, memory.heldBytes);
}

/** Pages a caller chains for a whole request, allocated once. Source: SPEC rule MEM-8. */
export function supplyResultPages(state: CountingState): void {
  const { policies } = state;
  if (policies.memory !== 'page-chain') return;
  state.ledger[PAGE_ALLOC] += policies.pages;
  state.figures.pagesAllocated += policies.pages;
  for (let page = 0; page < policies.pages; page += 1) {
    bookAllocation(state, resultPageSource(), PAGE_BYTES);
  }
}
