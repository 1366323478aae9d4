import type { Layout } from '../layout/layout.ts';
import type { Era, Policies } from '../strategy/policies.ts';
import { ALLOCATION_SOURCES } from './allocations.ts';
import { createLedger } from './events.ts';
import type { Ledger } from './events.ts';
import type { BioVectorSource } from './memory-classes.ts';
import { demandOf } from './page-states.ts';
import type { Demand } from './page-states.ts';
import type { Recorder } from './recorder.ts';
import type { Api } from './request.ts';
import { createSlices } from './slices.ts';
import type { Slices } from './slices.ts';

/**
 * Why a walk ended: all pages taken, the result full, a page that it cannot take, or bare folio pointers
 * that cannot take the next page however much room there is.
 */
export type WalkStop = 'done' | 'full' | 'stopped' | 'closed';

/** Room for the result entries of one GUP call. */
export type ResultRoom = {
  /** Entries that fit in all; Infinity where every page asked for has room. A pfn-list counts its words. */
  readonly capacity: number;
  used: number;
  /** The next page would make bare folio pointers ambiguous: the caller has to drain them first. */
  isClosed: boolean;
};

/** Figures of one I/O that are no events. Written by the counter, valid until its next use. */
export type IoFigures = {
  /** GUP calls over all bios, and those of them that needed the slow path. */
  calls: number;
  slowCalls: number;
  /** Page tables that a call walked although the call before it had. */
  rewalkedTables: number;
  /** Extract calls over all bios, or those of a pin without a bio. */
  extracts: number;
  /** Bios that carry at least one vector, and all that were started. */
  bios: number;
  biosStarted: number;
  /** Largest number of pages recorded with interrupts off at a stretch. Unit: base pages. */
  irqOffPages: number;
  /** Pages pinned and carried. Unit: base pages. */
  pagesTaken: number;
  /** DMA pins that are held until the I/O completes, 0 for plain references. */
  pinsHeld: number;
  /** Most stack bytes any call used for its result. */
  stackBytes: number;
  /** Slab-class bytes of all result allocations. */
  heapBytes: number;
  /** Bytes those allocations asked for. */
  heapRequested: number;
  /** 4 KiB result pages the caller supplied. */
  pagesAllocated: number;
  /** bi_max_vecs of the bios that carry a vector, their bytes, and where the first bio's came from. */
  bioVectors: number;
  bioBytes: number;
  bioSource: BioVectorSource;
};

/**
 * Everything the counter mutates while it counts one I/O. One counter owns it; the policy files of
 * this folder change it in place because a fresh object for each I/O would cost more than the count.
 */
export type CountingState = {
  ledger: Ledger;
  recorder: Recorder | null;
  readonly figures: IoFigures;
  readonly slices: Slices;
  /** Allocations of this I/O by `ALLOCATION_SOURCES`: how many, bytes, and most bytes at once. */
  readonly allocations: {
    readonly count: Float64Array;
    readonly bytes: Float64Array;
    readonly live: Float64Array;
    readonly peak: Float64Array;
  };
  layout: Layout;
  /** The strategy as composed, and as the API of the current request runs it. */
  readonly composition: Policies;
  policies: Policies;
  era: Era;
  api: Api;
  /** A read into memory that a bio carries: completion sets its folios dirty. */
  setsDirty: boolean;
  isSync: boolean;
  isPin: boolean;
  /** What the request asks of its pages, and the flags at which the fast walk stops. */
  demand: Demand;
  stopBits: number;
  /** The 2 MiB block whose table was walked last in this I/O, -1 for none. */
  lastTable: number;
  /** The registered buffer has one vector for each folio. */
  isCoalesced: boolean;
  /** Before this virtual page a fault of the walk under way has mapped the folio that `position` lies in. */
  mappedUntil: number;
  /** Slices from here on were reported by the walk under way. */
  sliceFloor: number;
  /** The walk under way holds mmap_lock. */
  isLocked: boolean;
  /** Pages of the whole request. */
  ioPages: number;
  /** Next page to take, and the extent that maps it or the next one. */
  position: number;
  extent: number;
  /** Why the last GUP call ended. */
  lastStop: WalkStop;
  /** The bio being filled: vectors used, vectors it has, frame after its last vector (-1: none). */
  vectorsUsed: number;
  vectorsMost: number;
  vectorEnd: number;
  /** The run being extended by the walk: start, pages so far (0: none), order. */
  runStart: number;
  runPages: number;
  runOrder: number;
  /** The piece of one folio in one bvec that completion will release: start, pages, order, flags. */
  pieceStart: number;
  piecePages: number;
  pieceOrder: number;
  pieceFlags: number;
};

const EMPTY_LAYOUT: Layout = {
  length: 0,
  vaPage: new Float64Array(0),
  pfn: new Float64Array(0),
  pages: new Float64Array(0),
  order: new Uint8Array(0),
  leaf: new Uint8Array(0),
  flags: new Uint16Array(0),
  mappedPages: 0,
};

/** A state that has counted nothing yet. */
export function createCountingState(policies: Policies): CountingState {
  const sources = ALLOCATION_SOURCES.length;
  return {
    ledger: createLedger(),
    recorder: null,
    figures: {
      calls: 0,
      slowCalls: 0,
      rewalkedTables: 0,
      extracts: 0,
      bios: 0,
      biosStarted: 0,
      irqOffPages: 0,
      pagesTaken: 0,
      pinsHeld: 0,
      stackBytes: 0,
      heapBytes: 0,
      heapRequested: 0,
      pagesAllocated: 0,
      bioVectors: 0,
      bioBytes: 0,
      bioSource: 'none',
    },
    slices: createSlices(),
    allocations: {
      count: new Float64Array(sources),
      bytes: new Float64Array(sources),
      live: new Float64Array(sources),
      peak: new Float64Array(sources),
    },
    layout: EMPTY_LAYOUT,
    composition: policies,
    policies,
    era: policies.era,
    api: 'direct-io',
    setsDirty: false,
    isSync: false,
    isPin: policies.kind === 'pin',
    demand: demandOf({ api: 'direct-io', op: 'write' }, policies),
    stopBits: 0,
    lastTable: -1,
    isCoalesced: false,
    mappedUntil: 0,
    sliceFloor: 0,
    isLocked: false,
    ioPages: 0,
    position: 0,
    extent: 0,
    lastStop: 'done',
    vectorsUsed: 0,
    vectorsMost: 0,
    vectorEnd: -1,
    runStart: 0,
    runPages: 0,
    runOrder: 0,
    pieceStart: 0,
    piecePages: 0,
    pieceOrder: 0,
    pieceFlags: 0,
  };
}
