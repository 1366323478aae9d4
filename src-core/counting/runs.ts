import { entryOrder, foliosSpanned, startsFolio } from '../layout/folio.ts';
import { findExtent, FLAG } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';

/** Runs of a mapped range, whatever a strategy makes of them. */
export type RunCounts = {
  /** Maximal sequences of consecutive frames of one folio (Rf). */
  readonly folioRuns: number;
  /** Maximal sequences of consecutive frames of any folio (Rp), at most `folioRuns`. */
  readonly physicalRuns: number;
};

/** Stands for the end of a row whose frame numbers say nothing. */
const IN_ZERO_ROW = -2;

/**
 * Counts the runs of a range; stops at its first unmapped page.
 *
 * A `zero` row maps the zero folio of its order again and again, from its first page at each
 * multiple of its size: each mapping is a run of both kinds, adjacent to nothing.
 *
 * @param firstPage  A virtual page, from 0.
 * @param pages      Length of the range, from 0. Unit: base pages.
 * @source SPEC rule LAY-7.
 */
export function countRuns(layout: Layout, firstPage: number, pages: number): RunCounts {
  const end = firstPage + pages;
  let position = firstPage;
  let folioRuns = 0;
  let physicalRuns = 0;
  let frameEnd = -1;
  let lastOrder = -1;
  for (let at = findExtent(layout, firstPage); at < layout.length && position < end; at += 1) {
    if (layout.vaPage[at] > position) break;
    const offset = position - layout.vaPage[at];
    const length = Math.min(layout.pages[at] - offset, end - position);
    const isZero = (layout.flags[at] & FLAG.zero) !== 0;
    // An entry maps the zero folio of its own size, whatever the row says.
    const order = isZero ? entryOrder(layout.leaf[at]) : layout.order[at];
    if (isZero) {
      const goesOn =
        frameEnd === IN_ZERO_ROW && order === lastOrder && !startsFolio(position, order);
      const folios = foliosSpanned(position, length, order) - (goesOn ? 1 : 0);
      folioRuns += folios;
      physicalRuns += folios;
      frameEnd = IN_ZERO_ROW;
      lastOrder = order;
      position += length;
      continue;
    }
    const pfn = layout.pfn[at] + offset;
    const isAdjacent = pfn === frameEnd;
    const isSameFolio = isAdjacent && order === lastOrder && !startsFolio(pfn, order);
    folioRuns += foliosSpanned(pfn, length, order) - (isSameFolio ? 1 : 0);
    if (!isAdjacent) physicalRuns += 1;
    frameEnd = pfn + length;
    lastOrder = order;
    position += length;
  }
  return { folioRuns, physicalRuns };
}
