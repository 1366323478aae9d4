import type { LayoutRow } from '#contract';
import { extentsFromLayout } from '#core';
import type { Layout } from '#core';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { LAYOUT_CSV_COLUMNS, parseLayoutCsv } from './layout-csv.ts';

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

/**
 * Builds the layout whose rows were kept.
 *
 * @returns The layout, or one sentence for rows that are none.
 */
export function layoutFromRows(rows: readonly (readonly (string | number)[])[]): Found<Layout> {
  const lines = rows.map((row) => row.join(','));
  const parsed = parseLayoutCsv([LAYOUT_CSV_COLUMNS.join(','), ...lines].join('\n'), 'layout');
  if (parsed.ok) return { ok: true, value: parsed.layout };
  return { ok: false, message: parsed.problem.message };
}
