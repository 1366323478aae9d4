import { recordFromKeys } from '../records.ts';

/** The parts of an I/O's cost, in the order in which they happen. `total` is their sum. */
export const PHASES = [
  'walk',
  'grab',
  'record',
  'allocate',
  'add',
  'submit',
  'complete',
  'release',
] as const;
export type Phase = (typeof PHASES)[number];

/** Every published event, in the order of `explain@1`. SPEC.md says when each occurs. */
export const EVENTS = [
  'argcheck',
  'seq_begin',
  'seq_check',
  'irq_save',
  'irq_restore',
  'lvl_pgd',
  'lvl_p4d',
  'lvl_pud',
  'lvl_pmd',
  'pte_map',
  'pte_unmap',
  'pte_read',
  'recheck',
  'meta',
  'pagemap',
  'lock_op',
  'lock_op.reference',
  'lock_op.mark',
  'lock_op.release',
  'lock_op.dirty',
  'lock_op.other',
  'nodestat',
  'spill',
  'ptr_store',
  'vec_store',
  'copy',
  'bvec_new',
  'merge_test',
  'merge_ok',
  'contig_cmp',
  'kmalloc',
  'kfree',
  'page_alloc',
  'mmap_rlock',
  'mmap_runlock',
  'vma_find',
  'ptl_lock',
  'ptl_unlock',
  'fault',
  'put',
  'unpin_call',
  'dirty_folio',
] as const;
export type EventName = (typeof EVENTS)[number];

/**
 * Work that is priced but is no event of the kernel's path: `grab_call` is one call of the fast walk's grab
 * function with its checks and mitigations, `slow_grab_call` of the one under a lock, `large_kmalloc` a request above 8 KiB, which the page allocator serves,
 * `fault_copy` what a fault that copies its page costs beside the fault, `fault_folio` a new folio in a fault,
 * `fault_large` what a large one costs more, `fault_page` clearing or copying one page, `fault_split` making a table of a
 * leaf entry, `migration` moving one folio, `bio_start`
 * what a bio costs from its set-up to the driver, `bio_end` what it costs from the driver to its pages. The names
 * that begin with `cold` are what an I/O pays for memory that left the cache since the I/O before.
 */
export const OVERHEADS = [
  'grab_call',
  'slow_grab_call',
  'large_kmalloc',
  'fault_copy',
  'fault_folio',
  'fault_large',
  'fault_page',
  'fault_split',
  'migration',
  'bio_start',
  'bio_end',
  'cold_start',
  'cold_bio',
  'cold_end',
  'cold_first_line',
  'cold_line',
  'cold_jump',
  'cold_head',
  'cold_release_line',
] as const;
export type OverheadName = (typeof OVERHEADS)[number];

/** What a cost model prices: every event but `lock_op`, which is the sum of its five kinds. */
export type PricedName = Exclude<EventName, 'lock_op'> | OverheadName;
export const PRICED: readonly PricedName[] = [
  ...EVENTS.filter((name): name is Exclude<EventName, 'lock_op'> => name !== 'lock_op'),
  ...OVERHEADS,
];

/** The index of each priced event within one phase of a ledger. */
export const EVENT_INDEX: Readonly<Record<PricedName, number>> = recordFromKeys(
  PRICED,
  (_name, index) => index,
);
/** The index of each phase of a ledger. */
export const PHASE_INDEX: Readonly<Record<Phase, number>> = recordFromKeys(
  PHASES,
  (_name, index) => index,
);

/** Entries of a ledger that belong to one phase. */
export const PHASE_STRIDE = PRICED.length;

/**
 * Event counts by phase: entry `phase * PHASE_STRIDE + event` holds how often the event happened in
 * that phase. Counts of one I/O are whole numbers; sums over a trial stay exact below 2^53.
 */
export type Ledger = Float64Array;

/** An empty ledger, to be owned and reused by the caller. */
export function createLedger(): Ledger {
  return new Float64Array(PHASES.length * PHASE_STRIDE);
}

/** Where a ledger keeps the count of one event in one phase. */
export function ledgerIndex(phase: Phase, event: PricedName): number {
  return PHASE_INDEX[phase] * PHASE_STRIDE + EVENT_INDEX[event];
}

/** One event summed over all phases. */
export function eventTotal(ledger: Ledger, event: PricedName): number {
  let total = 0;
  for (let phase = 0; phase < PHASES.length; phase += 1) {
    total += ledger[phase * PHASE_STRIDE + EVENT_INDEX[event]];
  }
  return total;
}

/** Every published event summed over all phases, 0 where it did not occur. */
export function eventTotals(ledger: Ledger): Record<EventName, number> {
  const totals = recordFromKeys(EVENTS, (name) =>
    name === 'lock_op' ? 0 : eventTotal(ledger, name),
  );
  totals.lock_op =
    totals['lock_op.reference'] +
    totals['lock_op.mark'] +
    totals['lock_op.release'] +
    totals['lock_op.dirty'] +
    totals['lock_op.other'];
  return totals;
}
