import { describe, expect, it } from 'vitest';
import { ModelError } from '../errors.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { pagesOfSteps, textFromReferences } from '../testing/drawn-results.ts';
import { explainOn, requestOn, strategyFrom } from '../testing/explained.ts';
import { createCounter } from './counter.ts';
import { createLedger } from './events.ts';

describe('gup_test', () => {
  it('[COMP-2] pins in portions, builds no bio and unpins the array', () => {
    // Ten pages of one folio, four a call.
    const explanation = explainOn(layoutFromText('A0-9', { A: 4 }), 'today', {
      api: 'gup-test',
      pagesPerCall: 4,
    });

    expect(pagesOfSteps(explanation, 'gup')).toEqual([4, 4, 2]);
    expect(explanation.ledger.add).toEqual({});
    expect({ bvecs: explanation.bvecs, bios: explanation.biosStarted }).toEqual({
      bvecs: [],
      bios: 0,
    });
    expect(explanation.bio).toEqual({ path: 'async', vecs: 0, bytes: 0, source: 'none' });
    expect(explanation.temporary.stackBytes).toBe(0);
    expect(explanation.ledger.release).toEqual({
      unpin_call: 1,
      nodestat: 1,
      'lock_op.release': 2,
    });
  });

  it('[COMP-2] of v5.10 gives every page back by itself', () => {
    const explanation = explainOn(
      layoutFromText('A0-9', { A: 4 }),
      { id: 'per-page', parameters: { kernel: 'v5.10' } },
      { api: 'gup-test' },
    );

    expect(explanation.ledger.release).toEqual({ put: 10, 'lock_op.release': 10 });
  });

  it('[GAP-3] returns what the call had that met a gap', () => {
    const explanation = explainOn(layoutFromText('A0-4 . A6-9', { A: 4 }), 'today', {
      api: 'gup-test',
      pagesPerCall: 4,
    });

    expect(explanation.outcome).toEqual({ kind: 'short', pages: 5 });
    expect(pagesOfSteps(explanation, 'gup')).toEqual([4, 4]);
    expect(textFromReferences(explanation)).toBe('A0 5/5');
  });

  it('[GAP-2] fails when its first page is not mapped', () => {
    expect(explainOn(layoutFromText('. A0'), 'today', { api: 'gup-test' }).outcome).toEqual({
      kind: 'efault',
      pages: 0,
    });
  });
});

describe('a registration', () => {
  it('[COMP-2] asks for everything at once', () => {
    const explanation = explainOn(layoutFromText('A0-999'), 'today', {
      api: 'register',
      pagesPerCall: 4,
    });

    expect(pagesOfSteps(explanation, 'gup')).toEqual([1000]);
    expect(explanation.irqOffPages).toBe(1000);
  });

  it('[GAP-3] unpins everything and fails when it meets a gap', () => {
    const explanation = explainOn(layoutFromText('A0-4 . B0', { A: 3 }), 'today', {
      api: 'register',
    });

    expect(explanation.outcome).toEqual({ kind: 'efault', pages: 0 });
    expect(textFromReferences(explanation)).toBe('A0 5/5');
    expect(explanation.ledger.release).toMatchObject({ unpin_call: 1 });
  });
});

describe('a counter', () => {
  const layout = layoutFromText('A0-3');
  const { policies } = strategyFrom('today');

  it('[COMP-1] refuses policies that contradict each other for the API of a request', () => {
    const counter = createCounter({ ...policies, add: 'none' });
    const count = (api: 'direct-io' | 'gup-test'): unknown =>
      counter.count({ layout, request: requestOn(layout, { api }) }, createLedger()).outcome;

    expect(count('gup-test')).toEqual({ kind: 'pinned', pages: 4 });
    expect(() => count('direct-io')).toThrow(ModelError);
    expect(() => count('direct-io')).toThrow(/^memory=overlay lies in the bio's own vectors/);
    expect(count('gup-test')).toEqual({ kind: 'pinned', pages: 4 });
  });

  it('[SIM-4] forgets one I/O when it counts the next', () => {
    const counter = createCounter(policies);
    const ledgerOf = (pages: number): Float64Array => {
      const ledger = createLedger();
      counter.count({ layout, request: requestOn(layout, { pages }) }, ledger);
      return ledger;
    };
    const first = ledgerOf(2);

    ledgerOf(6);

    expect(ledgerOf(2)).toEqual(first);
  });
});
