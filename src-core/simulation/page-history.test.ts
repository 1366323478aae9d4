import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTotal } from '../counting/events.ts';
import type { EventName } from '../counting/events.ts';
import type { PageFlag } from '../layout/layout.ts';
import { extentWith, layoutFromExtents } from '../testing/drawn-layout.ts';
import { trialOn } from '../testing/trials.ts';
import type { TrialDifferences } from '../testing/trials.ts';
import { IoCosts } from './io-costs.ts';
import { findOffsets } from './offset-space.ts';
import { PageHistory } from './page-history.ts';
import { simulate } from './simulate.ts';

const BLOCK = 8;
const eightPages = { blockBytes: BLOCK * 4096 };

function pagesWith(flags: readonly PageFlag[], pages: number, order = 0): TrialLayout {
  return layoutFromExtents([extentWith({ pfn: 1024, pages, order, flags })]);
}
type TrialLayout = ReturnType<typeof layoutFromExtents>;

/** Events of whole trials, by how many I/Os have gone before. */
function totalsOf(
  layout: TrialLayout,
  differences: TrialDifferences,
): (event: Exclude<EventName, 'lock_op'>) => number {
  const result = simulate(trialOn(layout, differences));
  if (result.status !== 'done') throw new Error(result.reason);
  return (event) => eventTotal(result.ledger, event);
}

describe('pages within a trial', () => {
  it('[FAULT-8] are faulted in once each, however often they are used', () => {
    const workload = { ...eightPages, access: 'sequential', count: 30 } as const;
    const total = totalsOf(pagesWith(['absent'], 80), { workload });

    expect(total('fault')).toBe(80);
    expect(total('mmap_rlock')).toBe(10);
    expect(total('ptr_store')).toBe(30 * BLOCK);
    const result = simulate(trialOn(pagesWith(['absent'], 80), { workload }));
    expect(result).toMatchObject({ figures: { gupCallsPerIo: 1, slowCallsPerIo: 10 / 30 } });
  });

  it('[FAULT-8] are faulted in by the warm-up, if there is one', () => {
    const workload = { ...eightPages, access: 'sequential', count: 10, warmUpCount: 10 } as const;

    expect(totalsOf(pagesWith(['absent'], 80), { workload })('fault')).toBe(0);
  });

  it('[FAULT-2] come with their folio, which spares the I/O beside them', () => {
    // Folios of 16 pages, I/Os of 8: every second one finds its pages there.
    const workload = { ...eightPages, access: 'sequential', count: 10 } as const;
    const total = totalsOf(pagesWith(['absent'], 80, 4), { workload });

    expect(total('fault')).toBe(5);
    expect(total('mmap_rlock')).toBe(5);
  });

  it('[FAULT-4] stay copies: small pages that follow each other nowhere', () => {
    const workload = { ...eightPages, access: 'sequential', count: 4 } as const;
    const total = totalsOf(pagesWith(['shared'], 16, 4), { workload });

    expect(total('fault')).toBe(16);
    expect(total('bvec_new')).toBe(4 * BLOCK);
  });

  it('[FAULT-6] stay zero pages while they are only read', () => {
    const workload = { ...eightPages, access: 'sequential', count: 20 } as const;
    const total = totalsOf(pagesWith(['zero'], 80), { workload });

    expect(total('mmap_rlock')).toBe(20);
    expect(total('lock_op.reference')).toBe(0);
  });

  it('[LONG-1] are migrated once', () => {
    const workload = { ...eightPages, access: 'sequential', count: 30, api: 'register' } as const;
    const total = totalsOf(pagesWith(['cma'], 80, 3), { workload });

    expect(total('mmap_rlock')).toBe(20);
  });

  it('[FAULT-4] leave the rest of a split PMD entry shared, on PTEs', () => {
    const layout = layoutFromExtents([
      extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags: ['shared'] }),
    ]);
    const workload = { ...eightPages, access: 'sequential', count: 2 } as const;
    const total = totalsOf(layout, { workload });

    // The first I/O meets the entry, the second a table: 7 and 8 failing reads, 8 each that succeed, and
    // the read that stops the second fast walk.
    expect(total('fault')).toBe(16);
    expect(total('pte_read')).toBe(7 + 8 + (8 + 8 + 1));
  });

  it('[FAULT-8] change nothing where nothing can change', () => {
    expect(PageHistory.of(trialOn(pagesWith([], 80)))).toBeNull();
    expect(PageHistory.of(trialOn(pagesWith(['readonly'], 80)))).toBeNull();
    expect(PageHistory.of(trialOn(pagesWith(['absent'], 80)))).not.toBeNull();
  });

  it('[FAULT-8] end up the same whatever order the I/Os come in', () => {
    const states = fc.constantFrom<readonly PageFlag[]>(
      [],
      ['absent'],
      ['shared'],
      ['readonly'],
      ['readonly', 'shared'],
      ['zero'],
      ['absent', 'readonly'],
      ['protnone'],
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ flags: states, pages: fc.integer({ min: 1, max: 40 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom('read' as const, 'write' as const),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        (rows, operation, order) => {
          let vaPage = 0;
          const layout = layoutFromExtents(
            rows.map(({ flags, pages }) => {
              const row = extentWith({ vaPage, pfn: 65_536 + 16 + vaPage, pages, order: 3, flags });
              vaPage += pages;
              return row;
            }),
          );
          const settledLedgers = [order, [0, 1, 2, 3, 4, 5, 6, 7]].map((sequence) => {
            const trial = trialOn(layout, { workload: { blockBytes: 16_384, operation } });
            const space = findOffsets(layout, trial.workload);
            const costs = new IoCosts(trial, space);
            const indexes = sequence.filter((index) => index < space.size);
            for (const index of indexes) costs.slotOf(index);
            return Array.from({ length: Math.min(8, space.size) }, (_, index) => {
              const slot = costs.slotOf(index);
              expect(costs.slotOf(index)).toBe(slot);
              return [...costs.prices.slice(slot * 8, slot * 8 + 8)];
            });
          });

          expect(settledLedgers[0]).toEqual(settledLedgers[1]);
        },
      ),
    );
  });
});
