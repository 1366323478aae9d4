import {
  mib,
  layoutThp,
  layoutThpByPte,
  write,
  threeCalls,
  noMemory,
  heap,
  oneAllocation,
} from './worked-example.ts';
import type { WorkedExample } from './worked-example.ts';
import type { ReferenceBvec } from '../reference/index.ts';

const thpWalk = {
  ...threeCalls,
  pte_map: 0,
  pte_unmap: 0,
  pte_read: 0,
  recheck: 3,
  ptr_store: 512,
  'lock_op.reference': 6,
  'lock_op.mark': 3,
} as const;

const thpRange = {
  outcome: { kind: 'pinned', pages: 512 },
  bios: 1,
  calls: 3,
  bio: { path: 'async', vecs: 256, bytes: 4096, source: 'slab' },
  temporary: noMemory,
  irqOffPages: 256,
  references: 512,
} as const;

const thpVectors: readonly ReferenceBvec[] = [
  { pfn: 4096, offset: 0, length: 256 * 4096 },
  { pfn: 4096 + 256, offset: 0, length: 255 * 4096 },
  { pfn: 4096 + 511, offset: 0, length: 4096 },
];

/** EX-3, and what the same memory costs by runs. */
export const hugePage: readonly WorkedExample[] = [
  {
    name: '[EX-3] per-page v6.11',
    rows: layoutThp,
    request: write('per-page', { kernel: 'v6.11' }, 2 * mib),
    expected: {
      ...thpRange,
      events: {
        ...thpWalk,
        contig_cmp: 0,
        merge_test: 511,
        merge_ok: 511,
        bvec_new: 1,
        unpin_call: 512,
        spill: 2,
        'lock_op.release': 1024,
        lock_op: 1033,
      },
      bvecs: [{ pfn: 4096, offset: 0, length: 2 * mib }],
      nodestat: { acquire: 3, release: 512 },
    },
  },
  {
    name: '[EX-3] folio-add v6.12',
    rows: layoutThp,
    request: write('folio-add', { kernel: 'v6.12' }, 2 * mib),
    expected: {
      ...thpRange,
      events: {
        ...thpWalk,
        contig_cmp: 509,
        merge_test: 2,
        merge_ok: 2,
        bvec_new: 1,
        unpin_call: 1,
        spill: 2 + 1,
        'lock_op.release': 2,
        lock_op: 11,
      },
      bvecs: [{ pfn: 4096, offset: 0, length: 2 * mib }],
      nodestat: { acquire: 3, release: 1 },
    },
  },
  {
    name: '[EX-3] folio-add v7.0',
    rows: layoutThp,
    request: write('folio-add', { kernel: 'v7.0' }, 2 * mib),
    expected: {
      ...thpRange,
      events: {
        ...thpWalk,
        contig_cmp: 509,
        merge_test: 0,
        merge_ok: 0,
        bvec_new: 3,
        unpin_call: 3,
        spill: 2 + 2,
        'lock_op.release': 6,
        lock_op: 15,
      },
      bvecs: thpVectors,
      nodestat: { acquire: 3, release: 3 },
    },
  },
  {
    name: '[MEM-1] folio-vec batched allocates 12288 bytes as four pages',
    rows: layoutThp,
    request: write('folio-vec', { visit: 'batched' }, 2 * mib),
    expected: {
      events: { ...oneAllocation, pte_read: 0, recheck: 1, vec_store: 1, lock_op: 5, spill: 2 },
      calls: 1,
      temporary: heap(12_288, 16_384),
      bvecs: [{ pfn: 4096, offset: 0, length: 2 * mib }],
      references: 512,
      irqOffPages: 512,
    },
  },
];

/** The huge page of EX-3 mapped by PTEs: the bio loop asks for 256, 255 and 1 pages. */
export const bioLoop: readonly WorkedExample[] = [
  {
    name: '[BIO-2] the bio loop, per-page v6.11: three walks, one vector',
    rows: layoutThpByPte,
    request: write('per-page', { kernel: 'v6.11' }, 2 * mib),
    expected: {
      events: { ...threeCalls, pte_map: 3, pte_read: 512, bvec_new: 1 },
      bios: 1,
      calls: 3,
      bvecs: [{ pfn: 4096, offset: 0, length: 2 * mib }],
      irqOffPages: 256,
    },
  },
  {
    name: '[BIO-2] the bio loop, folio-add v6.12: three walks, one vector',
    rows: layoutThpByPte,
    request: write('folio-add', { kernel: 'v6.12' }, 2 * mib),
    expected: {
      events: { ...threeCalls, pte_map: 3, pte_read: 512, bvec_new: 1 },
      bios: 1,
      calls: 3,
      bvecs: [{ pfn: 4096, offset: 0, length: 2 * mib }],
      irqOffPages: 256,
    },
  },
  {
    name: '[BIO-2] the bio loop, folio-add v7.0: three walks, three vectors',
    rows: layoutThpByPte,
    request: write('folio-add', { kernel: 'v7.0' }, 2 * mib),
    expected: {
      events: { ...threeCalls, pte_map: 3, pte_read: 512, bvec_new: 3 },
      bios: 1,
      calls: 3,
      bvecs: thpVectors,
      irqOffPages: 256,
    },
  },
];
