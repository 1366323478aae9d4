import { findExtent } from '#core';
import type { Layout } from '#core';
import type { PageSpan } from './page-span.ts';

/** The most pages that are drawn at once. */
export const MOST_DRAWN = 512;

/**
 * The part of a layout that some pages lie in, frames and folios as they are.
 *
 * @returns Null where none of the pages is mapped.
 */
export function cutLayout(layout: Layout, { first, count }: PageSpan): Layout | null {
  const end = first + count;
  const from = findExtent(layout, first);
  let to = from;
  while (to < layout.length && (layout.vaPage[to] ?? 0) < end) to += 1;
  if (from === to) return null;
  const vaPage = layout.vaPage.slice(from, to);
  const pfn = layout.pfn.slice(from, to);
  const pages = layout.pages.slice(from, to);
  const last = to - from - 1;
  const before = Math.max(0, first - (vaPage[0] ?? 0));
  vaPage[0] = (vaPage[0] ?? 0) + before;
  pfn[0] = (pfn[0] ?? 0) + before;
  pages[0] = (pages[0] ?? 0) - before;
  pages[last] = Math.min(pages[last] ?? 0, end - (vaPage[last] ?? 0));
  return {
    length: to - from,
    vaPage,
    pfn,
    pages,
    order: layout.order.slice(from, to),
    leaf: layout.leaf.slice(from, to),
    flags: layout.flags.slice(from, to),
    mappedPages: pages.reduce((sum, each) => sum + each, 0),
  };
}

/**
 * The pages to draw around a step: the whole I/O, or the part of a long one that the step begins in.
 *
 * @param io    Pages of the I/O.
 * @param page  First page of the step.
 */
export function drawnPages(io: PageSpan, page: number): PageSpan {
  const part = Math.max(0, Math.floor((page - io.first) / MOST_DRAWN));
  const first = Math.min(io.first + part * MOST_DRAWN, io.first + io.count - 1);
  return { first, count: Math.min(MOST_DRAWN, io.first + io.count - first) };
}
