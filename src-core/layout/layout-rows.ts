import type { Layout } from './layout.ts';

/** The columns of a layout under construction: row by row, ascending, known to be good. */
export type LayoutRows = {
  readonly vaPage: number[];
  readonly pfn: number[];
  readonly pages: number[];
  readonly order: number[];
  readonly leaf: number[];
};

/** Starts without a row. */
export function createLayoutRows(): LayoutRows {
  return { vaPage: [], pfn: [], pages: [], order: [], leaf: [] };
}

/** Appends pages; where they continue the last row, that row grows instead. */
export function appendRow(
  rows: LayoutRows,
  vaPage: number,
  pfn: number,
  pages: number,
  order: number,
  leaf: number,
): void {
  const last = rows.vaPage.length - 1;
  const continues =
    last >= 0 &&
    rows.vaPage[last] + rows.pages[last] === vaPage &&
    rows.pfn[last] + rows.pages[last] === pfn &&
    rows.order[last] === order &&
    rows.leaf[last] === leaf;
  if (continues) {
    rows.pages[last] += pages;
    return;
  }
  rows.vaPage.push(vaPage);
  rows.pfn.push(pfn);
  rows.pages.push(pages);
  rows.order.push(order);
  rows.leaf.push(leaf);
}

/**
 * Packs rows into a layout.
 *
 * @param flags  Bits for every row, as in `Layout.flags`.
 */
export function layoutFromRows(rows: LayoutRows, flags: number): Layout {
  const length = rows.vaPage.length;
  return {
    length,
    vaPage: new Float64Array(rows.vaPage),
    pfn: new Float64Array(rows.pfn),
    pages: new Float64Array(rows.pages),
    order: new Uint8Array(rows.order),
    leaf: new Uint8Array(rows.leaf),
    flags: new Uint16Array(length).fill(flags),
    mappedPages: rows.pages.reduce((sum, pages) => sum + pages, 0),
  };
}
