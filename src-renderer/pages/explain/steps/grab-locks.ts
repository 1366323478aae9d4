import { demandOf, FLAG, hasDevmapSpecialCase, isCopiedFrame, PMD_ORDER, PTE_LEAF } from '#core';
import { slowVisit, stopKind } from '#core';
import type { IoRequest, Layout, Policies, Step } from '#core';

/** One step with what has to be known to count its locked operations. */
export type GrabbingStep = {
  readonly step: Step;
  readonly policies: Policies;
  readonly request: IoRequest;
  readonly layout: Layout;
  /** The extent of the first page the step works on. */
  readonly extent: number;
  /** Under mmap_lock. */
  readonly isSlow: boolean;
  /** The grab of a page that the fast walk then leaves alone. */
  readonly isGivenBack: boolean;
};

/** Source: SPEC rules GRAB-1 and GRAB-2. */
function referenceLocks({ era, kind }: Policies, order: number, isSlowGrab: boolean): number {
  if (kind === 'get') return 1;
  if (isSlowGrab) return order === 0 || (era === 'v5.10' && order === 1) ? 1 : 2;
  return era === 'v5.10' && order < 2 ? 1 : 2;
}

function flagsAt({ layout, extent }: GrabbingStep): number {
  return layout.flags[extent] ?? 0;
}

/** Whether the step takes part of a large leaf entry in the fast walk. */
function isFastLeaf({ layout, extent, isSlow }: GrabbingStep): boolean {
  return !isSlow && layout.leaf[extent] !== PTE_LEAF;
}

/** The order that decides: a copy is a page of its own, and `devmap` overrules the layout. */
function orderOf(grabbing: GrabbingStep): number {
  const { step, policies, layout, extent, isGivenBack } = grabbing;
  if (isCopiedFrame(step.pfn)) return 0;
  const order = layout.order[extent] ?? 0;
  const isDevice = (flagsAt(grabbing) & FLAG.devmap) !== 0 && isFastLeaf(grabbing) && !isGivenBack;
  if (!isDevice || policies.devmap === 'era') return order;
  return policies.devmap === 'compound' ? Math.max(order, PMD_ORDER) : 0;
}

/** Whether a leaf entry is grabbed folio by folio. Source: SPEC rule GRAB-4. */
export function isFolioByFolio(grabbing: GrabbingStep): boolean {
  const { policies, step, isGivenBack } = grabbing;
  if (policies.grab !== 'per-folio' || step.kind !== 'grab' || isGivenBack) return false;
  if (!isFastLeaf(grabbing)) return false;
  return (flagsAt(grabbing) & FLAG.devmap) === 0 || policies.devmap === 'era';
}

/** Whether a leaf entry of device memory is taken page by page. Source: SPEC rules FAST-4, GRAB-5. */
export function isDevicePages(grabbing: GrabbingStep): boolean {
  const { policies } = grabbing;
  if ((flagsAt(grabbing) & FLAG.devmap) === 0 || !isFastLeaf(grabbing)) return false;
  if (policies.devmap !== 'era') return policies.devmap === 'non-compound';
  return policies.grab !== 'per-folio' && hasDevmapSpecialCase(policies.era);
}

/** A page that is looked at and given back is not marked. Source: SPEC rule STOP-2. */
function givenBackLocks(grabbing: GrabbingStep): number {
  const { request, policies } = grabbing;
  const kind = stopKind(demandOf(request, policies), flagsAt(grabbing));
  return kind === 'not-pinnable' ? 1 : referenceLocks(policies, orderOf(grabbing), false);
}

/** Pages that a fault brought in or replaced are marked; changed entries are not. Source: SPEC rule FAULT-5. */
function faultMarks(grabbing: GrabbingStep): number {
  const { request, policies, layout, extent, step } = grabbing;
  const leaf = layout.leaf[extent] ?? PTE_LEAF;
  const visit = slowVisit(demandOf(request, policies), flagsAt(grabbing), leaf);
  const entries = leaf === PTE_LEAF ? step.pages : 1;
  return Math.max(0, step.count - visit.entryFaults * entries);
}

/**
 * Locked operations of one step: those of its grabs, and the mark on each entry that the fast walk
 * takes and on each page that a fault brings; 0 for a step that does neither.
 */
export function lockedOperationsOfStep(grabbing: GrabbingStep): number {
  const { step, policies, isSlow, isGivenBack } = grabbing;
  if (step.kind === 'fault') return policies.walk === 'page-cache' ? 0 : faultMarks(grabbing);
  if (step.kind !== 'grab' && step.kind !== 'slow-grab') return 0;
  if (isGivenBack) return givenBackLocks(grabbing);
  const each = referenceLocks(policies, orderOf(grabbing), step.kind === 'slow-grab');
  // The look-up in the page cache takes a reference of its own, which is dropped again.
  if (policies.walk === 'page-cache') return (each + 1) * step.count;
  const isMarked = !isSlow && policies.walk !== 'fast-2008';
  const marks = isFolioByFolio(grabbing) ? 1 : step.count;
  return each * step.count + (isMarked ? marks : 0);
}

/** References a step takes, and those of them that are dropped at once. */
export function referencesOfStep(
  grabbing: GrabbingStep,
  pages: number,
): { readonly references: number; readonly dropped: number } {
  const { step, policies, isGivenBack } = grabbing;
  if (step.kind !== 'grab' && step.kind !== 'slow-grab') return { references: 0, dropped: 0 };
  if (policies.walk === 'page-cache') return { references: 2 * step.count, dropped: step.count };
  const isOne = policies.grab === 'per-run' && policies.references === 'one';
  if (isGivenBack) {
    const references = isOne || policies.grab === 'per-page' ? 1 : step.pages;
    return { references, dropped: references };
  }
  return { references: isOne ? step.count : pages, dropped: 0 };
}
