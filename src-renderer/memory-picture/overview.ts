import { MAX_ORDER } from '#core';
import { extentAt } from './picture-axis.ts';
import type { PictureAxis } from './picture-axis.ts';

/** A rectangle of the overview. Unit: CSS pixels from its top left corner. */
export type OverviewRect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly order: number;
};

/** Unit: CSS pixels. */
const COLUMN_WIDTH = 2;

/** Positions of each folio order within one column. */
function ordersWithin(axis: PictureAxis, from: number, to: number, pages: Float64Array): void {
  const { layout, starts } = axis;
  pages.fill(0);
  for (let at = extentAt(axis, from); at < layout.length; at += 1) {
    const start = starts[at] ?? 0;
    if (start >= to) break;
    const end = start + (layout.pages[at] ?? 0);
    const shown = Math.min(end, to) - Math.max(start, from);
    const order = layout.order[at] ?? 0;
    if (shown > 0) pages[order] = (pages[order] ?? 0) + shown;
  }
}

/**
 * The whole layout in columns: in each the folio orders stacked by their share, the largest order at
 * the bottom; what is not filled is not mapped. Equal neighbours are joined.
 */
export function overviewRects(axis: PictureAxis, width: number, height: number): OverviewRect[] {
  const columns = Math.max(1, Math.floor(width / COLUMN_WIDTH));
  const perColumn = axis.length / columns;
  const pages = new Float64Array(MAX_ORDER + 1);
  const open = new Map<
    number,
    { x: number; y: number; width: number; height: number; order: number }
  >();
  const rects: OverviewRect[] = [];
  for (let column = 0; column < columns; column += 1) {
    ordersWithin(axis, column * perColumn, (column + 1) * perColumn, pages);
    let y = height;
    for (let order = MAX_ORDER; order >= 0; order -= 1) {
      const tall = ((pages[order] ?? 0) / perColumn) * height;
      y -= tall;
      const left = open.get(order);
      if (tall > 0 && left !== undefined && near(left.y, y) && near(left.height, tall)) {
        left.width += COLUMN_WIDTH;
        continue;
      }
      if (left !== undefined) rects.push(left);
      if (tall > 0)
        open.set(order, { x: column * COLUMN_WIDTH, y, width: COLUMN_WIDTH, height: tall, order });
      else open.delete(order);
    }
  }
  return [...rects, ...open.values()];
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}
