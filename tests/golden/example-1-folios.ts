import {
  kib,
  mib,
  layoutA,
  scatter,
  layoutB,
  layoutContiguous,
  write,
  oneCall,
  twoCalls,
  threeCalls,
  stack,
  heap,
  slabOf64,
  vectorPerPage,
  oneAllocation,
  noAllocation,
} from './worked-example.ts';
import type { WorkedExample } from './worked-example.ts';
import type { ReferenceBvec } from '../reference/index.ts';

/** A walk that visits 32 PTEs of one folio and takes one reference. */
const eachOfOneFolio = {
  ...oneCall,
  pte_read: 32,
  recheck: 1,
  'lock_op.reference': 2,
  'lock_op.mark': 1,
  ptr_store: 0,
  vec_store: 1,
  contig_cmp: 31,
  merge_test: 0,
  merge_ok: 0,
  bvec_new: 1,
  unpin_call: 1,
  'lock_op.release': 2,
  lock_op: 5,
} as const;

/** What it costs to take and give back 32 order-0 runs. */
const thirtyTwoRuns = {
  recheck: 32,
  'lock_op.reference': 64,
  'lock_op.mark': 32,
  ptr_store: 0,
  vec_store: 32,
  contig_cmp: 31,
  merge_test: 0,
  merge_ok: 0,
  bvec_new: 32,
  unpin_call: 32,
  'lock_op.release': 32,
  lock_op: 128,
} as const;

const oneVector: readonly ReferenceBvec[] = [{ pfn: 4096, offset: 0, length: 131_072 }];

/** EX-1, columns S6a, and the same with batched visits. */
export const folioVecOn128Kib: readonly WorkedExample[] = [
  {
    name: '[EX-1] folio-vec each on A',
    rows: layoutA,
    request: write('folio-vec', { visit: 'each' }, 128 * kib),
    expected: {
      events: { ...eachOfOneFolio, ...oneAllocation },
      calls: 1,
      bvecs: oneVector,
      bio: slabOf64,
      temporary: heap(768, 1024),
      irqOffPages: 32,
      references: 1,
      meta: { walkAndGrab: 34, add: 0, completion: 1 },
      nodestat: { acquire: 1, release: 1 },
    },
  },
  {
    name: '[EX-1] folio-vec each on B',
    rows: layoutB,
    request: write('folio-vec', { visit: 'each' }, 128 * kib),
    expected: {
      events: { ...oneCall, ...thirtyTwoRuns, ...oneAllocation, pte_read: 32 },
      calls: 1,
      bvecs: vectorPerPage(layoutB),
      temporary: heap(768, 1024),
      references: 32,
      meta: { walkAndGrab: 96, add: 0, completion: 32 },
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[EX-1] folio-vec each on B′',
    rows: layoutContiguous,
    request: write('folio-vec', { visit: 'each' }, 128 * kib),
    expected: {
      events: { ...oneCall, ...thirtyTwoRuns, ...oneAllocation, pte_read: 32 },
      calls: 1,
      bvecs: vectorPerPage(layoutContiguous),
      temporary: heap(768, 1024),
      references: 32,
      meta: { walkAndGrab: 96, add: 0, completion: 32 },
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[EX-1] folio-vec batched on A',
    rows: layoutA,
    request: write('folio-vec', { visit: 'batched' }, 128 * kib),
    expected: {
      events: {
        ...oneCall,
        ...oneAllocation,
        pte_read: 32,
        recheck: 1,
        vec_store: 1,
        contig_cmp: 0,
        bvec_new: 1,
        lock_op: 5,
      },
      calls: 1,
      bvecs: oneVector,
      references: 32,
      meta: { walkAndGrab: 2, add: 0, completion: 1 },
      nodestat: { acquire: 1, release: 1 },
    },
  },
];

/** EX-1, columns S7 with 31 and 15 entries, and the pointer form. */
export const folioBatchOn128Kib: readonly WorkedExample[] = [
  {
    name: '[EX-1] folio-batch 31 on A',
    rows: layoutA,
    request: write('folio-batch', { entries: 31, form: 'range' }, 128 * kib),
    expected: {
      events: { ...eachOfOneFolio, ...noAllocation },
      calls: 1,
      bvecs: oneVector,
      temporary: stack(752),
      irqOffPages: 32,
      references: 1,
      nodestat: { acquire: 1, release: 1 },
    },
  },
  {
    name: '[EX-1] folio-batch 31 on B',
    rows: layoutB,
    request: write('folio-batch', { entries: 31, form: 'range' }, 128 * kib),
    expected: {
      events: { ...twoCalls, ...thirtyTwoRuns, ...noAllocation, pte_read: 33 },
      calls: 2,
      bvecs: vectorPerPage(layoutB),
      temporary: stack(752),
      irqOffPages: 31,
      references: 32,
      meta: { walkAndGrab: 97, add: 0, completion: 32 },
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[EX-1] folio-batch 31 on B′',
    rows: layoutContiguous,
    request: write('folio-batch', { entries: 31, form: 'range' }, 128 * kib),
    expected: {
      events: { ...twoCalls, ...thirtyTwoRuns, ...noAllocation, pte_read: 33 },
      calls: 2,
      bvecs: vectorPerPage(layoutContiguous),
      temporary: stack(752),
      references: 32,
      meta: { walkAndGrab: 97, add: 0, completion: 32 },
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[EX-1] folio-batch 15 on A',
    rows: layoutA,
    request: write('folio-batch', { entries: 15, form: 'range' }, 128 * kib),
    expected: {
      events: { ...eachOfOneFolio, ...noAllocation },
      calls: 1,
      bvecs: oneVector,
      temporary: stack(368),
      references: 1,
    },
  },
  {
    name: '[EX-1] folio-batch 15 on B',
    rows: layoutB,
    request: write('folio-batch', { entries: 15, form: 'range' }, 128 * kib),
    expected: {
      events: { ...threeCalls, ...thirtyTwoRuns, ...noAllocation, pte_map: 3, pte_read: 34 },
      calls: 3,
      bvecs: vectorPerPage(layoutB),
      temporary: stack(368),
      irqOffPages: 15,
      references: 32,
      meta: { walkAndGrab: 98, add: 0, completion: 32 },
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[MEM-3] folio-batch of 31 pointers takes 256 bytes',
    rows: layoutA,
    request: write('folio-batch', { entries: 31, form: 'pointer' }, 128 * kib),
    expected: {
      events: { ...noAllocation, pte_read: 32, contig_cmp: 31, bvec_new: 1, lock_op: 5 },
      calls: 1,
      bvecs: oneVector,
      temporary: stack(256),
      references: 1,
    },
  },
  {
    name: '[RUN-3] folio-batch 31 on 1 MiB of 128 KiB folios: 8 runs, one call',
    rows: [{ vaPage: 0, pfn: 4096, pages: 256, order: 5, leaf: 'pte', flags: [] }],
    request: write('folio-batch', { entries: 31, form: 'range' }, mib),
    expected: { events: { ...oneCall, bvec_new: 8 }, calls: 1, folioRuns: 8, irqOffPages: 256 },
  },
  {
    name: '[RUN-3] folio-batch 31 on 1 MiB of scattered pages: nine calls',
    rows: scatter(256),
    request: write('folio-batch', { entries: 31, form: 'range' }, mib),
    expected: { events: { irq_save: 9, pte_read: 264, bvec_new: 256 }, calls: 9, irqOffPages: 31 },
  },
];

/** EX-1, columns S8, and one page above the threshold. */
export const folioThresholdOn128Kib: readonly WorkedExample[] = [
  {
    name: '[EX-1] folio-threshold 32 on A',
    rows: layoutA,
    request: write('folio-threshold', { threshold: 32, unit: 'pages' }, 128 * kib),
    expected: {
      events: { ...eachOfOneFolio, ...noAllocation },
      calls: 1,
      bvecs: oneVector,
      temporary: stack(768),
      references: 1,
      nodestat: { acquire: 1, release: 1 },
    },
  },
  {
    name: '[EX-1] folio-threshold 32 on B',
    rows: layoutB,
    request: write('folio-threshold', { threshold: 32, unit: 'pages' }, 128 * kib),
    expected: {
      events: { ...oneCall, ...thirtyTwoRuns, ...noAllocation, pte_read: 32 },
      calls: 1,
      bvecs: vectorPerPage(layoutB),
      temporary: stack(768),
      references: 32,
      nodestat: { acquire: 32, release: 32 },
    },
  },
  {
    name: '[EX-1] folio-threshold 32 on B′',
    rows: layoutContiguous,
    request: write('folio-threshold', { threshold: 32, unit: 'pages' }, 128 * kib),
    expected: {
      events: { ...oneCall, ...thirtyTwoRuns, ...noAllocation, pte_read: 32 },
      calls: 1,
      bvecs: vectorPerPage(layoutContiguous),
      temporary: stack(768),
      references: 32,
    },
  },
  {
    name: '[MEM-5] folio-threshold 32 on 33 scattered pages allocates 792 bytes in the 1 KiB class',
    rows: scatter(33),
    request: write('folio-threshold', { threshold: 32, unit: 'pages' }, 132 * kib),
    expected: {
      events: { ...oneCall, ...oneAllocation, pte_read: 33, vec_store: 33 },
      calls: 1,
      temporary: heap(792, 1024),
    },
  },
  {
    name: '[MEM-5] folio-threshold 4 runs on 6 scattered pages moves them to the heap',
    rows: scatter(6),
    request: write('folio-threshold', { threshold: 4, unit: 'runs' }, 24 * kib),
    expected: {
      events: {
        ...twoCalls,
        ...oneAllocation,
        copy: 4,
        pte_read: 7,
        contig_cmp: 5,
        vec_store: 6,
        bvec_new: 6,
      },
      calls: 2,
      temporary: { stackBytes: 96, heapRequested: 144, heapBytes: 192, pagesAllocated: 0 },
      irqOffPages: 4,
      meta: { walkAndGrab: 19, add: 0, completion: 6 },
    },
  },
];
