import { ledgerIndex } from '../counting/events.ts';
import type { Ledger, Phase } from '../counting/events.ts';
import type { Policies } from '../strategy/policies.ts';
import type { BuildName } from './cost-model.ts';

/** What the tracer needs to know of an I/O beside its ledger. */
export type TracedFigures = {
  /** GUP calls. */
  readonly calls: number;
  /** Extract calls. */
  readonly extracts: number;
  readonly biosStarted: number;
};

/** Traced calls by phase of bio_iov_iter_get_pages(); the other phases are outside the trace. */
export type TracedCalls = Readonly<Record<Phase, number>>;

const PTE_MAP = ledgerIndex('walk', 'pte_map');
const PTE_UNMAP = ledgerIndex('walk', 'pte_unmap');
const MMAP_RLOCK = ledgerIndex('walk', 'mmap_rlock');
const GRAB_CALL = ledgerIndex('grab', 'grab_call');
const SLOW_GRAB_CALL = ledgerIndex('grab', 'slow_grab_call');
const NODESTAT = ledgerIndex('grab', 'nodestat');
const BVEC_NEW = ledgerIndex('add', 'bvec_new');
const MERGE_TEST = ledgerIndex('add', 'merge_test');

/**
 * pin_user_pages_fast, is_valid_gup_args, gup_fast_fallback; the prototype kept one of them, and under
 * mmap_lock get_user_pages calls the slow path straight away.
 */
function functionsPerGup(policies: Policies, build: BuildName): number {
  return build === 'before' && policies.walk !== 'locked' ? 3 : 1;
}
/** Whether extract calls show: __bio_iov_iter_get_pages was inlined before, and needs a bio. */
export function showsExtracts(build: BuildName, biosStarted: number): boolean {
  return build === 'after' && biosStarted > 0;
}

/** The build whose functions a composition runs: page arrays before the conversion, ranges after. */
export function buildOf(policies: Policies): BuildName {
  return policies.result === 'page-pointers' ? 'before' : 'after';
}

/** Outermost functions of a trace: bio_iov_iter_get_pages(), or the GUP call where there is no bio. */
export function tracedRoots(figures: TracedFigures): number {
  return figures.biosStarted > 0 ? figures.biosStarted : figures.calls;
}

/**
 * try_grab_folio, and the counter of a pin (mod_node_page_state). Whether grabs are pins is read off the ledger: a
 * short pin that only reads memory may have become a plain reference.
 */
function functionsPerSlowGrab(ledger: Ledger): number {
  return ledger[NODESTAT] > 0 ? 2 : 1;
}

/** The fast walk also asks whether it may take the folio (gup_fast_folio_allowed). */
function functionsPerGrab(ledger: Ledger, policies: Policies): number {
  return functionsPerSlowGrab(ledger) + (policies.walk === 'fast' ? 1 : 0);
}

/**
 * Counts the calls that function_graph would record for one I/O.
 *
 * @source SPEC rules TRC-2, TRC-3: 135 calls before and 9 after for
 * 128 KiB on one order-5 folio.
 */
export function countTracedCalls(
  ledger: Ledger,
  figures: TracedFigures,
  policies: Policies,
  build: BuildName,
): TracedCalls {
  // A registered buffer has vectors too, but no bio that they are added to.
  const addsToBio = build === 'before' && figures.biosStarted > 0;
  return {
    walk:
      figures.biosStarted +
      figures.calls * functionsPerGup(policies, build) +
      (showsExtracts(build, figures.biosStarted) ? figures.extracts : 0) +
      ledger[MMAP_RLOCK] +
      2 * ledger[PTE_MAP] +
      ledger[PTE_UNMAP],
    grab:
      functionsPerGrab(ledger, policies) * ledger[GRAB_CALL] +
      functionsPerSlowGrab(ledger) * ledger[SLOW_GRAB_CALL],
    record: 0,
    allocate: 0,
    add: addsToBio ? ledger[BVEC_NEW] + ledger[MERGE_TEST] : 0,
    submit: 0,
    complete: 0,
    release: 0,
  };
}

/** All traced calls of one I/O. */
export function tracedCallTotal(calls: TracedCalls): number {
  return calls.walk + calls.grab + calls.add;
}
