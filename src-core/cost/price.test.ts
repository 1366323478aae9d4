import { describe, expect, it } from 'vitest';
import { createLedger, ledgerIndex, PHASES } from '../counting/events.ts';
import type { Phase, PricedName } from '../counting/events.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { strategyFrom } from '../testing/explained.ts';
import type { CostModel } from './cost-model.ts';
import { EXTRACT_PHASES, createPricer, phasesFromPrices } from './price.ts';

const today = strategyFrom('today').policies;
const prototype = strategyFrom('folio-vec').policies;
const NO_CALLS = { calls: 0, extracts: 0, biosStarted: 0 };

function ledgerWith(...entries: readonly (readonly [Phase, PricedName, number])[]): Float64Array {
  const ledger = createLedger();
  for (const [phase, name, count] of entries) ledger[ledgerIndex(phase, name)] = count;
  return ledger;
}

function modelWith(prices: Partial<CostModel['prices']>, scale = 1): CostModel {
  const build = { enterNs: 100, exitNs: 7, exitNsRange: [7, 7] as const, ownTimeScale: scale };
  return {
    ...unitCosts,
    prices: { ...unitCosts.prices, ...prices },
    tracer: { before: build, after: { ...build, enterNs: 200, ownTimeScale: 10 * scale } },
  };
}

function priced(
  model: CostModel,
  ledger: Float64Array,
  figures = NO_CALLS,
  mode: 'off' | 'function-graph' = 'off',
  policies = today,
): Readonly<Record<Phase, number>> {
  const target = new Float64Array(PHASES.length).fill(99);
  createPricer(model, policies, mode).price(ledger, figures, target);
  return phasesFromPrices(target);
}

const NOTHING = phasesFromPrices(new Float64Array(PHASES.length));

describe('a price', () => {
  it('[COST-1] is for each phase the sum of its events at the prices of the model', () => {
    const model = modelWith({ pte_read: 2, meta: 0.5, 'lock_op.release': 5 });
    const ledger = ledgerWith(
      ['walk', 'pte_read', 3],
      ['walk', 'meta', 4],
      ['complete', 'meta', 10],
      ['release', 'lock_op.release', 2],
      ['release', 'unpin_call', 6],
    );

    expect(priced(model, ledger)).toEqual({
      ...NOTHING,
      walk: 3 * 2 + 4 * 0.5,
      complete: 10 * 0.5,
      release: 2 * 5 + 6,
    });
  });

  it('[COST-2] has calls of the grab function and large allocations in it', () => {
    const model = modelWith({ grab_call: 15, large_kmalloc: 300, kmalloc: 6 });
    const ledger = ledgerWith(
      ['grab', 'grab_call', 2],
      ['allocate', 'kmalloc', 2],
      ['allocate', 'large_kmalloc', 1],
    );

    expect(priced(model, ledger)).toEqual({ ...NOTHING, grab: 30, allocate: 312 });
  });

  it("[COST-3] has a build's own-time scale inside bio_iov_iter_get_pages() and nowhere else", () => {
    const ledger = createLedger().fill(0);
    for (const phase of PHASES) ledger[ledgerIndex(phase, 'meta')] = 1;

    expect(priced(modelWith({}, 3), ledger)).toEqual({
      walk: 3,
      grab: 3,
      record: 3,
      allocate: 3,
      add: 3,
      submit: 1,
      complete: 1,
      release: 1,
    });
    // A result of ranges is build "after", whose scale is ten times as large.
    expect(priced(modelWith({}, 3), ledger, NO_CALLS, 'off', prototype).walk).toBe(30);
    expect(EXTRACT_PHASES).toEqual(['walk', 'grab', 'record', 'allocate', 'add']);
  });

  it('[TRC-1] grows with the tracer by entry and exit of each call, less the exit of the outermost', () => {
    // One bio, one GUP call (3 functions), one table (2 and 1), four pins (3 each), one bvec: 20 calls.
    const ledger = ledgerWith(
      ['walk', 'pte_map', 1],
      ['walk', 'pte_unmap', 1],
      ['grab', 'grab_call', 4],
      ['grab', 'nodestat', 4],
      ['add', 'bvec_new', 1],
      ['release', 'unpin_call', 4],
    );
    const figures = { calls: 1, extracts: 1, biosStarted: 1 };
    const model = modelWith({}, 2);

    expect(priced(model, ledger, figures)).toEqual({
      ...NOTHING,
      walk: 4,
      grab: 16,
      add: 2,
      release: 4,
    });
    expect(priced(model, ledger, figures, 'function-graph')).toEqual({
      ...NOTHING,
      walk: 4 + 7 * 107 - 7,
      grab: 16 + 12 * 107,
      add: 2 + 107,
      release: 4,
    });
  });

  it('[TRC-1] has as many outermost functions as bios, or as GUP calls without one', () => {
    const empty = createLedger();
    const walk = (calls: number, biosStarted: number): number =>
      priced(modelWith({}), empty, { calls, extracts: calls, biosStarted }, 'function-graph').walk;

    // Two bios and three calls of three functions: 11 calls, two exits in nobody's time.
    expect(walk(3, 2)).toBe(11 * 107 - 2 * 7);
    expect(walk(3, 0)).toBe(9 * 107 - 3 * 7);
  });

  it('[COST-1] overwrites what the target held', () => {
    expect(priced(modelWith({}), createLedger())).toEqual(NOTHING);
  });
});
