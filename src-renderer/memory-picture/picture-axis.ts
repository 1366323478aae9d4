import { findExtent, FLAG, PAGES_OF_ORDER } from '#core';
import type { Layout } from '#core';

/**
 * The virtual pages of a layout side by side, long gaps cut short. A position is a whole number of
 * pages from the left end.
 */
export type PictureAxis = {
  readonly layout: Layout;
  /** Position of the first page of each extent. */
  readonly starts: Float64Array;
  /** 1 for an extent that stands where a larger folio beside it would go on: copied or refaulted. */
  readonly isCopied: Uint8Array;
  /** Positions in all. */
  readonly length: number;
};

/** What stands at a position. */
export type PicturePlace =
  | { readonly kind: 'page'; readonly extent: number; readonly vaPage: number }
  | { readonly kind: 'gap'; readonly vaPage: number; readonly pages: number };

/** A gap takes no more positions than this, however long it is. */
export const LONGEST_GAP = 24;

function endOf(layout: Layout, extent: number): number {
  return (layout.vaPage[extent] ?? 0) + (layout.pages[extent] ?? 0);
}

/** Pages between an extent and the one before it. */
function gapBefore(layout: Layout, extent: number): number {
  return extent === 0 ? 0 : (layout.vaPage[extent] ?? 0) - endOf(layout, extent - 1);
}

/** Virtual pages that the folios at one end of an extent would cover beyond it. */
function pagesBeyond(layout: Layout, extent: number, side: 'before' | 'after'): number {
  if (((layout.flags[extent] ?? 0) & FLAG.zero) !== 0) return 0;
  const size = PAGES_OF_ORDER[layout.order[extent] ?? 0] ?? 1;
  const pfn = layout.pfn[extent] ?? 0;
  if (side === 'before') return pfn % size;
  const rest = (pfn + (layout.pages[extent] ?? 0)) % size;
  return rest === 0 ? 0 : size - rest;
}

/** Marks extents that lie where the folio of an earlier (or later) larger one would be. */
function markCopied(layout: Layout, isCopied: Uint8Array, side: 'before' | 'after'): void {
  const { length } = layout;
  const isForward = side === 'after';
  let order = -1;
  let reach = isForward ? -1 : Infinity;
  for (let step = 0; step < length; step += 1) {
    const at = isForward ? step : length - 1 - step;
    const first = layout.vaPage[at] ?? 0;
    const isReached = isForward ? first < reach : endOf(layout, at) > reach;
    const ownOrder = layout.order[at] ?? 0;
    if (isReached && ownOrder < order) {
      isCopied[at] = 1;
      continue;
    }
    order = ownOrder;
    const beyond = pagesBeyond(layout, at, side);
    reach = isForward ? endOf(layout, at) + beyond : first - beyond;
  }
}

/** Puts the virtual pages of a layout side by side. Time is proportional to the extents. */
export function axisFromLayout(layout: Layout): PictureAxis {
  const starts = new Float64Array(layout.length);
  let position = 0;
  for (let extent = 0; extent < layout.length; extent += 1) {
    position += Math.min(gapBefore(layout, extent), LONGEST_GAP);
    starts[extent] = position;
    position += layout.pages[extent] ?? 0;
  }
  const isCopied = new Uint8Array(layout.length);
  markCopied(layout, isCopied, 'after');
  markCopied(layout, isCopied, 'before');
  return { layout, starts, isCopied, length: position };
}

/** The last extent that starts at a position or left of it. */
export function extentAt({ starts }: PictureAxis, position: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** What stands at a position from 0 up to, and without, the length of the axis. */
export function placeAt(axis: PictureAxis, position: number): PicturePlace {
  const { layout, starts } = axis;
  const extent = extentAt(axis, position);
  const offset = position - (starts[extent] ?? 0);
  if (offset < (layout.pages[extent] ?? 0)) {
    return { kind: 'page', extent, vaPage: (layout.vaPage[extent] ?? 0) + offset };
  }
  return { kind: 'gap', vaPage: endOf(layout, extent), pages: gapBefore(layout, extent + 1) };
}

/** The position of a virtual page; of one that is not mapped, that of the gap or end it lies in. */
export function positionOfPage(axis: PictureAxis, vaPage: number): number {
  const { layout, starts, length } = axis;
  const extent = findExtent(layout, vaPage);
  if (extent === layout.length) return length;
  const first = layout.vaPage[extent] ?? 0;
  const start = starts[extent] ?? 0;
  if (vaPage >= first) return start + vaPage - first;
  const shown = Math.min(gapBefore(layout, extent), LONGEST_GAP);
  return Math.max(start - shown, start - (first - vaPage), 0);
}
