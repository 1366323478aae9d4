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

/** A frame that an I/O itself brought about: where it comes from. */
export type FreshFrame =
  /** The page replaces what `vaPage` had: by itself, or as part of a hugetlb folio. */
  | { readonly kind: 'copy' | 'huge-copy'; readonly vaPage: number }
  /** The page was `pfn` before its folio was migrated. */
  | { readonly kind: 'migrated'; readonly pfn: number }
  | { readonly kind: 'zero' };

/** Where a folio's head frame comes from; null for a frame of the layout. */
export function freshFrameOf(pfn: number): FreshFrame | null {
  if (pfn < COPIES) return null;
  if (pfn < HUGE_COPIES) return { kind: 'copy', vaPage: (pfn - COPIES) / 2 };
  if (pfn < MIGRATED) return { kind: 'huge-copy', vaPage: Math.floor((pfn - HUGE_COPIES) / 2) };
  if (pfn < ZERO_FOLIO) return { kind: 'migrated', pfn: Math.floor((pfn - MIGRATED) / 2) };
  return { kind: 'zero' };
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
