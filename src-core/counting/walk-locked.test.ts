import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';

const byPage = { id: 'today', policies: { walk: 'locked', step: 'page' } };
const byLeaf = { id: 'today', policies: { walk: 'locked', step: 'leaf' } };

/** What `steps` locked steps to a PTE cost beside the call itself. */
function steps(count: number): Readonly<Record<string, number>> {
  return {
    lvl_pgd: count,
    lvl_p4d: count,
    lvl_pud: count,
    lvl_pmd: count,
    ptl_lock: count,
    ptl_unlock: count,
  };
}

describe('a locked call', () => {
  it('[SLOW-1] [SLOW-2] [SLOW-3] walks from the PGD to every page and marks nothing', () => {
    const { ledger, irqOffPages } = explainOn(layoutFromText('A0-2'), byPage);

    expect({ walk: ledger.walk, grab: ledger.grab, record: ledger.record }).toEqual({
      walk: { mmap_rlock: 1, mmap_runlock: 1, vma_find: 1, ...steps(3), pte_read: 3 },
      // Small folios: one locked operation, one look-up each.
      grab: { 'lock_op.reference': 3, meta: 3, nodestat: 3, slow_grab_call: 3 },
      record: { ptr_store: 3 },
    });
    expect(irqOffPages).toBe(0);
  });

  it('[GRAB-2] takes two locked operations for each page of a large folio', () => {
    const { ledger } = explainOn(layoutFromText('A0-2', { A: 2 }), byPage);

    expect(ledger.grab).toEqual({
      'lock_op.reference': 6,
      meta: 3,
      nodestat: 3,
      slow_grab_call: 3,
    });
  });

  it('[META-1] [FAST-1] of 2.6 looks no folio up and has no P4D', () => {
    const { ledger } = explainOn(layoutFromText('A0-2', { A: 2 }), 'gup-locked');

    expect(ledger.grab).toEqual({ 'lock_op.reference': 3, slow_grab_call: 3 });
    expect(ledger.walk).toMatchObject({ lvl_pgd: 3, lvl_pud: 3, lvl_pmd: 3 });
    expect(ledger.walk.lvl_p4d).toBeUndefined();
  });

  it('[SLOW-2] by leaf stores a whole entry with a second grab for the pages after the first', () => {
    const { ledger } = explainOn(layoutFromText('[A0-511]', { A: 9 }), byLeaf, {
      firstPage: 100,
      pages: 200,
    });

    expect({ walk: ledger.walk, grab: ledger.grab, record: ledger.record }).toEqual({
      walk: { mmap_rlock: 1, mmap_runlock: 1, vma_find: 1, ...steps(1) },
      // One reference, then 199, which spill; two locked operations each.
      grab: { 'lock_op.reference': 4, meta: 2, nodestat: 2, spill: 1, slow_grab_call: 2 },
      record: { ptr_store: 200 },
    });
  });

  it('[SLOW-2] by leaf needs no second grab for one page', () => {
    const { ledger } = explainOn(layoutFromText('[A0-511]', { A: 9 }), byLeaf, { pages: 1 });

    expect(ledger.grab).toEqual({
      'lock_op.reference': 2,
      meta: 1,
      nodestat: 1,
      slow_grab_call: 1,
    });
  });

  it('[SLOW-2] by leaf takes a step for each entry it touches', () => {
    // 12 pages of the first entry, 8 of the second; then a PUD entry, which has no PMD step.
    const two = explainOn(layoutFromText('[A0-1023]', { A: 10 }), byLeaf, {
      firstPage: 500,
      pages: 20,
    });
    const pud = explainOn(layoutFromText('[A0-262143]', { A: 18 }), byLeaf, {
      firstPage: 500,
      pages: 20,
    });

    expect(two.ledger.walk).toMatchObject(steps(2));
    expect(two.ledger.grab).toMatchObject({ slow_grab_call: 4, nodestat: 4 });
    expect(pud.ledger.walk).toEqual({
      mmap_rlock: 1,
      mmap_runlock: 1,
      vma_find: 1,
      lvl_pgd: 1,
      lvl_p4d: 1,
      lvl_pud: 1,
      ptl_lock: 1,
      ptl_unlock: 1,
    });
  });

  it('[SLOW-2] by page takes a step for each page of an entry, which is no PTE', () => {
    const { ledger } = explainOn(layoutFromText('[A0-511]', { A: 9 }), byPage, { pages: 200 });

    expect({ walk: ledger.walk, grab: ledger.grab }).toEqual({
      walk: { mmap_rlock: 1, mmap_runlock: 1, vma_find: 1, ...steps(200) },
      grab: { 'lock_op.reference': 400, meta: 200, nodestat: 200, slow_grab_call: 200 },
    });
  });

  it('[SLOW-1] that fails at its first page finds no VMA and nothing else', () => {
    const { ledger, outcome } = explainOn(layoutFromText('. A0'), byPage);

    expect(outcome).toEqual({ kind: 'efault', pages: 0 });
    expect(ledger.walk).toEqual({ mmap_rlock: 1, mmap_runlock: 1, vma_find: 1 });
  });

  it('[SLOW-1] that fails later looks for the next VMA once more', () => {
    // gup_test: one call, two pages taken, then the gap.
    const { ledger, outcome } = explainOn(layoutFromText('A0-1 . B0'), byPage, { api: 'gup-test' });

    expect(outcome).toEqual({ kind: 'short', pages: 2 });
    expect(ledger.walk).toEqual({
      mmap_rlock: 1,
      mmap_runlock: 1,
      vma_find: 2,
      ...steps(2),
      pte_read: 2,
    });
  });

  it('[SLOW-1] comes once for each batch of 64 pages', () => {
    const { ledger, calls } = explainOn(layoutFromText('A0-199'), 'gup-locked');

    // ⌈200 / 64⌉ calls; every page is walked to by itself.
    expect(calls).toBe(4);
    expect(ledger.walk).toMatchObject({ mmap_rlock: 4, vma_find: 4, ptl_lock: 200, pte_read: 200 });
  });
});
