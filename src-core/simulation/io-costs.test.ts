import { describe, expect, it } from 'vitest';
import { ALLOCATION_SOURCES } from '../counting/allocations.ts';
import { PHASES, createLedger, eventTotal } from '../counting/events.ts';
import type { Layout } from '../layout/layout.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import { deviceWith, trialOn } from '../testing/trials.ts';
import type { TrialDifferences } from '../testing/trials.ts';
import { IoCosts } from './io-costs.ts';
import { findOffsets } from './offset-space.ts';

function costsOn(layout: Layout, differences: TrialDifferences = {}): IoCosts {
  const trial = trialOn(layout, differences);
  return new IoCosts(trial, findOffsets(layout, trial.workload));
}

/** One, two and four runs in blocks of four pages. */
const layout = layoutFromText('A0-3 B0-1 C0-1 D0 E0 F0 G0', { A: 2, B: 1, C: 1 });
const blocks = { blockBytes: 4 * 4096 };

describe('IoCosts', () => {
  it('[SIM-4] gives equal I/Os one slot, in the order in which they are met', () => {
    const costs = costsOn(layout, { workload: blocks });

    const slots = [2, 0, 2, 1, 0].map((index) => costs.slotOf(index));

    expect(slots).toEqual([0, 1, 0, 2, 1]);
    expect(costs.slotCount).toBe(3);
    expect([0, 1, 2].map((slot) => costs.offsetOf(slot))).toEqual([32_768, 0, 16_384]);
  });

  it('[SIM-4] prices each slot as an explanation does', () => {
    const costs = costsOn(layout, { workload: blocks });
    for (const firstPage of [0, 4, 8]) {
      const slot = costs.slotOf(firstPage / 4);
      const { phases } = explainOn(layout, 'today', { firstPage, pages: 4 });

      expect([...costs.prices.slice(slot * 8, slot * 8 + 8)]).toEqual(
        PHASES.map((phase) => phases[phase]),
      );
    }
  });

  it('[SIM-4] counts the I/O of a slot again', () => {
    const costs = costsOn(layout, { workload: blocks });
    costs.slotOf(2);
    const slot = costs.slotOf(1);
    costs.slotOf(0);
    const ledger = createLedger();

    const { outcome } = costs.recount(slot, ledger);

    // Block 1: two folios of two pages.
    expect(outcome).toEqual({ kind: 'pinned', pages: 4 });
    expect(eventTotal(ledger, 'bvec_new')).toBe(2);
  });

  it('[SIM-4] passes on everything that decides an I/O', () => {
    const differences: TrialDifferences = {
      workload: { api: 'gup-test', operation: 'read', blockBytes: 8 * 4096, pagesPerCall: 3 },
    };
    const costs = costsOn(layout, differences);
    const ledger = createLedger();
    const { figures } = costs.recount(costs.slotOf(0), ledger);

    // Eight pages, three a call.
    expect(figures.calls).toBe(3);
    const sync = costsOn(layout, {
      workload: { ...blocks, operation: 'read', path: 'sync', offsetBytes: 512 },
    });
    sync.recount(sync.slotOf(0), ledger);
    // Pages 0 to 4, dirtied when the request completes.
    expect(eventTotal(ledger, 'pte_read')).toBe(5);
    expect(eventTotal(ledger, 'dirty_folio')).toBe(2);
  });

  it('[SIM-4] grows with the slots', () => {
    const costs = costsOn(layoutFromText('A0-4095'));

    for (let index = 4095; index >= 0; index -= 1) costs.hits[costs.slotOf(index)] = 1 + index;

    expect(costs.slotCount).toBe(4096);
    expect([costs.hits[0], costs.hits[1023], costs.hits[4095]]).toEqual([4096, 3073, 1]);
    expect(costs.slotOf(4095)).toBe(0);
    expect(costs.offsetOf(4095)).toBe(0);
    expect(costs.prices.slice(4095 * 8, 4096 * 8)).toEqual(costs.prices.slice(0, 8));
    expect(costs.hits.length).toBe(4096);
  });

  it('[SIM-8] keeps what is held while it grows', () => {
    // 1638 I/Os of five pages: a bio of 16 vectors each.
    const costs = costsOn(layoutFromText('A0-8191'), {
      workload: { blockBytes: 5 * 4096, device: deviceWith(1000) },
    });
    const held = (slot: number): number | undefined =>
      costs.peaks[slot * ALLOCATION_SOURCES.length + ALLOCATION_SOURCES.indexOf('bio/biovec-16')];

    for (let index = 0; index < 1638; index += 1) costs.slotOf(index);

    expect([held(0), held(1023), held(1024), held(1637)]).toEqual([256, 256, 256, 256]);
  });

  it('[SIM-4] keeps a map where there are too many offsets for a table', () => {
    // 2^26 pages: 256 GiB of huge folios.
    const costs = costsOn(layoutFromText(`[A0-${String(2 ** 26 - 1)}]`, { A: 9 }));

    const slots = [2 ** 26 - 1, 5, 2 ** 26 - 1].map((index) => costs.slotOf(index));

    expect(slots).toEqual([0, 1, 0]);
    expect(costs.offsetOf(0)).toBe((2 ** 26 - 1) * 4096);
  });

  it('[SIM-8] keeps what an I/O holds only where a device holds it up', () => {
    const workload = { blockBytes: 8 * 4096 };
    const without = costsOn(layout, { workload });
    const held = costsOn(layout, { workload: { ...workload, device: deviceWith(1000) } });
    without.slotOf(0);
    held.slotOf(0);

    expect(without.peaks).toHaveLength(0);
    // Eight pages: a bio of 16 vectors.
    expect(held.peaks[ALLOCATION_SOURCES.indexOf('bio/biovec-16')]).toBe(256);
  });
});
