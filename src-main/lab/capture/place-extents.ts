import { leafPages, PAGES_OF_ORDER, PUD_PAGES } from '#core';
import type { Extent } from '#core';
import { isWithoutFrame } from './extent-builder.ts';
import type { PageRange } from './page-decoder.ts';

function roundDown(value: number, multiple: number): number {
  return Math.floor(value / multiple) * multiple;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * Cuts extents to a range of virtual pages. A page-table entry that maps more than a page is kept whole
 * when any of it lies inside.
 */
export function trimExtents(extents: readonly Extent[], range: PageRange): Extent[] {
  const trimmed: Extent[] = [];
  for (const extent of extents) {
    const size = leafPages(extent.leaf);
    const start = Math.max(extent.vaPage, roundDown(range.startPage, size));
    const end = Math.min(extent.vaPage + extent.pages, roundUp(range.endPage, size));
    if (end <= start) continue;
    const pfn = isWithoutFrame(extent) ? extent.pfn : extent.pfn + start - extent.vaPage;
    trimmed.push({ ...extent, vaPage: start, pages: end - start, pfn });
  }
  return trimmed;
}

/**
 * Gives pages that are not in memory frames beyond all others, in ascending order: a layout needs some,
 * and they must belong to no folio that is there.
 *
 * @source SPEC rules LAY-5, FAULT-2.
 */
export function placeAbsentPages(extents: readonly Extent[]): Extent[] {
  let next = 0;
  for (const { pfn, pages, flags } of extents) {
    if (!flags.includes('absent')) next = Math.max(next, pfn + pages);
  }
  next = roundUp(next, PUD_PAGES);
  return extents.map((extent) => {
    if (!extent.flags.includes('absent')) return extent;
    const pfn = roundUp(next, PAGES_OF_ORDER[extent.order] ?? 1);
    next = pfn + extent.pages;
    return { ...extent, pfn };
  });
}

/**
 * Counts virtual pages and frames from a boundary of 1 GiB below the first of each, so that every
 * alignment stays and no address is told.
 */
export function relativeExtents(extents: readonly Extent[]): Extent[] {
  let least = Infinity;
  for (const extent of extents) {
    if (!extent.flags.includes('zero')) least = Math.min(least, extent.pfn);
  }
  const firstFrame = Number.isFinite(least) ? roundDown(least, PUD_PAGES) : 0;
  const firstPage = roundDown(extents[0]?.vaPage ?? 0, PUD_PAGES);
  return extents.map((extent) => ({
    ...extent,
    vaPage: extent.vaPage - firstPage,
    pfn: extent.flags.includes('zero') ? 0 : extent.pfn - firstFrame,
  }));
}
