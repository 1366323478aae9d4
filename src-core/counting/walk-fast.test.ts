import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';

/** What one fast call with pins costs beside levels, tables and entries. */
const PIN_CALL = { argcheck: 1, seq_begin: 1, seq_check: 1, irq_save: 1, irq_restore: 1 };
const ONE_TABLE = { lvl_pgd: 1, lvl_p4d: 1, lvl_pud: 1, lvl_pmd: 1, pte_map: 1, pte_unmap: 1 };

describe('a fast call', () => {
  it('[FAST-2] [FAST-3] reads, grabs, re-reads and marks a page', () => {
    const { ledger } = explainOn(layoutFromText('A0'), 'today');

    expect({ walk: ledger.walk, grab: ledger.grab, record: ledger.record }).toEqual({
      walk: { ...PIN_CALL, ...ONE_TABLE, pte_read: 1 },
      grab: {
        recheck: 1,
        meta: 2,
        'lock_op.reference': 2,
        'lock_op.mark': 1,
        nodestat: 1,
        grab_call: 1,
      },
      record: { ptr_store: 1 },
    });
  });

  it('[FAST-2] has no check against fork and no statistic for plain references', () => {
    const { ledger } = explainOn(layoutFromText('A0'), { id: 'today', policies: { kind: 'get' } });

    expect({ walk: ledger.walk, grab: ledger.grab }).toEqual({
      walk: { argcheck: 1, irq_save: 1, irq_restore: 1, ...ONE_TABLE, pte_read: 1 },
      grab: {
        recheck: 1,
        meta: 2,
        'lock_op.reference': 1,
        'lock_op.mark': 1,
        grab_call: 1,
      },
    });
  });

  it('[FAST-5] of 2008 checks nothing, marks nothing and looks no folio up', () => {
    const { ledger } = explainOn(layoutFromText('A0-1'), {
      id: 'today',
      policies: { era: 'v2.6', walk: 'fast-2008', kind: 'get' },
    });

    expect({ walk: ledger.walk, grab: ledger.grab }).toEqual({
      walk: {
        irq_save: 1,
        irq_restore: 1,
        lvl_pgd: 1,
        lvl_pud: 1,
        lvl_pmd: 1,
        pte_map: 1,
        pte_unmap: 1,
        pte_read: 2,
      },
      grab: { 'lock_op.reference': 2, grab_call: 2 },
    });
  });

  it('[FAST-7] has interrupts off for the pages it records, the longest call for the whole I/O', () => {
    // Bio loop: 256 pages, then 44.
    const explanation = explainOn(layoutFromText('A0-299'), 'today');

    expect(explanation.irqOffPages).toBe(256);
    expect(explainOn(layoutFromText('A0-2 .'), 'today', { pages: 4 }).irqOffPages).toBe(3);
  });
});

describe('levels of a walk', () => {
  const steps = (pgd: number, p4d: number, pud: number, pmd: number, tables: number): unknown => ({
    lvl_pgd: pgd,
    lvl_p4d: p4d,
    lvl_pud: pud,
    lvl_pmd: pmd,
    pte_map: tables,
    pte_unmap: tables,
  });

  it.each([
    ['inside one table', '@508 A0-3', 508, steps(1, 1, 1, 1, 1)],
    ['across 2 MiB', '@510 A0-3', 510, steps(1, 1, 1, 2, 2)],
    ['across 1 GiB', '@262142 A0-3', 262_142, steps(1, 1, 2, 2, 2)],
    ['across 512 GiB', '@134217726 A0-3', 134_217_726, steps(2, 2, 2, 2, 2)],
  ])('[FAST-1] are one for each block touched: %s', (_name, drawing, firstPage, expected) => {
    const { ledger } = explainOn(layoutFromText(drawing), 'today', { firstPage });

    expect(ledger.walk).toEqual({ ...PIN_CALL, ...Object(expected), pte_read: 4 });
  });

  it('[FAST-1] had no P4D in 2.6', () => {
    const { ledger } = explainOn(
      layoutFromText('@510 A0-3'),
      {
        id: 'today',
        policies: { era: 'v2.6', kind: 'get' },
      },
      { firstPage: 510 },
    );

    expect(ledger.walk).toMatchObject({ lvl_pgd: 1, lvl_pud: 1, lvl_pmd: 2 });
    expect(ledger.walk.lvl_p4d).toBeUndefined();
  });

  it('[FAST-1] start at the PGD in every call', () => {
    // A bio of 256 vectors, then one for the last 44 pages: two calls within one table.
    const { ledger, calls } = explainOn(layoutFromText('A0-299'), 'today');

    expect(calls).toBe(2);
    expect(ledger.walk).toMatchObject({ lvl_pgd: 2, lvl_pud: 2, lvl_pmd: 2, pte_map: 2 });
  });

  it('[FAST-1] have no PMD step under a PUD entry', () => {
    const layout = layoutFromText('[A0-262143] B0', { A: 18 });

    const inside = explainOn(layout, 'today', { pages: 256 });
    const acrossItsEnd = explainOn(layout, 'today', { firstPage: 262_143, pages: 2 });
    const whole = explainOn(layout, 'today', { api: 'register' });

    expect(inside.ledger.walk).toEqual({ ...PIN_CALL, lvl_pgd: 1, lvl_p4d: 1, lvl_pud: 1 });
    // The block of B has a PMD and a table; the 512 blocks of A have none.
    const withB = { ...ONE_TABLE, lvl_pud: 2, pte_read: 1 };
    expect(acrossItsEnd.ledger.walk).toEqual({ ...PIN_CALL, ...withB });
    expect(whole.ledger.walk).toEqual({ ...PIN_CALL, ...withB });
  });

  it('[FAST-1] [GAP-1] belong to the page that stops the walk as well', () => {
    // Page 512 is the first of the next table and not mapped.
    const { ledger } = explainOn(
      layoutFromText('@511 A0'),
      { id: 'today', policies: { fallback: 'none' } },
      { firstPage: 511, pages: 2, api: 'gup-test' },
    );

    expect(ledger.walk).toEqual({
      ...PIN_CALL,
      ...ONE_TABLE,
      lvl_pmd: 2,
      pte_map: 2,
      pte_unmap: 2,
      pte_read: 2,
    });
  });

  it('[GAP-1] are all that finding an empty entry costs', () => {
    const { ledger } = explainOn(
      layoutFromText('.3 A0'),
      { id: 'today', policies: { fallback: 'none' } },
      { firstPage: 1, pages: 1 },
    );

    expect(ledger.walk).toEqual({ ...PIN_CALL, ...ONE_TABLE, pte_read: 1 });
    expect(ledger.grab).toEqual({});
  });
});

describe('an entry of 2 MiB', () => {
  it('[FAST-3] is grabbed once for the pages asked for', () => {
    const { ledger } = explainOn(layoutFromText('[A0-511]', { A: 9 }), 'today', {
      firstPage: 100,
      pages: 30,
    });

    expect({ walk: ledger.walk, grab: ledger.grab, record: ledger.record }).toEqual({
      walk: { ...PIN_CALL, lvl_pgd: 1, lvl_p4d: 1, lvl_pud: 1, lvl_pmd: 1 },
      grab: {
        recheck: 1,
        meta: 2,
        'lock_op.reference': 2,
        'lock_op.mark': 1,
        nodestat: 1,
        grab_call: 1,
      },
      record: { ptr_store: 30 },
    });
  });

  it('[FAST-4] is grabbed and marked page by page by grab per-page, and re-read once', () => {
    const { ledger } = explainOn(
      layoutFromText('[A0-511]', { A: 9 }),
      { id: 'today', policies: { grab: 'per-page' } },
      { pages: 30 },
    );

    expect(ledger.grab).toEqual({
      recheck: 1,
      meta: 60,
      'lock_op.reference': 60,
      'lock_op.mark': 30,
      nodestat: 30,
      grab_call: 30,
    });
  });

  it('[FAST-4] of no device memory is grabbed page by page with the fast grab of v5.10 too', () => {
    const { ledger } = explainOn(
      layoutFromText('[A0-511]', { A: 9 }),
      { id: 'per-page', parameters: { kernel: 'v5.10' }, policies: { grab: 'per-page' } },
      { pages: 30 },
    );

    expect(ledger.grab).toMatchObject({ meta: 60, 'lock_op.reference': 30 });
  });

  it('[FAST-4] of device memory is taken apart up to v6.11, in v5.10 by the slow grab', () => {
    const layout = layoutFromText('[A0-511]', { A: 9 }, ['devmap', 'compound']);
    const grabOf = (kernel: string, id = 'per-page'): unknown =>
      explainOn(layout, { id, parameters: { kernel } }, { pages: 30 }).ledger.grab;

    expect(grabOf('v6.11')).toEqual({
      recheck: 1,
      meta: 60,
      'lock_op.reference': 60,
      'lock_op.mark': 30,
      nodestat: 30,
      grab_call: 30,
    });
    // Plain references: one locked operation, and one look-up in the slow grab.
    expect(grabOf('v5.10')).toEqual({
      recheck: 1,
      meta: 30,
      'lock_op.reference': 30,
      'lock_op.mark': 30,
      slow_grab_call: 30,
    });
    expect(grabOf('v6.12', 'folio-add')).toEqual({
      recheck: 1,
      meta: 2,
      'lock_op.reference': 2,
      'lock_op.mark': 1,
      nodestat: 1,
      grab_call: 1,
    });
  });

  it('[FAST-3] between tables closes the table before it', () => {
    // 512 PTEs, one entry, 512 PTEs: two tables, three 2 MiB blocks.
    const { ledger } = explainOn(layoutFromText('A0-511 [B0-511] C0-511', { B: 9 }), 'today', {
      api: 'register',
    });

    expect(ledger.walk).toEqual({
      ...PIN_CALL,
      lvl_pgd: 1,
      lvl_p4d: 1,
      lvl_pud: 1,
      lvl_pmd: 3,
      pte_map: 2,
      pte_unmap: 2,
      pte_read: 1024,
    });
    expect(ledger.grab).toMatchObject({ recheck: 1025, 'lock_op.mark': 1025, spill: 1 });
  });
});
