import type { SpanTerm } from '#core';
import type { SpanRow } from '#contract';

/** A row of threads beside each other as a sum. */
export type BesideTerms = {
  readonly terms: Partial<Record<SpanTerm, number>>;
  /** Whether a registration is part of it. */
  readonly isRegister: boolean;
};

const PAGE_BYTES = 4096;
const MEBIBYTE = 1_048_576;
/** Locked operations on a page's pins: reference, pins, mark. */
export const OPERATIONS_OF_PAGE = 3;

/** What the other thread does, by variant. */
export const OTHER_ALONE: Readonly<Record<string, SpanTerm>> = {
  mmap_munmap: 'unmap_alone',
  mprotect: 'protect_alone',
  page_faults: 'fault_alone',
};

/**
 * The rows that say what passes between two processors of the machine: munmap beside a thread that pins 2 MiB
 * entries, whose walk is too short to keep an interrupt waiting; and 1 MiB of one folio on PTEs that both threads
 * pin in step, where each operation finds the line at the other processor. All other rows of two threads are told.
 *
 * @returns Null for a row that nothing is fitted to.
 * @source SPEC rule CONT-12.
 */
export function besideTermsOf(row: SpanRow): BesideTerms | null {
  const { test, variant, metric, layout, bytes } = row;
  const other = OTHER_ALONE[variant ?? ''];
  if (test !== 'beside') return null;
  if (other !== undefined && metric === 'other_alone') {
    return { terms: { [other]: 1 }, isRegister: false };
  }
  const isShortWalk = layout === 'thp2m' && bytes <= MEBIBYTE;
  if (variant === 'mmap_munmap' && metric === 'other_operation' && isShortWalk) {
    return { terms: { unmap_alone: 1, interrupt: 1 }, isRegister: false };
  }
  const isOneFolio = layout === 'thp2m_pte' && bytes === MEBIBYTE;
  if (variant === 'pinner_same_buffer' && isOneFolio) {
    const transfers = (OPERATIONS_OF_PAGE * bytes) / PAGE_BYTES;
    return { terms: { line_transfer: transfers }, isRegister: true };
  }
  return null;
}
