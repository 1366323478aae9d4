import { ALLOCATION_SOURCES } from '../counting/allocations.ts';
import { createCounter } from '../counting/counter.ts';
import type { Counter, IoCount } from '../counting/counter.ts';
import { PHASES, createLedger } from '../counting/events.ts';
import type { Ledger } from '../counting/events.ts';
import { createPricer } from '../cost/price.ts';
import type { Pricer } from '../cost/price.ts';
import type { Trial } from '../experiment/experiment.ts';
import type { Layout } from '../layout/layout.ts';
import { firstPageOf, pagesOf } from '../counting/request.ts';
import type { CacheState } from '../counting/request.ts';
import { cacheStateOf } from './cache-state.ts';
import { offsetAt } from './offset-space.ts';
import type { OffsetSpace } from './offset-space.ts';
import { PageHistory } from './page-history.ts';

/** Above this many possible offsets a map replaces the table of 4 bytes an offset. */
const TABLE_LIMIT = 16_777_216;
const PHASE_COUNT = PHASES.length;
const SOURCE_COUNT = ALLOCATION_SOURCES.length;

/**
 * What each distinct I/O of a trial costs, counted and priced when it first occurs. Equal I/Os share a
 * slot, so a random workload over few offsets is counted once for each offset. An I/O that changes pages by
 * faulting them in has a slot of its own.
 */
export class IoCosts {
  /** Nanoseconds by slot and phase, before jitter: entry `slot * 8 + phase`. */
  prices: Float64Array;
  /** How often each slot was measured. */
  hits: Float64Array;
  /** Most bytes each slot holds at once, by slot and allocation source; empty without a device. */
  peaks: Float64Array;
  slotCount = 0;

  private readonly trial: Trial;
  private readonly space: OffsetSpace;
  /** What I/Os have made of the pages so far; null where no I/O changes any. */
  private readonly history: PageHistory | null;
  /** The memory that the I/O of a slot met, where that is not the layout of the trial. */
  private readonly memory = new Map<number, Layout>();
  /** Allocation sources kept for each slot: only a device has I/Os in flight that hold memory. */
  private readonly sourcesKept: number;
  private readonly counter: Counter;
  private readonly pricer: Pricer;
  private readonly caches: CacheState;
  private readonly ledger: Ledger = createLedger();
  private readonly priced = new Float64Array(PHASE_COUNT);
  private readonly slotTable: Int32Array | null;
  private readonly slotMap = new Map<number, number>();
  private indexOfSlot: Float64Array;

  constructor(trial: Trial, space: OffsetSpace) {
    this.trial = trial;
    this.space = space;
    this.history = PageHistory.of(trial);
    this.counter = createCounter(trial.strategy.policies);
    this.pricer = createPricer(trial.costModel, trial.strategy.policies, trial.tracer);
    this.caches = cacheStateOf(trial.layout.layout, trial.costModel, trial.workload.access);
    this.slotTable = space.size <= TABLE_LIMIT ? new Int32Array(space.size).fill(-1) : null;
    this.sourcesKept = trial.workload.device === null ? 0 : SOURCE_COUNT;
    const capacity = Math.min(space.size, 1024);
    this.prices = new Float64Array(capacity * PHASE_COUNT);
    this.hits = new Float64Array(capacity);
    this.peaks = new Float64Array(capacity * this.sourcesKept);
    this.indexOfSlot = new Float64Array(capacity);
  }

  /** The slot of the offset with number `index`; counts its I/O when it is met first. */
  slotOf(index: number): number {
    const { slotTable } = this;
    const known = slotTable === null ? (this.slotMap.get(index) ?? -1) : slotTable[index];
    if (known >= 0) return known;
    return this.history === null ? this.openSlot(index, null, true) : this.takeTurn(index);
  }

  /** The memory that the I/O of a slot meets. */
  memoryOf(slot: number): Layout {
    return this.memory.get(slot) ?? this.trial.layout.layout;
  }

  /** Counts the I/O of a slot again. The result is valid until the next count. */
  recount(slot: number, ledger: Ledger): IoCount {
    return this.countAt(this.offsetOf(slot), this.memoryOf(slot), ledger);
  }

  /** Offset of the I/O of a slot. Unit: bytes. */
  offsetOf(slot: number): number {
    return offsetAt(this.space, this.indexOfSlot[slot]);
  }

  /** An I/O on pages that others may have changed; once none of them changes any more, it has its slot. */
  private takeTurn(index: number): number {
    const offset = offsetAt(this.space, index);
    const first = firstPageOf({ offset });
    const pages = pagesOf({ offset, length: this.trial.workload.blockBytes });
    const memory = this.history?.memoryFor(first, pages) ?? null;
    if (memory === null || memory.isSettled) {
      return this.openSlot(index, memory?.layout ?? null, true);
    }
    const slot = this.openSlot(index, memory.layout, false);
    this.history?.settle(first, pages);
    return slot;
  }

  private countAt(offset: number, layout: Layout, ledger: Ledger): IoCount {
    const { workload } = this.trial;
    const request = {
      api: workload.api,
      op: workload.operation,
      path: workload.path,
      offset,
      length: workload.blockBytes,
      pagesPerCall: workload.pagesPerCall,
      caches: this.caches,
    };
    return this.counter.count({ layout, request }, ledger);
  }

  /** Counts and prices an I/O that was not met before; `isLasting` where it will cost the same again. */
  private openSlot(index: number, memory: Layout | null, isLasting: boolean): number {
    const slot = this.slotCount;
    if (slot === this.hits.length) this.grow();
    this.slotCount += 1;
    this.indexOfSlot[slot] = index;
    if (memory !== null) this.memory.set(slot, memory);
    if (isLasting) {
      if (this.slotTable === null) this.slotMap.set(index, slot);
      else this.slotTable[index] = slot;
    }
    const counted = this.countAt(this.offsetOf(slot), this.memoryOf(slot), this.ledger);
    this.pricer.price(this.ledger, counted.figures, this.priced);
    this.prices.set(this.priced, slot * PHASE_COUNT);
    if (this.sourcesKept > 0) this.peaks.set(counted.allocations.peak, slot * SOURCE_COUNT);
    return slot;
  }

  private grow(): void {
    // Each offset has one slot that lasts and, where its pages change, one before that.
    const most = this.history === null ? this.space.size : Infinity;
    const capacity = Math.min(most, this.hits.length * 2);
    const larger = (column: Float64Array, width: number): Float64Array => {
      const copy = new Float64Array(capacity * width);
      copy.set(column);
      return copy;
    };
    this.prices = larger(this.prices, PHASE_COUNT);
    this.hits = larger(this.hits, 1);
    this.peaks = larger(this.peaks, this.sourcesKept);
    this.indexOfSlot = larger(this.indexOfSlot, 1);
  }
}
