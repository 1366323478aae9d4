import {
  layoutCopied,
  oneCall,
  twoCalls,
  noMemory,
  stack,
  heap,
  oneAllocation,
  noAllocation,
  writeCopied,
} from './worked-example.ts';
import type { WorkedExample } from './worked-example.ts';
import type { ReferenceBvec } from '../reference/index.ts';

const copiedVectors: readonly ReferenceBvec[] = [
  { pfn: 4096, offset: 512, length: 24_064 },
  { pfn: 9001, offset: 0, length: 4096 },
  { pfn: 4103, offset: 0, length: 36_864 },
  { pfn: 8193, offset: 0, length: 12_288 },
];

const copiedVectorsMerged: readonly ReferenceBvec[] = [
  ...copiedVectors,
  { pfn: 20_000, offset: 0, length: 12_800 },
];

const copiedVectorsApart: readonly ReferenceBvec[] = [
  ...copiedVectors,
  { pfn: 20_000, offset: 0, length: 4096 },
  { pfn: 20_001, offset: 0, length: 4096 },
  { pfn: 20_002, offset: 0, length: 4096 },
  { pfn: 20_003, offset: 0, length: 512 },
];

const copiedRange = {
  outcome: { kind: 'pinned', pages: 23 },
  pages: 23,
  folioRuns: 8,
  physicalRuns: 5,
  calls: 1,
  irqOffPages: 23,
} as const;

const copiedPerPage = {
  ...oneCall,
  pte_read: 23,
  recheck: 23,
  'lock_op.reference': 46,
  'lock_op.mark': 23,
  ptr_store: 23,
  vec_store: 0,
  kmalloc: 0,
  kfree: 0,
} as const;

const copiedPerRun = {
  ...oneCall,
  pte_read: 23,
  recheck: 8,
  'lock_op.reference': 16,
  'lock_op.mark': 8,
  ptr_store: 0,
  vec_store: 8,
  merge_test: 0,
  merge_ok: 0,
  bvec_new: 8,
  unpin_call: 8,
  'lock_op.release': 11,
  lock_op: 35,
} as const;

/** EX-2. */
export const copyOnWriteInsideFolio: readonly WorkedExample[] = [
  {
    name: '[EX-2] per-page v6.11',
    rows: layoutCopied,
    request: writeCopied('per-page', { kernel: 'v6.11' }),
    expected: {
      ...copiedRange,
      events: {
        ...copiedPerPage,
        contig_cmp: 0,
        merge_test: 22,
        merge_ok: 18,
        bvec_new: 5,
        unpin_call: 23,
        'lock_op.release': 41,
        lock_op: 110,
      },
      bvecs: copiedVectorsMerged,
      temporary: noMemory,
      references: 23,
      meta: { walkAndGrab: 46, add: 0, completion: 5 + 23 },
      nodestat: { acquire: 23, release: 23 },
    },
  },
  {
    name: '[EX-2] folio-add v6.12',
    rows: layoutCopied,
    request: writeCopied('folio-add', { kernel: 'v6.12' }),
    expected: {
      ...copiedRange,
      events: {
        ...copiedPerPage,
        contig_cmp: 16,
        merge_test: 7,
        merge_ok: 3,
        bvec_new: 5,
        unpin_call: 8,
        'lock_op.release': 11,
        lock_op: 80,
      },
      bvecs: copiedVectorsMerged,
      temporary: noMemory,
      references: 23,
      meta: { walkAndGrab: 46, add: 24, completion: 5 },
      nodestat: { acquire: 23, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-add v7.0',
    rows: layoutCopied,
    request: writeCopied('folio-add', { kernel: 'v7.0' }),
    expected: {
      ...copiedRange,
      events: {
        ...copiedPerPage,
        contig_cmp: 16,
        merge_test: 0,
        merge_ok: 0,
        bvec_new: 8,
        unpin_call: 8,
        'lock_op.release': 11,
        lock_op: 80,
        pagemap: 7,
      },
      bvecs: copiedVectorsApart,
      temporary: noMemory,
      references: 23,
      meta: { walkAndGrab: 46, add: 24, completion: 8 },
      nodestat: { acquire: 23, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-vec each',
    rows: layoutCopied,
    request: writeCopied('folio-vec', { visit: 'each' }),
    expected: {
      ...copiedRange,
      events: { ...copiedPerRun, ...oneAllocation, contig_cmp: 22 },
      bvecs: copiedVectorsApart,
      temporary: heap(552, 1024),
      references: 8,
      meta: { walkAndGrab: 39, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-vec batched',
    rows: layoutCopied,
    request: writeCopied('folio-vec', { visit: 'batched' }),
    expected: {
      ...copiedRange,
      events: { ...copiedPerRun, ...oneAllocation, contig_cmp: 0 },
      bvecs: copiedVectorsApart,
      temporary: heap(552, 1024),
      references: 23,
      meta: { walkAndGrab: 16, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-batch 31',
    rows: layoutCopied,
    request: writeCopied('folio-batch', { entries: 31, form: 'range' }),
    expected: {
      ...copiedRange,
      events: { ...copiedPerRun, ...noAllocation, contig_cmp: 22 },
      bvecs: copiedVectorsApart,
      temporary: stack(752),
      references: 8,
      meta: { walkAndGrab: 39, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-batch 15',
    rows: layoutCopied,
    request: writeCopied('folio-batch', { entries: 15, form: 'range' }),
    expected: {
      ...copiedRange,
      events: { ...copiedPerRun, ...noAllocation, contig_cmp: 22 },
      bvecs: copiedVectorsApart,
      temporary: stack(368),
      references: 8,
      meta: { walkAndGrab: 39, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-threshold 32',
    rows: layoutCopied,
    request: writeCopied('folio-threshold', { threshold: 32, unit: 'pages' }),
    expected: {
      ...copiedRange,
      events: { ...copiedPerRun, ...noAllocation, contig_cmp: 22 },
      bvecs: copiedVectorsApart,
      temporary: stack(768),
      references: 8,
      meta: { walkAndGrab: 39, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
  {
    name: '[EX-2] folio-batch 4',
    rows: layoutCopied,
    request: writeCopied('folio-batch', { entries: 4, form: 'range' }),
    expected: {
      ...copiedRange,
      events: {
        ...copiedPerRun,
        ...twoCalls,
        ...noAllocation,
        contig_cmp: 22,
        pte_read: 24,
        lock_op: 35,
      },
      calls: 2,
      bvecs: copiedVectorsApart,
      temporary: stack(104),
      irqOffPages: 19,
      references: 8,
      meta: { walkAndGrab: 24 + 16, add: 0, completion: 8 },
      nodestat: { acquire: 8, release: 8 },
    },
  },
];
