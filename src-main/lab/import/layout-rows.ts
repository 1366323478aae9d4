import type { LayoutRow } from '#contract';
import { extentsFromLayout } from '#core';
import type { Layout } from '#core';

/** A layout as the rows of its CSV, a row for each extent; flags joined by `|`. */
export function layoutRows(layout: Layout): LayoutRow[] {
  return extentsFromLayout(layout).map(({ vaPage, pfn, pages, order, leaf, flags }) => [
    vaPage,
    pfn,
    pages,
    order,
    leaf,
    flags.join('|'),
  ]);
}
