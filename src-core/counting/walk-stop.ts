import { PTE_LEAF } from '../layout/layout.ts';
import { ledgerIndex } from './events.ts';
import { countDrops, DROP_IN_WALK } from './drops.ts';
import { countGrabs, countVisit } from './grab.ts';
import { stopKind } from './page-states.ts';
import type { CountingState } from './state.ts';

const REFERENCE = ledgerIndex('grab', 'lock_op.reference');
const META = ledgerIndex('grab', 'meta');
const GRAB_CALL = ledgerIndex('grab', 'grab_call');
const RECHECK = ledgerIndex('grab', 'recheck');
const PTR_STORE = ledgerIndex('record', 'ptr_store');

/** Drops `references` references of one folio in one call, inside the walk. */
export function dropReferences(
  state: CountingState,
  order: number,
  references: number,
  times = 1,
): void {
  countDrops(state, DROP_IN_WALK, order, references, times);
}

/** Up to v6.11 the pointers of a leaf entry were stored before it was grabbed. Source: SPEC rule STOP-3. */
function storesBeforeGrab(state: CountingState): boolean {
  const { era, policies } = state;
  return policies.result === 'page-pointers' && (era === 'v5.10' || era === 'v6.11');
}

/**
 * What the page or leaf entry that stops the fast walk has cost beside its levels and its read.
 *
 * @param pfn    Its first frame.
 * @param pages  Pages of the entry that were asked for, 1 for a PTE.
 * @source SPEC rules STOP-2, STOP-3.
 */
export function countStop(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  leaf: number,
  isFirstOfCall: boolean,
): void {
  const { ledger, recorder } = state;
  const kind = stopKind(state.demand, flags);
  recorder?.step('stop', 1, pfn, pages);
  if (kind === 'entry') return;
  if (state.policies.grab === 'per-run') countVisit(state, pages, isFirstOfCall);
  if (leaf !== PTE_LEAF && storesBeforeGrab(state)) ledger[PTR_STORE] += pages;
  const { policies } = state;
  const isOne = policies.grab === 'per-run' && policies.references === 'one';
  const references = isOne || policies.grab === 'per-page' ? 1 : pages;
  recorder?.bookReferences(pfn, references, order, false, 1);
  recorder?.bookReferences(pfn, references, order, false, -1);
  recorder?.step('grab', 1, pfn, pages);
  if (kind === 'not-pinnable') {
    ledger[REFERENCE] += 1;
    ledger[META] += 2;
    ledger[GRAB_CALL] += 1;
    ledger[DROP_IN_WALK.release] += 1;
    return;
  }
  countGrabs(state, order, references, 1);
  ledger[RECHECK] += 1;
  dropReferences(state, order, references);
}
