import { findExtent, FLAG, PTE_LEAF } from '#core';
import type { Layout, Policies, Step } from '#core';
import type { PageSpan } from './page-span.ts';

/** Source: SPEC rules GRAB-1 and GRAB-2. */
function referenceLocks({ era, kind }: Policies, order: number, isSlowGrab: boolean): number {
  if (kind === 'get') return 1;
  if (isSlowGrab) return order === 0 || (era === 'v5.10' && order === 1) ? 1 : 2;
  return era === 'v5.10' && order < 2 ? 1 : 2;
}

/** Whether a device-memory entry is taken page by page with the slow grab. Source: SPEC rule FAST-4. */
function isSlowDeviceGrab(layout: Layout, extent: number, { era }: Policies): boolean {
  const isDeviceLeaf =
    layout.leaf[extent] !== PTE_LEAF && ((layout.flags[extent] ?? 0) & FLAG.devmap) !== 0;
  return era === 'v5.10' && isDeviceLeaf;
}

/**
 * Locked operations of one step: those of its grabs, and the mark on each entry that the fast walk
 * takes; 0 for a step that grabs nothing.
 *
 * @param pages   The pages the step grabs.
 * @param isSlow  Under mmap_lock.
 */
export function lockedOperationsOfGrab(
  step: Step,
  policies: Policies,
  layout: Layout,
  pages: PageSpan | null,
  isSlow: boolean,
): number {
  if (step.kind !== 'grab' || pages === null) return 0;
  const extent = findExtent(layout, pages.first);
  const isSlowGrab = isSlow || isSlowDeviceGrab(layout, extent, policies);
  const marks = isSlow || policies.walk === 'fast-2008' ? 0 : 1;
  const each = referenceLocks(policies, layout.order[extent] ?? 0, isSlowGrab) + marks;
  return each * step.count;
}
