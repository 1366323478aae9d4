import { describe, expect, it } from 'vitest';
import {
  EVENTS,
  PHASES,
  PHASE_STRIDE,
  PRICED,
  createLedger,
  eventTotal,
  eventTotals,
  ledgerIndex,
} from './events.ts';

describe('the ledger', () => {
  it('[COST-2] has a place for every priced name in every phase, and no other', () => {
    const places = PHASES.flatMap((phase) => PRICED.map((name) => ledgerIndex(phase, name)));

    // 42 events, of which lock_op is a sum, and nineteen overheads.
    expect(EVENTS).toHaveLength(42);
    expect(PRICED).toHaveLength(42 - 1 + 19);
    expect(PHASE_STRIDE).toBe(60);
    expect(places).toEqual(Array.from({ length: 8 * 60 }, (_, index) => index));
    expect(createLedger()).toEqual(new Float64Array(8 * 60));
  });

  it('[COST-1] adds an event up over all phases', () => {
    const ledger = createLedger();
    ledger[ledgerIndex('walk', 'meta')] = 3;
    ledger[ledgerIndex('release', 'meta')] = 4;
    ledger[ledgerIndex('release', 'put')] = 9;

    expect(eventTotal(ledger, 'meta')).toBe(7);
  });

  it('[COST-1] has lock_op for the sum of its five kinds', () => {
    const ledger = createLedger();
    ledger[ledgerIndex('grab', 'lock_op.reference')] = 1;
    ledger[ledgerIndex('grab', 'lock_op.mark')] = 10;
    ledger[ledgerIndex('release', 'lock_op.release')] = 100;
    ledger[ledgerIndex('walk', 'lock_op.release')] = 1000;
    ledger[ledgerIndex('submit', 'lock_op.dirty')] = 10_000;
    ledger[ledgerIndex('walk', 'lock_op.other')] = 100_000;
    ledger[ledgerIndex('grab', 'grab_call')] = 7;

    const occurred = Object.entries(eventTotals(ledger)).filter(([, count]) => count > 0);

    expect(Object.fromEntries(occurred)).toEqual({
      lock_op: 111_111,
      'lock_op.reference': 1,
      'lock_op.mark': 10,
      'lock_op.release': 1100,
      'lock_op.dirty': 10_000,
      'lock_op.other': 100_000,
    });
  });
});
