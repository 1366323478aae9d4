import type { CostModel } from '../cost/cost-model.ts';
import { EXTRACT_PHASES } from '../cost/price.ts';
import { PRICED } from '../counting/events.ts';
import type { Phase, PricedName } from '../counting/events.ts';
import type { Explanation } from './explain.ts';

/** Untraced time in a function itself, by what it does. Unit: nanoseconds a call. */
export type OwnTimes = {
  /** bio_iov_iter_get_pages(): what it adds and allocates beside the functions below. */
  readonly root: number;
  /** The GUP call with everything inlined into it. */
  readonly gup: number;
  readonly slow: number;
  readonly mapTable: number;
  readonly unmapTable: number;
  readonly grab: number;
  readonly slowGrab: number;
  readonly nodestat: number;
  readonly merge: number;
  readonly newVector: number;
};

/**
 * Shares out what an I/O costs inside bio_iov_iter_get_pages() over the functions that a trace of its
 * build shows; equal calls get equal shares.
 *
 * @source SPEC rule TRC-4.
 */
export function shareOwnTimes(explanation: Explanation, model: CostModel): OwnTimes {
  const { ledger, calls, tracer } = explanation;
  const scale = model.tracer[tracer.build].ownTimeScale;
  const count = (phase: Phase, name: PricedName): number => ledger[phase][name] ?? 0;
  const cost = (phase: Phase, names: readonly PricedName[]): number =>
    names.reduce((sum, name) => sum + count(phase, name) * model.prices[name], 0) * scale;
  const share = (ns: number, times: number): number => (times === 0 ? 0 : ns / times);

  const hasBio = explanation.biosStarted > 0;
  const hasAddFunctions = hasBio && tracer.build === 'before';
  const mergeNs = hasAddFunctions ? cost('add', ['merge_test', 'merge_ok']) : 0;
  const vectorNs = hasAddFunctions ? cost('add', ['bvec_new']) : 0;
  const grabbedNs = cost('grab', ['lock_op.reference', 'meta']);
  const grabNs = grabbedNs + cost('grab', ['grab_call', 'slow_grab_call']);
  const grabs = count('grab', 'grab_call') + count('grab', 'slow_grab_call');
  const nodestatNs = cost('grab', ['nodestat', 'spill']);
  const slowNs = cost('walk', ['mmap_rlock', 'mmap_runlock', 'vma_find']);
  const mapNs = cost('walk', ['pte_map']);
  const unmapNs = cost('walk', ['pte_unmap']);
  const rootNs = cost('add', PRICED) + cost('allocate', PRICED) - mergeNs - vectorNs;
  const allNs = EXTRACT_PHASES.reduce((sum, phase) => sum + cost(phase, PRICED), 0);
  const namedNs = mergeNs + vectorNs + grabNs + nodestatNs + slowNs + mapNs + unmapNs + rootNs;
  return {
    root: hasBio ? rootNs / explanation.biosStarted : 0,
    gup: share(allNs - namedNs + (hasBio ? 0 : rootNs), calls),
    slow: share(slowNs, count('walk', 'mmap_rlock')),
    mapTable: share(mapNs, count('walk', 'pte_map')),
    unmapTable: share(unmapNs, count('walk', 'pte_unmap')),
    grab: share(grabbedNs, grabs) + model.prices.grab_call * scale,
    slowGrab: share(grabbedNs, grabs) + model.prices.slow_grab_call * scale,
    nodestat: share(nodestatNs, grabs),
    merge: share(mergeNs, count('add', 'merge_test')),
    newVector: share(vectorNs, count('add', 'bvec_new')),
  };
}
