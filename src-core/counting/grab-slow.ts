import { slowGrabLockOps, SPILL_DELTA } from './era.ts';
import { ledgerIndex } from './events.ts';
import { reportPages } from './report.ts';
import type { Found } from './slow-stretch.ts';
import type { CountingState } from './state.ts';

const REFERENCE = ledgerIndex('grab', 'lock_op.reference');
const META = ledgerIndex('grab', 'meta');
const NODESTAT = ledgerIndex('grab', 'nodestat');
const SPILL = ledgerIndex('grab', 'spill');
const SLOW_GRAB_CALL = ledgerIndex('grab', 'slow_grab_call');
const PTR_STORE = ledgerIndex('record', 'ptr_store');

/**
 * Counts `times` grabs under the page-table lock: no re-read and no second look-up.
 *
 * @source SPEC rules GRAB-2, SLOW-2.
 */
export function countSlowGrabs(
  state: CountingState,
  order: number,
  references: number,
  times: number,
): void {
  const { ledger, era, policies } = state;
  ledger[REFERENCE] += slowGrabLockOps(era, policies.kind, order) * times;
  if (era !== 'v2.6') ledger[META] += times;
  ledger[SLOW_GRAB_CALL] += times;
  if (!state.isPin) return;
  ledger[NODESTAT] += times;
  if (references > SPILL_DELTA) ledger[SPILL] += times;
}

/**
 * Pages that locked steps store in the page array: one grab a step, or two for a whole leaf entry.
 *
 * @source SPEC rule SLOW-2.
 */
export function takeLockedPages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  isWholeLeaf: boolean,
): void {
  if (isWholeLeaf) {
    countSlowGrabs(state, order, 1, 1);
    if (pages > 1) countSlowGrabs(state, order, pages - 1, 1);
  } else {
    countSlowGrabs(state, order, 1, pages);
  }
  state.ledger[PTR_STORE] += pages;
  reportPages(state, pfn, pages, order, flags);
  if (state.recorder === null) return;
  state.recorder.step('slow-grab', isWholeLeaf ? 1 : pages, pfn, 1);
  if (isWholeLeaf && pages > 1) state.recorder.step('slow-grab', 1, pfn + 1, pages - 1);
  state.recorder.bookReferences(pfn, pages, order, false, 1);
}

/**
 * Pages of the zero folio, which nobody counts references on; scattered where each is the same page.
 *
 * @source SPEC rule FAULT-6.
 */
export function takeZeroPages(state: CountingState, pages: number, found: Found): void {
  state.ledger[PTR_STORE] += pages;
  const step = found.isScattered ? 1 : pages;
  for (let page = 0; page < pages; page += step) {
    reportPages(state, found.pfn, step, found.order, found.flags);
  }
}
