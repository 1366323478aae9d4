import { FLAG, PTE_LEAF, findExtent } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';
import type { Policies } from '../strategy/policies.ts';
import { hasDevmapSpecialCase } from './era.ts';
import { firstPageOf, pagesOf } from './request.ts';
import type { IoRequest } from './request.ts';

/** A state in which the fast walk does not take a page, and what it means for the request. */
type Obstacle = { readonly bit: number; readonly reason: string };

const ALWAYS: readonly Obstacle[] = [
  { bit: FLAG.absent, reason: 'is absent, so pinning it raises a fault' },
  { bit: FLAG.zero, reason: 'is the zero page, which only the slow path takes' },
  { bit: FLAG.protnone, reason: 'is PROT_NONE for NUMA balancing, which only the slow path takes' },
  { bit: FLAG.special, reason: 'has a special entry, which cannot be pinned' },
];
const WHEN_WRITTEN: Obstacle = {
  bit: FLAG.readonly,
  reason: 'is read-only, and this request writes it, so pinning it raises a fault',
};
const WHEN_PINNED: Obstacle = {
  bit: FLAG.shared,
  reason: 'is shared anonymous memory, which a pin replaces by a copy',
};
const WHEN_LONG_TERM: readonly Obstacle[] = [
  { bit: FLAG.cma, reason: 'lies in CMA memory, which a long-term pin migrates' },
  { bit: FLAG.file, reason: 'is file memory, which a long-term pin for writing refuses' },
];

function obstaclesFor(request: Pick<IoRequest, 'api' | 'op'>, policies: Policies): Obstacle[] {
  const isLongTerm = request.api === 'register';
  const isWrite = isLongTerm || request.op === 'read';
  return [
    ...ALWAYS,
    ...(isWrite ? [WHEN_WRITTEN] : []),
    ...(policies.kind === 'pin' ? [WHEN_PINNED] : []),
    ...(isLongTerm ? WHEN_LONG_TERM : []),
  ];
}

/** A device-memory entry over separate 4 KiB pages, which only kernels up to v6.11 could take apart. */
function isUncountableLeaf(layout: Layout, extent: number, policies: Policies): boolean {
  const isNonCompoundLeaf =
    layout.leaf[extent] !== PTE_LEAF &&
    (layout.flags[extent] & FLAG.devmap) !== 0 &&
    (layout.flags[extent] & FLAG.compound) === 0;
  const takesPages = policies.grab === 'per-page' || hasDevmapSpecialCase(policies.era);
  return isNonCompoundLeaf && (policies.grab === 'per-run' || !takesPages);
}

function extentProblem(
  layout: Layout,
  extent: number,
  obstacles: readonly Obstacle[],
  policies: Policies,
): string | null {
  const flags = layout.flags[extent];
  const page = `virtual page ${layout.vaPage[extent]}`;
  const obstacle = obstacles.find(({ bit }) => (flags & bit) !== 0);
  if (obstacle !== undefined) {
    return `${page} ${obstacle.reason}; only pages that the fast walk takes as they are can be counted`;
  }
  if (isUncountableLeaf(layout, extent, policies)) {
    return `${page} starts a device-memory entry of separate 4 KiB pages; only grab per-leaf up to era v6.11 and grab per-page can be counted on it`;
  }
  return null;
}

/** Virtual pages `first` to before `end`; `stopsAtGap` for one I/O, which ends at an unmapped page. */
type Reach = { readonly first: number; readonly end: number; readonly stopsAtGap: boolean };

function problemWithin(
  layout: Layout,
  reach: Reach,
  request: Pick<IoRequest, 'api' | 'op'>,
  policies: Policies,
): string | null {
  const obstacles = obstaclesFor(request, policies);
  let previousEnd = reach.first;
  let wasDevice: boolean | null = null;
  for (let at = findExtent(layout, reach.first); at < layout.length; at += 1) {
    const start = layout.vaPage[at];
    const isAfterGap = start > previousEnd;
    if (start >= reach.end || (isAfterGap && reach.stopsAtGap)) break;
    const problem = extentProblem(layout, at, obstacles, policies);
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
 * Says why the pages of a request cannot be counted: states that make the fast walk stop, and device
 * memory next to other memory. An unmapped gap is no problem; it ends the I/O early.
 *
 * @returns A sentence, or null.
 * @source SPEC rules STATE-1, STATE-2.
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

/** The first problem that an I/O of a workload could meet anywhere in a layout, or null. */
export function layoutProblemFor(
  layout: Layout,
  request: Pick<IoRequest, 'api' | 'op'>,
  policies: Policies,
): string | null {
  return problemWithin(layout, { first: 0, end: Infinity, stopsAtGap: false }, request, policies);
}
