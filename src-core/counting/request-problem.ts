import { FLAG, PTE_LEAF, findExtent } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';
import { startsFolio } from '../layout/folio.ts';
import { pinsForLong } from '../strategy/effective.ts';
import type { Policies } from '../strategy/policies.ts';
import { hasDevmapSpecialCase } from './era.ts';
import { firstPageOf, pagesOf } from './request.ts';
import type { IoRequest } from './request.ts';

/** A device-memory entry over separate 4 KiB pages, which only kernels up to v6.11 could take apart. */
function isUncountableLeaf(layout: Layout, extent: number, policies: Policies): boolean {
  const isNonCompoundLeaf =
    layout.leaf[extent] !== PTE_LEAF &&
    (layout.flags[extent] & FLAG.devmap) !== 0 &&
    (layout.flags[extent] & FLAG.compound) === 0;
  const takesPages =
    policies.grab === 'per-page' ||
    policies.grab === 'per-folio' ||
    policies.devmap !== 'era' ||
    hasDevmapSpecialCase(policies.era);
  return isNonCompoundLeaf && (policies.grab === 'per-run' || !takesPages);
}

/** Virtual pages `first` to before `end`; `stopsAtGap` for one I/O, which ends where a page cannot be had. */
type Reach = { readonly first: number; readonly end: number; readonly stopsAtGap: boolean };

/** Why every I/O over an extent fails, or null. */
function failure(layout: Layout, extent: number, isLongTerm: boolean): string | null {
  const flags = layout.flags[extent];
  if ((flags & FLAG.special) !== 0) return 'has a special entry, which cannot be pinned';
  if (isLongTerm && (flags & FLAG.file) !== 0) {
    return 'is file memory, which a long-term pin for writing refuses';
  }
  return null;
}

function extentProblem(
  layout: Layout,
  extent: number,
  isLongTerm: boolean,
  reach: Reach,
  policies: Policies,
): string | null {
  const page = `virtual page ${layout.vaPage[extent]}`;
  const isEntry = policies.walk !== 'page-cache';
  const reason = !isEntry || reach.stopsAtGap ? null : failure(layout, extent, isLongTerm);
  if (reason !== null) return `${page} ${reason}: every I/O over it fails`;
  if (isUncountableLeaf(layout, extent, policies)) {
    return `${page} starts a device-memory entry of separate 4 KiB pages; only grab per-leaf up to era v6.11, per-folio and per-page can be counted on it`;
  }
  return null;
}

function problemWithin(
  layout: Layout,
  reach: Reach,
  request: Pick<IoRequest, 'api' | 'op'>,
  policies: Policies,
): string | null {
  const isLongTerm = request.api === 'register' || pinsForLong(policies);
  if (policies.result === 'folio-heads' && policies.walk !== 'page-cache') {
    const lost = lostPosition(layout, reach);
    if (lost !== null) return lost;
  }
  let previousEnd = reach.first;
  let wasDevice: boolean | null = null;
  for (let at = findExtent(layout, reach.first); at < layout.length; at += 1) {
    const start = layout.vaPage[at];
    const isAfterGap = start > previousEnd;
    if (start >= reach.end || (isAfterGap && reach.stopsAtGap)) break;
    const problem = extentProblem(layout, at, isLongTerm, reach, policies);
    if (problem !== null) return problem;
    const isDevice = (layout.flags[at] & FLAG.devmap) !== 0;
    if (!isAfterGap && wasDevice !== null && wasDevice !== isDevice) {
      return `virtual page ${start} is ${isDevice ? '' : 'not '}device memory, unlike the page before it; one I/O over both cannot be counted`;
    }
    wasDevice = isDevice;
    previousEnd = start + layout.pages[at];
  }
  return null;
}

/**
 * Head pages alone say where memory lies only while each folio is whole but for the first's start and the last's
 * end, and all are of one size.
 *
 * @source SPEC rule RUN-7.
 */
function lostPosition(layout: Layout, reach: Reach): string | null {
  let lastEnd = -1;
  let lastOrder = -1;
  let previousEnd = reach.first;
  for (let at = findExtent(layout, reach.first); at < layout.length; at += 1) {
    const start = Math.max(layout.vaPage[at], reach.first);
    if (start >= reach.end || (reach.stopsAtGap && start > previousEnd)) break;
    const order = layout.order[at];
    const pfn = layout.pfn[at] + start - layout.vaPage[at];
    const isFirst = lastEnd < 0 || start > previousEnd;
    const goesOn = pfn === lastEnd && order === lastOrder;
    if (!isFirst && !goesOn && (!startsFolio(pfn, order) || !startsFolio(lastEnd, lastOrder))) {
      return `virtual page ${start} stands where memory leaves or enters a folio in its middle; a result of head pages cannot say so, and needs whole folios but for the start of the first and the end of the last`;
    }
    if (!isFirst && order !== lastOrder) {
      return `virtual page ${start} has a folio of order ${order} after one of order ${lastOrder}; a result of head pages needs folios of one size`;
    }
    lastOrder = order;
    lastEnd = pfn + layout.pages[at] - (start - layout.vaPage[at]);
    previousEnd = layout.vaPage[at] + layout.pages[at];
  }
  return null;
}

/**
 * Says why the pages of a request cannot be counted: device memory next to other memory, or in entries that
 * the strategy cannot take apart. A page that cannot be had is no problem; it ends the I/O early.
 *
 * @returns A sentence, or null.
 * @source SPEC rules STATE-2, RUN-7.
 */
export function requestProblem(
  layout: Layout,
  request: IoRequest,
  policies: Policies,
): string | null {
  const first = firstPageOf(request);
  const reach = { first, end: first + pagesOf(request), stopsAtGap: true };
  return problemWithin(layout, reach, request, policies);
}

/**
 * The first problem that an I/O of a workload could meet anywhere in a layout, or null; a workload has no I/Os
 * that fail.
 *
 * @source SPEC rules STATE-1, STATE-2.
 */
export function layoutProblemFor(
  layout: Layout,
  request: Pick<IoRequest, 'api' | 'op'>,
  policies: Policies,
): string | null {
  return problemWithin(layout, { first: 0, end: Infinity, stopsAtGap: false }, request, policies);
}
