import { PAGE_BYTES, PAGES_OF_ORDER } from '#core';
import { formatBytes } from '../format.ts';

/** A folio order with its size: `order 5 · 128 KiB`. */
export function orderText(order: number): string {
  const pages = PAGES_OF_ORDER[order];
  return pages === undefined
    ? `order ${order}`
    : `order ${order} · ${formatBytes(pages * PAGE_BYTES)}`;
}
