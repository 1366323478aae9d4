import {
  layoutThp,
  stack,
  kib,
  layoutCopied,
  write,
  oneCall,
  twoCalls,
  writeCopied,
} from './worked-example.ts';
import type { WorkedExample } from './worked-example.ts';
import type { ReferenceRow } from '../reference/index.ts';

/** Five pages of A, then nothing. */
const layoutWithGap: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 5, order: 5, leaf: 'pte', flags: [] },
];

/** One order-5 folio whose middle lies on a 2 MiB boundary of virtual memory. */
const layoutAcrossTables: readonly ReferenceRow[] = [
  { vaPage: 496, pfn: 4096, pages: 32, order: 5, leaf: 'pte', flags: [] },
];

/** Device memory with one folio of 2 MiB behind a PMD leaf. */
const layoutDevice: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 512, order: 9, leaf: 'pmd', flags: ['devmap', 'compound'] },
];

/** Rules that the worked examples do not reach, in figures. */
export const rulesInFigures: readonly WorkedExample[] = [
  {
    name: '[GAP-2] a gap at page 5 makes a short I/O and two GUP calls',
    rows: layoutWithGap,
    request: write('per-page', { kernel: 'v6.11' }, 32 * kib),
    expected: {
      events: {
        ...twoCalls,
        pte_read: 5 + 1 + 1,
        recheck: 5,
        mmap_rlock: 2,
        vma_find: 2,
        mmap_runlock: 2,
        ptr_store: 5,
        unpin_call: 5,
        fault: 0,
      },
      outcome: { kind: 'short', pages: 5 },
      calls: 2,
      bvecs: [{ pfn: 4096, offset: 0, length: 5 * 4096 }],
      irqOffPages: 5,
      references: 5,
    },
  },
  {
    name: '[GAP-2] a gap at page 0 is EFAULT',
    rows: layoutWithGap,
    request: write('per-page', { kernel: 'v6.11' }, 32 * kib, 8 * 4096),
    expected: {
      events: {
        ...oneCall,
        pte_read: 1,
        recheck: 0,
        mmap_rlock: 1,
        vma_find: 1,
        mmap_runlock: 1,
        lock_op: 0,
        bvec_new: 0,
        unpin_call: 0,
      },
      outcome: { kind: 'efault', pages: 0 },
      calls: 1,
      bvecs: [],
      irqOffPages: 0,
      references: 0,
    },
  },
  {
    name: '[DIRTY-1] a read sets each piece of a file folio dirty with three locked operations',
    rows: layoutCopied.map((row) => ({ ...row, flags: ['file'] })),
    request: {
      ...writeCopied('folio-add', { kernel: 'v6.12' }),
      op: 'read',
    },
    expected: { events: { dirty_folio: 8, 'lock_op.dirty': 24, lock_op: 104 } },
  },
  {
    name: '[DIRTY-1] a read of v5.10 sets order-0 pages dirty only',
    rows: layoutCopied,
    request: { ...writeCopied('per-page', { kernel: 'v5.10' }), op: 'read' },
    expected: { events: { dirty_folio: 5, 'lock_op.dirty': 10, lock_op: 69 + 10 } },
  },
  {
    name: '[FAST-4] v6.11 grabs every page of a device memory leaf',
    rows: layoutDevice,
    request: write('per-page', { kernel: 'v6.11' }, 1024 * kib),
    expected: {
      events: { recheck: 1, 'lock_op.reference': 512, 'lock_op.mark': 256, ptr_store: 256 },
      calls: 1,
      references: 256,
    },
  },
  {
    name: '[FAST-3] v6.12 grabs a device memory leaf once',
    rows: layoutDevice,
    request: write('folio-add', { kernel: 'v6.12' }, 1024 * kib),
    expected: {
      events: { recheck: 1, 'lock_op.reference': 2, 'lock_op.mark': 1, ptr_store: 256 },
      calls: 1,
      references: 256,
    },
  },
  {
    name: '[RUN-2] a run ends at a 2 MiB boundary',
    rows: layoutAcrossTables,
    request: write('folio-vec', { visit: 'each' }, 128 * kib, 496 * 4096),
    expected: {
      events: {
        argcheck: 1,
        lvl_pgd: 1,
        lvl_p4d: 1,
        lvl_pud: 1,
        lvl_pmd: 2,
        pte_map: 2,
        pte_unmap: 2,
        pte_read: 32,
        contig_cmp: 31,
        vec_store: 2,
        bvec_new: 2,
        lock_op: 10,
      },
      folioRuns: 1,
      calls: 1,
      bvecs: [
        { pfn: 4096, offset: 0, length: 16 * 4096 },
        { pfn: 4112, offset: 0, length: 16 * 4096 },
      ],
      references: 2,
    },
  },
  {
    name: '[ADD-3] the scan of v7.0 crosses a 2 MiB boundary',
    rows: layoutAcrossTables,
    request: write('folio-add', { kernel: 'v7.0' }, 128 * kib, 496 * 4096),
    expected: {
      events: { lvl_pmd: 2, pte_map: 2, contig_cmp: 31, bvec_new: 1 },
      bvecs: [{ pfn: 4096, offset: 0, length: 131_072 }],
    },
  },
  {
    name: '[RUN-5] each page of a leaf is visited for one reference',
    rows: layoutThp,
    request: write('folio-vec', { visit: 'each' }, 1024 * kib),
    expected: {
      events: { pte_read: 0, contig_cmp: 255, vec_store: 1, recheck: 1, lock_op: 5, spill: 0 },
      calls: 1,
      meta: { walkAndGrab: 256 + 2, add: 0, completion: 1 },
      references: 1,
    },
  },
  {
    name: '[RUN-6] a batch of pointers closes at every folio that is not whole',
    rows: layoutCopied,
    request: writeCopied('folio-batch', { entries: 31, form: 'pointer' }),
    expected: {
      events: { irq_save: 4, pte_read: 26, contig_cmp: 22, bvec_new: 8, lock_op: 35 },
      calls: 4,
      temporary: stack(256),
      irqOffPages: 9,
      meta: { walkAndGrab: 26 + 16, add: 0, completion: 8 },
      references: 8,
    },
  },
];
