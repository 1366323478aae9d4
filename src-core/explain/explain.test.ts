import { describe, expect, it } from 'vitest';
import { distinctCosts, unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { textFromReferences, textFromVectors } from '../testing/drawn-results.ts';
import { eventsOf, explainOn } from '../testing/explained.ts';

const copied = layoutFromText('A0-2 B0 A4-7', { A: 3 });

describe('explainIo', () => {
  it('[COUNT-2] tells one I/O from its runs to its bio', () => {
    const explanation = explainOn(copied, 'today', { offset: 1024, length: 7 * 4096 });

    // 29,696 bytes from byte 1024 of page 0: eight pages, the last of them to byte 1024.
    expect({
      outcome: explanation.outcome,
      pages: explanation.pages,
      folioRuns: explanation.folioRuns,
      physicalRuns: explanation.physicalRuns,
      bios: explanation.bios,
      calls: explanation.calls,
      vectors: textFromVectors(explanation),
      bio: explanation.bio,
      references: textFromReferences(explanation),
      events: eventsOf(explanation),
    }).toEqual({
      outcome: { kind: 'pinned', pages: 8 },
      pages: 8,
      folioRuns: 3,
      physicalRuns: 3,
      bios: 1,
      calls: 1,
      vectors: 'A0+1024:11264 B0:4096 A4:13312',
      bio: { path: 'async', vecs: 16, bytes: 256, source: 'slab' },
      references: 'A0 7/7, B0 1/1',
      events: {
        argcheck: 1,
        seq_begin: 1,
        seq_check: 1,
        irq_save: 1,
        irq_restore: 1,
        lvl_pgd: 1,
        lvl_p4d: 1,
        lvl_pud: 1,
        lvl_pmd: 1,
        pte_map: 1,
        pte_unmap: 1,
        pte_read: 8,
        recheck: 8,
        // 16 grabbing; 3 runs and 6 compares adding; 3 bvecs at completion.
        meta: 16 + 9 + 3,
        pagemap: 2,
        lock_op: 16 + 8 + 5,
        'lock_op.reference': 16,
        'lock_op.mark': 8,
        'lock_op.release': 5,
        nodestat: 8 + 3,
        ptr_store: 8,
        bvec_new: 3,
        // 2 and a mismatch, 0, 3.
        contig_cmp: 6,
        unpin_call: 3,
      },
    });
  });

  it('[COST-1] prices each phase; the total is their sum', () => {
    const { phases, totalNs, ledger, overheads } = explainOn(copied, 'today');

    // One nanosecond for each event.
    const countOf = (phase: keyof typeof ledger): number =>
      Object.values(ledger[phase]).reduce((sum, count) => sum + count, 0);
    expect(phases).toEqual({
      walk: countOf('walk'),
      grab: countOf('grab'),
      record: 8,
      allocate: 0,
      add: countOf('add'),
      submit: 1,
      complete: 3 + 1,
      release: 3 + 3 + 5,
    });
    expect(totalNs).toBe(Object.values(phases).reduce((sum, ns) => sum + ns, 0));
    expect(overheads).toEqual({
      grab_call: 8,
      slow_grab_call: 0,
      large_kmalloc: 0,
      fault_copy: 0,
      fault_folio: 0,
      fault_large: 0,
      fault_page: 0,
      fault_split: 0,
      migration: 0,
      bio_start: 1,
      bio_end: 1,
      cold_start: 0,
      cold_bio: 0,
      cold_end: 0,
      cold_first_line: 0,
      cold_line: 0,
      cold_jump: 0,
      cold_head: 0,
      cold_release_line: 0,
    });
  });

  it('[TRC-1] inflates the price of each traced call when the tracer is on', () => {
    const price = (tracer: 'off' | 'function-graph'): number =>
      explainOn(copied, 'today', { costModel: distinctCosts, tracer }).totalNs;
    const { calls } = explainOn(copied, 'today').tracer;

    // Entry 105 and exit 70 each, but the exit of bio_iov_iter_get_pages.
    expect(price('function-graph') - price('off')).toBeCloseTo(calls * (105 + 70) - 70, 6);
  });

  it('[LAY-7] counts the runs of what was pinned, whatever the strategy makes of them', () => {
    const runsOf = (strategy: string): unknown => {
      const { folioRuns, physicalRuns, outcome } = explainOn(
        layoutFromText('@510 A0-3 D0-1 . A6', { A: 3 }),
        strategy,
        { firstPage: 510 },
      );
      return { folioRuns, physicalRuns, pages: outcome.pages };
    };

    expect(runsOf('today')).toEqual({ folioRuns: 3, physicalRuns: 2, pages: 6 });
    expect(runsOf('folio-vec')).toEqual({ folioRuns: 3, physicalRuns: 2, pages: 6 });
  });

  it('[COST-1] names the model, the strategy and the build', () => {
    const explanation = explainOn(copied, 'folio-vec', { costModel: unitCosts });

    expect(explanation.costModelId).toBe('unit');
    expect(explanation.strategy.name).toBe('folio-vec visit=each');
    expect(explanation.tracer).toMatchObject({ mode: 'off', build: 'after' });
  });
});
