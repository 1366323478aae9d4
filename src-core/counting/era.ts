import type { Era, Policies } from '../strategy/policies.ts';

/**
 * Locked operations of one fast-path grab (try_grab_folio) of a folio.
 *
 * @source SPEC rule GRAB-1.
 */
export function grabLockOps(era: Era, kind: Policies['kind'], order: number): number {
  if (kind === 'get') return 1;
  if (era === 'v5.10') return order > 1 ? 2 : 1;
  return 2;
}

/** Folio look-ups of one fast-path grab: find and re-verify. Source: SPEC rule META-1. */
export const GRAB_META = 2;

/**
 * Locked operations of one slow-path grab, where nothing needs to be re-verified.
 *
 * @source SPEC rule GRAB-2.
 */
export function slowGrabLockOps(era: Era, kind: Policies['kind'], order: number): number {
  if (kind === 'get' || order === 0) return 1;
  return era === 'v5.10' && order === 1 ? 1 : 2;
}

/**
 * Locked operations of one unpin of `references` pins of a folio.
 *
 * @source SPEC rule REL-1.
 */
export function unpinLockOps(era: Era, order: number, references: number): number {
  if (era === 'v5.10') return order >= 2 && references > 1 ? 3 : 2;
  return order > 0 ? 2 : 1;
}

/** A per-CPU counter spills into global atomics above this delta. Source: SPEC rule GRAB-3. */
export const SPILL_DELTA = 125;

/**
 * Whether a device-memory entry is taken page by page inside the fast walk.
 *
 * @source Linux 6.11 mm/gup.c gup_fast_devmap_leaf(), gone in 6.19; SPEC rule FAST-4.
 */
export function hasDevmapSpecialCase(era: Era): boolean {
  return era === 'v2.6' || era === 'v5.10' || era === 'v6.11';
}
