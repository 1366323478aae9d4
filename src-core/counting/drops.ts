import { SPILL_DELTA, unpinLockOps } from './era.ts';
import { ledgerIndex } from './events.ts';
import type { Phase } from './events.ts';
import type { CountingState } from './state.ts';

/** Where one phase of a ledger keeps what dropping references costs. */
export type DropEntries = {
  readonly put: number;
  readonly unpinCall: number;
  readonly nodestat: number;
  readonly spill: number;
  readonly release: number;
};

function dropEntries(phase: Phase): DropEntries {
  return {
    put: ledgerIndex(phase, 'put'),
    unpinCall: ledgerIndex(phase, 'unpin_call'),
    nodestat: ledgerIndex(phase, 'nodestat'),
    spill: ledgerIndex(phase, 'spill'),
    release: ledgerIndex(phase, 'lock_op.release'),
  };
}

export const DROP_IN_WALK = dropEntries('walk');
export const DROP_IN_ADD = dropEntries('add');
export const DROP_IN_RELEASE = dropEntries('release');

/**
 * Counts `times` calls that drop `references` references each, of folios of one order.
 *
 * @source SPEC rules REL-1, REL-2.
 */
export function countDrops(
  state: CountingState,
  entries: DropEntries,
  order: number,
  references: number,
  times: number,
): void {
  const { ledger } = state;
  if (!state.isPin) {
    ledger[entries.put] += times;
    ledger[entries.release] += times;
    return;
  }
  ledger[entries.unpinCall] += times;
  ledger[entries.nodestat] += times;
  if (references > SPILL_DELTA) ledger[entries.spill] += times;
  ledger[entries.release] += unpinLockOps(state.era, order, references) * times;
}
