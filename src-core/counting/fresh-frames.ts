import { folioHead } from '../layout/folio.ts';

// Frames of pages that an I/O itself brought about. They lie above every frame of a layout (2^40), each
// at twice its origin, so that no two of them are adjacent and nothing is adjacent to a layout's frames.

const COPIES = 2_199_023_255_552;
const HUGE_COPIES = 4_398_046_511_104;
const MIGRATED = 8_796_093_022_208;
const ZERO_FOLIO = 35_184_372_088_832;

/** The order-0 page that replaces what a virtual page had. Source: SPEC rule FAULT-4. */
export function copyFrame(vaPage: number): number {
  return COPIES + 2 * vaPage;
}

/** Whether a frame is that of an order-0 page which replaced another. Source: SPEC rule FAULT-4. */
export function isCopiedFrame(pfn: number): boolean {
  return pfn >= COPIES && pfn < HUGE_COPIES;
}

/** A page of the hugetlb folio that replaces another whole. */
export function hugeCopyFrame(vaPage: number, order: number): number {
  const start = folioHead(vaPage, order);
  return HUGE_COPIES + start + vaPage;
}

/** Where a migrated folio's page goes. Source: SPEC rule LONG-3. */
export function migratedFrame(pfn: number, order: number): number {
  return MIGRATED + folioHead(pfn, order) + pfn;
}

/** The zero page, or a page of the huge zero folio that is mapped at `vaPage`. */
export function zeroFrame(vaPage: number, order: number): number {
  return ZERO_FOLIO + vaPage - folioHead(vaPage, order);
}
