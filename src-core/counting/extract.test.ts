import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { pagesOfSteps, textFromReferences, textFromVectors } from '../testing/drawn-results.ts';
import { eventsOf, explainOn } from '../testing/explained.ts';

describe('the bio loop', () => {
  it('[BIO-2] asks for as many pages as the bio has vectors left', () => {
    // One huge page: 512 pages wanted, 256 vectors; one used, then two.
    const layout = layoutFromText('[A0-511]', { A: 9 });

    expect(pagesOfSteps(explainOn(layout, 'today'), 'extract')).toEqual([256, 255, 1]);
  });

  it('[BIO-2] lets batches and batched visits ask for the whole range', () => {
    const layout = layoutFromText('[A0-511]', { A: 9 });
    const batched = { id: 'folio-vec', parameters: { visit: 'batched' } };

    expect(pagesOfSteps(explainOn(layout, batched), 'extract')).toEqual([512]);
    expect(pagesOfSteps(explainOn(layout, 'folio-batch'), 'extract')).toEqual([512]);
    expect(pagesOfSteps(explainOn(layout, 'folio-vec'), 'extract')).toEqual([256, 255, 1]);
    expect(pagesOfSteps(explainOn(layout, 'folio-threshold'), 'extract')).toEqual([256, 255, 1]);
  });

  it('[BIO-2] limits page pointers to the bio whatever their memory', () => {
    const layout = layoutFromText('A0-299');
    const strategy = { id: 'today', policies: { memory: 'caller' } };

    expect(pagesOfSteps(explainOn(layout, strategy), 'extract')).toEqual([256, 44]);
  });
});

describe('a page that is not mapped', () => {
  const layout = layoutFromText('A0-1');

  it('[FAST-6] [GAP-2] has the slow path go on from it and fail, in two calls', () => {
    const explanation = explainOn(layout, 'today', { pages: 4 });

    expect(explanation.outcome).toEqual({ kind: 'short', pages: 2 });
    expect(explanation.ledger.walk).toEqual({
      argcheck: 2,
      seq_begin: 2,
      seq_check: 2,
      irq_save: 2,
      irq_restore: 2,
      lvl_pgd: 2,
      lvl_p4d: 2,
      lvl_pud: 2,
      lvl_pmd: 2,
      pte_map: 2,
      pte_unmap: 2,
      pte_read: 2 + 1 + 1,
      mmap_rlock: 2,
      mmap_runlock: 2,
      vma_find: 2,
    });
    expect(pagesOfSteps(explanation, 'slow')).toEqual([2, 2]);
    expect(pagesOfSteps(explanation, 'slow-end')).toEqual([0, 0]);
  });

  it('[FAST-6] ends the call without a slow path under fallback none', () => {
    const explanation = explainOn(
      layout,
      { id: 'today', policies: { fallback: 'none' } },
      { pages: 4 },
    );

    expect(explanation.outcome).toEqual({ kind: 'short', pages: 2 });
    expect(explanation.calls).toBe(2);
    expect(explanation.events).toMatchObject({ mmap_rlock: 0, vma_find: 0, pte_read: 4 });
  });

  it('[FAST-6] has the slow path of 2008 drop everything and start over', () => {
    const restarting = {
      id: 'gup-locked',
      policies: { walk: 'fast-2008', fallback: 'restart' },
    };

    const explanation = explainOn(layout, restarting, { pages: 4, api: 'gup-test' });

    expect(explanation.outcome).toEqual({ kind: 'short', pages: 2 });
    expect(eventsOf(explanation)).toEqual({
      irq_save: 1,
      irq_restore: 1,
      // One fast walk, two locked steps.
      lvl_pgd: 3,
      lvl_pud: 3,
      lvl_pmd: 3,
      pte_map: 1,
      pte_unmap: 1,
      // Two pages and the gap; then the two pages again.
      pte_read: 3 + 2,
      mmap_rlock: 1,
      mmap_runlock: 1,
      vma_find: 2,
      ptl_lock: 2,
      ptl_unlock: 2,
      ptr_store: 4,
      lock_op: 8,
      'lock_op.reference': 4,
      'lock_op.release': 4,
      // Two dropped by the restart, two at the end.
      put: 4,
    });
    expect(explanation.ledger.walk).toMatchObject({ put: 2, 'lock_op.release': 2 });
    expect(textFromReferences(explanation)).toBe('A0 2/2, A1 2/2');
  });

  it('[FAST-6] [REL-1] has a restart unpin what it drops page by page', () => {
    const restarting = { id: 'today', policies: { fallback: 'restart' } };

    const explanation = explainOn(layoutFromText('[A0-511] B0', { A: 9 }), restarting, {
      firstPage: 509,
      pages: 5,
      api: 'gup-test',
    });

    // Three pages of a large folio and a small one: 2 + 2 + 2 + 1 locked operations.
    expect(explanation.ledger.walk).toMatchObject({
      unpin_call: 4,
      nodestat: 4,
      'lock_op.release': 7,
    });
    expect(explanation.ledger.walk.put).toBeUndefined();
    expect(textFromReferences(explanation)).toBe('A0 6/6, B0 2/2');
    expect(explanation.events.ptr_store).toBe(8);
  });

  it('[GAP-2] costs one call when an extract call begins at it', () => {
    // A bio of 256 vectors ends exactly before the gap.
    const explanation = explainOn(layoutFromText('A0-255'), 'today', { pages: 300 });

    expect(explanation.outcome).toEqual({ kind: 'short', pages: 256 });
    expect(explanation.calls).toBe(2);
    expect(explanation.events.mmap_rlock).toBe(1);
  });

  it('[GAP-2] carries the pages before it and no more', () => {
    const explanation = explainOn(layoutFromText('A0-1 . B0'), 'today', {
      offset: 512,
      length: 4 * 4096 - 512,
    });

    expect(textFromVectors(explanation)).toBe('A0+512:3584 A1:4096');
    expect(textFromReferences(explanation)).toBe('A0 1/1, A1 1/1');
  });

  it('[GAP-2] fails an I/O that begins at it', () => {
    const explanation = explainOn(layoutFromText('. A0'), 'today');

    expect(explanation.outcome).toEqual({ kind: 'efault', pages: 0 });
    expect(explanation.calls).toBe(1);
    expect(explanation.bvecs).toEqual([]);
    expect(explanation.events).toMatchObject({ mmap_rlock: 1, pte_read: 1, lock_op: 0 });
  });

  it('[FAST-6] is not met by a full result', () => {
    const { events } = explainOn(layoutFromText('A0-7'), {
      id: 'folio-batch',
      parameters: { entries: 3 },
    });

    expect(events).toMatchObject({ irq_save: 3, mmap_rlock: 0 });
  });
});
