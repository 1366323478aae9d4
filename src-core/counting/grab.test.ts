import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { pagesOfSteps, textFromReferences, textFromVectors } from '../testing/drawn-results.ts';
import { explainOn } from '../testing/explained.ts';

/** An order-3 folio whose page 4 was copied away: runs of 4, 1 and 3 pages. */
const copied = layoutFromText('A0-3 B0 A5-7', { A: 3 });
const each = { id: 'folio-vec', parameters: { visit: 'each' } };
const batched = { id: 'folio-vec', parameters: { visit: 'batched' } };

describe('a statistic', () => {
  it('[GRAB-3] moves once for each pin and spills beyond 125 references', () => {
    const layout = layoutFromText('[A0-511]', { A: 9 });
    const grabOf = (pages: number): unknown => {
      const { nodestat, spill = 0 } = explainOn(layout, 'today', { pages }).ledger.grab;
      return { nodestat, spill };
    };

    expect(grabOf(125)).toEqual({ nodestat: 1, spill: 0 });
    expect(grabOf(126)).toEqual({ nodestat: 1, spill: 1 });
  });
});

describe('grab per-run', () => {
  it('[RUN-1] [META-2] visiting each page compares it with the last and grabs once a run', () => {
    const explanation = explainOn(copied, each);

    expect({
      cmp: explanation.ledger.walk.contig_cmp,
      looked: explanation.ledger.walk.meta,
      grab: explanation.ledger.grab,
      record: explanation.ledger.record,
      references: textFromReferences(explanation),
    }).toEqual({
      // 8 pages, the first is not compared; each is looked up.
      cmp: 7,
      looked: 8,
      grab: {
        recheck: 3,
        meta: 6,
        'lock_op.reference': 6,
        'lock_op.mark': 3,
        nodestat: 3,
        grab_call: 3,
      },
      record: { vec_store: 3 },
      references: 'A0 2/2, B0 1/1',
    });
  });

  it('[RUN-1] in a batch compares nothing and takes a reference for every page', () => {
    const explanation = explainOn(copied, batched);

    expect({
      cmp: explanation.ledger.walk.contig_cmp,
      looked: explanation.ledger.walk.meta,
      grab: explanation.ledger.grab,
      references: textFromReferences(explanation),
    }).toEqual({
      cmp: undefined,
      looked: undefined,
      grab: {
        recheck: 3,
        meta: 6,
        'lock_op.reference': 6,
        'lock_op.mark': 3,
        nodestat: 3,
        grab_call: 3,
      },
      references: 'A0 7/7, B0 1/1',
    });
  });

  it('[RUN-1] [GRAB-3] spills when a run takes more than 125 references at once', () => {
    const layout = layoutFromText('A0-125 B0-124', { A: 7, B: 7 });

    // 126 and 125 pages: one spill; with one reference a run there is none.
    expect(explainOn(layout, batched).ledger.grab).toMatchObject({ nodestat: 2, spill: 1 });
    expect(explainOn(layout, each).ledger.grab.spill).toBeUndefined();
  });

  it('[RUN-1] grabs each of many folios side by side by itself', () => {
    // Pages 1 to 13 of folios of four pages: 3 + 4 + 4 + 2.
    const explanation = explainOn(layoutFromText('A1-13', { A: 2 }), batched);

    expect(textFromVectors(explanation)).toBe('A1:12288 A4:16384 A8:16384 A12:8192');
    expect(textFromReferences(explanation)).toBe('A0 3/3, A4 4/4, A8 4/4, A12 2/2');
    expect(explanation.ledger.grab.grab_call).toBe(4);
  });

  it('[RUN-1] goes on where extents differ in nothing the walk sees', () => {
    // The same folio in two extents.
    const explanation = explainOn(layoutFromText('A0-3 A4-7', { A: 3 }), each);

    expect(textFromVectors(explanation)).toBe('A0:32768');
    expect(explanation.ledger.record).toEqual({ vec_store: 1 });
  });

  it('[RUN-2] ends a run at a 2 MiB boundary, where frames go on', () => {
    const explanation = explainOn(layoutFromText('@510 A0-3', { A: 2 }), each, { firstPage: 510 });

    expect(textFromVectors(explanation)).toBe('A0:8192 A2:8192');
    // The compare is still made, and fails.
    expect(explanation.ledger.walk.contig_cmp).toBe(3);
    expect(explanation.folioRuns).toBe(1);
  });

  it('[RUN-2] [RUN-5] takes a PUD entry as one run, however many pages', () => {
    const explanation = explainOn(layoutFromText('[A0-262143]', { A: 18 }), batched);

    expect(explanation.ledger.record).toEqual({ vec_store: 1 });
    expect(explanation.ledger.grab).toMatchObject({ 'lock_op.reference': 2, spill: 1 });
    expect(textFromVectors(explanation)).toBe('A0:1073741824');
  });

  it('[RUN-5] visits each page of an entry, or none of them', () => {
    const layout = layoutFromText('[A0-511] B0', { A: 9 });
    const walkOf = (strategy: typeof each): unknown => {
      const {
        contig_cmp: cmp,
        meta,
        pte_read: read,
      } = explainOn(layout, strategy, {
        firstPage: 500,
        pages: 13,
      }).ledger.walk;
      return { cmp, meta, read };
    };

    // 12 pages under the entry and one PTE.
    expect(walkOf(each)).toEqual({ cmp: 12, meta: 13, read: 1 });
    expect(walkOf(batched)).toEqual({ cmp: undefined, meta: undefined, read: 1 });
  });

  it('[RUN-5] grabs the last run of a table before it leaves the table for an entry', () => {
    const layout = layoutFromText('@510 A0-1 [B0-511]', { A: 1, B: 9 });
    const { steps } = explainOn(layout, batched, { firstPage: 510, pages: 6 });

    expect(steps.map(({ kind, pages }) => `${kind} ${pages}`).slice(4, -5)).toEqual([
      'table 0',
      'grab 2',
      'table-end 0',
      'grab 4',
      'gup-end 6',
    ]);
  });

  it('[RUN-5] starts a run of its own for an entry in the middle of a folio', () => {
    // Both halves of one order-10 folio, the first by PTEs and the second by an entry.
    const layout = layoutFromText('A0-511 [A512-1023]', { A: 10 });
    const explanation = explainOn(layout, batched, { firstPage: 510, pages: 4 });

    expect(textFromVectors(explanation)).toBe('A510:8192 A512:8192');
  });
});

describe('a full batch', () => {
  const batchOf = (entries: number, form = 'range'): Parameters<typeof explainOn>[1] => ({
    id: 'folio-batch',
    parameters: { entries, form },
  });

  it('[RUN-3] keeps extending its last run and reads the page that closes it twice', () => {
    const explanation = explainOn(
      layoutFromText('A0-1 B0-1 C0-1', { A: 1, B: 1, C: 1 }),
      batchOf(2),
    );

    expect({
      calls: explanation.calls,
      irqOffPages: explanation.irqOffPages,
      pte_read: explanation.events.pte_read,
      contig_cmp: explanation.events.contig_cmp,
      looked: explanation.ledger.walk.meta,
      stored: explanation.events.vec_store,
    }).toEqual({
      calls: 2,
      irqOffPages: 4,
      // Four pages and C0; then C0 and C1.
      pte_read: 5 + 2,
      // The first page of a call is not compared: 3 + C0, then C1.
      contig_cmp: 4 + 1,
      looked: 5 + 2,
      stored: 3,
    });
  });

  it('[RUN-3] extends its last run over extents of one folio, which take one entry', () => {
    const layout = layoutFromText('A0-3 A4-7 B0 C0', { A: 3 });
    const pagesOfCalls = (entries: number): readonly number[] =>
      pagesOfSteps(explainOn(layout, batchOf(entries)), 'gup-end');

    expect(pagesOfCalls(1)).toEqual([8, 1, 1]);
    expect(pagesOfCalls(2)).toEqual([9, 1]);
  });

  it('[RUN-3] ends a call in the middle of folios side by side', () => {
    // Runs of 3, 4, 4 and 2 pages, two in a batch: 7 pages, then 6.
    const explanation = explainOn(layoutFromText('A1-13', { A: 2 }), batchOf(2));

    expect(explanation.calls).toBe(2);
    expect(explanation.irqOffPages).toBe(7);
    expect(explanation.events).toMatchObject({ pte_read: 13 + 1, vec_store: 4, bvec_new: 4 });
  });

  it('[RUN-3] looks at a closing entry of 2 MiB without reading a PTE', () => {
    const layout = layoutFromText('@510 A0-1 [B0-511]', { A: 1, B: 9 });
    const { ledger, calls } = explainOn(layout, batchOf(1), { firstPage: 510, pages: 6 });

    expect(calls).toBe(2);
    expect(ledger.walk).toMatchObject({
      pte_read: 2,
      pte_map: 1,
      // Two pages and the closing look; then four pages under the entry.
      meta: 2 + 1 + 4,
      contig_cmp: 1 + 1 + 3,
      // The first call touched the entry's block as well.
      lvl_pmd: 2 + 1,
    });
  });

  it('[RUN-6] of bare pointers may start and end inside a folio, and no entry between may', () => {
    const layout = layoutFromText('A1-3 B0-3 C0-1 D0', { A: 2, B: 2, C: 2 });
    const explanation = explainOn(layout, batchOf(31, 'pointer'));

    // C ends inside, so D0 needs a call of its own: 9 pages and a look at D0, then D0.
    expect({ calls: explanation.calls, irqOffPages: explanation.irqOffPages }).toEqual({
      calls: 2,
      irqOffPages: 9,
    });
    expect(explanation.events).toMatchObject({ ptr_store: 4, pte_read: 11, contig_cmp: 9 });
  });

  it('[RUN-6] of bare pointers closes before an entry that starts inside a folio', () => {
    const explanation = explainOn(
      layoutFromText('A0-3 B2-3', { A: 2, B: 2 }),
      batchOf(31, 'pointer'),
    );

    expect(explanation.calls).toBe(2);
    expect(explanation.irqOffPages).toBe(4);
  });

  it('[RUN-6] of bare pointers closes before part of a 2 MiB entry, and after it', () => {
    const layout = layoutFromText('@511 A0 [B0-511] C0', { B: 9 });
    const callsFrom = (firstPage: number, pages: number): number =>
      explainOn(layout, batchOf(31, 'pointer'), { firstPage, pages }).calls;

    // A0, B0 and B1 fit in one call; so do B510, B511 and C0.
    expect(callsFrom(511, 3)).toBe(1);
    expect(callsFrom(1022, 3)).toBe(1);
    // Half an entry of a folio of two entries ends inside it.
    const half = layoutFromText('[B0-511] C0', { B: 10 });
    expect(explainOn(half, batchOf(31, 'pointer'), { firstPage: 511, pages: 2 }).calls).toBe(2);
  });

  it('[RUN-6] of bare pointers does not grow when it closes', () => {
    // Page A1 ends inside: the extract call ends there with one entry, and B0 gets a call of its own.
    const explanation = explainOn(layoutFromText('A0-1 B0', { A: 2 }), {
      id: 'folio-batch',
      parameters: { form: 'pointer' },
      policies: { memory: 'callee-grow', entries: 4 },
    });

    expect(explanation.calls).toBe(2);
    expect(explanation.events).toMatchObject({ kmalloc: 2, kfree: 2, copy: 0, ptr_store: 2 });
    expect(explanation.temporary).toMatchObject({ heapRequested: 64, heapBytes: 64 });
  });
});
