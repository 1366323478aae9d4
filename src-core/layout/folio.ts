import { PAGES_OF_ORDER, PMD_ORDER, PUD_ORDER } from '../units.ts';
import { PTE_LEAF, PUD_LEAF } from './layout.ts';

/** Head frame of the folio that holds a frame. Folios are naturally aligned (SPEC rule LAY-3). */
export function folioHead(pfn: number, order: number): number {
  const size = PAGES_OF_ORDER[order];
  return Math.floor(pfn / size) * size;
}

/** Folios touched by `pages` consecutive frames from `pfn`, all of one order. */
export function foliosSpanned(pfn: number, pages: number, order: number): number {
  if (order === 0) return pages;
  const size = PAGES_OF_ORDER[order];
  return Math.floor((pfn + pages - 1) / size) - Math.floor(pfn / size) + 1;
}

/** Pages from `pfn` to the end of its folio, at least 1. */
export function pagesLeftInFolio(pfn: number, order: number): number {
  if (order === 0) return 1;
  // Not with %, which costs more than all the rest where frame numbers are doubles.
  return folioHead(pfn, order) + PAGES_OF_ORDER[order] - pfn;
}

/** Whether `pfn` is the first frame of its folio. */
export function startsFolio(pfn: number, order: number): boolean {
  return order === 0 || folioHead(pfn, order) === pfn;
}

/** The order of a folio that one page-table entry maps whole. */
export function entryOrder(leaf: number): number {
  if (leaf === PTE_LEAF) return 0;
  return leaf === PUD_LEAF ? PUD_ORDER : PMD_ORDER;
}
