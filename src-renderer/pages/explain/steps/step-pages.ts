import { demandOf, findExtent, PMD_PAGES, PTE_LEAF, PUD_LEAF, PUD_PAGES, slowVisit } from '#core';
import type { IoRequest, Layout, Policies } from '#core';
import { isFolioByFolio } from './grab-locks.ts';
import type { GrabbingStep } from './grab-locks.ts';

/** The page after the last one of an extent. */
function endOfExtent(layout: Layout, extent: number): number {
  return (layout.vaPage[extent] ?? Infinity) + (layout.pages[extent] ?? 0);
}

/**
 * The page that the locked walk grabs next: zero pages before it are taken without a reference, and
 * without a step.
 *
 * @source SPEC rule FAULT-6.
 */
export function nextGrabbedPage(
  layout: Layout,
  policies: Policies,
  request: IoRequest,
  position: number,
): number {
  const demand = demandOf(request, policies);
  let page = position;
  for (let at = findExtent(layout, page); at < layout.length; at += 1) {
    if ((layout.vaPage[at] ?? Infinity) > page) return position;
    const visit = slowVisit(demand, layout.flags[at] ?? 0, layout.leaf[at] ?? PTE_LEAF);
    if (!visit.isZero) return page;
    page = endOfExtent(layout, at);
  }
  return position;
}

/**
 * The first page at `from` or after that maps a frame.
 *
 * @returns `from` where none does.
 */
export function pageOfFrame(layout: Layout, pfn: number, from: number): number {
  for (let at = findExtent(layout, from); at < layout.length; at += 1) {
    const first = layout.pfn[at] ?? 0;
    if (pfn < first || pfn >= first + (layout.pages[at] ?? 0)) continue;
    const page = (layout.vaPage[at] ?? 0) + pfn - first;
    if (page >= from) return page;
  }
  return from;
}

/**
 * Pages that a step grabs.
 *
 * @param position  Its first page.
 * @param end       End of the GUP call.
 */
export function pagesOfGrab(grabbing: GrabbingStep, position: number, end: number): number {
  const { step, policies, layout, extent } = grabbing;
  // The page cache is asked for folios; `pages` is what all of them together map.
  if (policies.walk === 'page-cache') return step.pages;
  const left = Math.min(end, endOfExtent(layout, extent)) - position;
  if (!isFolioByFolio(grabbing)) return step.count * step.pages;
  const size = layout.leaf[extent] === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
  return Math.min(left, (Math.floor(position / size) + 1) * size - position);
}
