import { describe, expect, it } from 'vitest';
import type { PageFlag } from '../layout/layout.ts';
import { extentWith, layoutFromExtents, layoutFromText } from '../testing/drawn-layout.ts';
import { textFromReferences } from '../testing/drawn-results.ts';
import { explainOn } from '../testing/explained.ts';

const perPage = { id: 'per-page', parameters: { kernel: 'v6.11' } };
const v510 = { id: 'per-page', parameters: { kernel: 'v5.10' } };
const merging = { id: 'folio-add', parameters: { kernel: 'v6.12' } };

const MIXED = 'A0-2 B0 A4-7 D0-1';
const ORDERS = { A: 3 };
/** Runs of 3, 1, 4, 1 and 1 pages; D0 and D1 are small folios side by side. */
const mixed = layoutFromText(MIXED, ORDERS);

describe('release', () => {
  it('[REL-3] [META-3] per-page unpins and looks up every page', () => {
    const { ledger } = explainOn(mixed, perPage);

    // Seven pages of a large folio and three small ones; four bvecs are looked up as well.
    expect({ release: ledger.release, complete: ledger.complete }).toEqual({
      release: { unpin_call: 10, nodestat: 10, 'lock_op.release': 7 * 2 + 3 },
      complete: { meta: 10 + 4, bio_end: 1 },
    });
  });

  it('[REL-2] [META-3] of plain references is one put each, and v5.10 looks no bvec up', () => {
    const { ledger } = explainOn(mixed, v510);

    expect({ release: ledger.release, complete: ledger.complete }).toEqual({
      release: { put: 10, 'lock_op.release': 10 },
      complete: { meta: 10, bio_end: 1 },
    });
  });

  it('[REL-2] [META-3] of 2.6 looks nothing up', () => {
    const { ledger } = explainOn(mixed, 'gup-locked');

    expect({ release: ledger.release, complete: ledger.complete }).toEqual({
      release: { put: 10, 'lock_op.release': 10 },
      complete: { bio_end: 1 },
    });
  });

  it('[REL-4] [META-3] per-run unpins each folio within each bvec once', () => {
    const { ledger } = explainOn(mixed, merging);

    // Bvecs A0-2, B0, A4-7 and D0-1; five pieces, two of them of a large folio.
    expect({ release: ledger.release, complete: ledger.complete }).toEqual({
      release: { unpin_call: 5, nodestat: 5, 'lock_op.release': 2 * 2 + 3 },
      complete: { meta: 4, bio_end: 1 },
    });
  });

  it('[REL-4] per-run joins what two calls of the bio loop brought to one bvec', () => {
    const { ledger } = explainOn(layoutFromText('[A0-511]', { A: 9 }), merging);

    // One piece of 512 pages: its statistic spills.
    expect(ledger.release).toEqual({
      unpin_call: 1,
      nodestat: 1,
      spill: 1,
      'lock_op.release': 2,
    });
  });

  it('[REL-4] [GRAB-3] per-run spills for each piece of more than 125 pins', () => {
    // 126 pages, whole folios of 256 twice, 125 pages; each is a bvec of its own.
    const layout = layoutFromText('A130-255 A256-767 A768-892', { A: 8 });
    const { ledger } = explainOn(layout, { id: 'folio-vec', parameters: { visit: 'batched' } });

    expect(ledger.release).toMatchObject({ unpin_call: 4 + 1, spill: 3 + 1 });
  });

  it('[REL-1] per-run of v5.10 takes a third operation for several pins of order 2 and up', () => {
    const { ledger } = explainOn(layoutFromText('A0-3 B0-1 C0 D1', { A: 2, B: 1, D: 3 }), {
      id: 'folio-add',
      policies: { era: 'v5.10' },
    });

    // Four pages of order 2: 3; two of order 1: 2; one of order 0: 2; one of order 3: 2.
    expect(ledger.release).toEqual({ unpin_call: 4, nodestat: 4, 'lock_op.release': 9 });
  });

  it('[REL-4] one reference a run is dropped once a piece, whatever its pages', () => {
    const explanation = explainOn(layoutFromText('[A0-511] B0', { A: 9 }), 'folio-batch');

    expect(explanation.ledger.release).toEqual({
      unpin_call: 2,
      nodestat: 2,
      'lock_op.release': 3,
    });
    expect(textFromReferences(explanation)).toBe('A0 1/1, B0 1/1');
  });

  it('[REL-4] per-array looks up every entry and joins neighbours of one folio', () => {
    // A0-2, then A4-7 behind an unequal page; A0-1 then A6-7 without one between.
    const apart = explainOn(mixed, 'today', { api: 'gup-test' });
    const joined = explainOn(layoutFromText('A0-1 A6-7 B0', { A: 3 }), 'today', {
      api: 'gup-test',
    });

    expect(apart.ledger.release).toEqual({ unpin_call: 5, nodestat: 5, 'lock_op.release': 7 });
    expect(apart.ledger.complete).toEqual({ meta: 10 });
    expect(joined.ledger.release).toEqual({ unpin_call: 2, nodestat: 2, 'lock_op.release': 3 });
    expect(joined.ledger.complete).toEqual({ meta: 5 });
  });

  it('[REL-4] per-array takes folios side by side one by one', () => {
    // Pages 1 to 13 of folios of four: pieces of 3, 4, 4 and 2.
    const { ledger } = explainOn(layoutFromText('A1-13', { A: 2 }), 'today', { api: 'register' });

    expect(ledger.release).toEqual({ unpin_call: 4, nodestat: 4, 'lock_op.release': 8 });
    expect(ledger.complete).toEqual({ meta: 13 });
  });

  it('[REL-4] [GRAB-3] per-array spills for each folio of more than 125 pins', () => {
    // Pages 130 to 1023 of folios of 256: 126, 256, 256 and 256.
    const { ledger } = explainOn(layoutFromText('A130-1023', { A: 8 }), 'today', {
      api: 'register',
    });

    expect(ledger.release).toEqual({
      unpin_call: 4,
      nodestat: 4,
      spill: 4,
      'lock_op.release': 8,
    });
  });

  it('[REL-4] per-run releases each of folios side by side by itself', () => {
    // Pages 1 to 13 of folios of four in one bvec of v6.12: 3, 4, 4 and 2.
    const explanation = explainOn(layoutFromText('A1-13', { A: 2 }), merging, { op: 'read' });

    expect(explanation.ledger.release).toEqual({
      unpin_call: 4,
      nodestat: 4,
      'lock_op.release': 8,
    });
    expect(explanation.ledger.submit).toEqual({
      dirty_folio: 4,
      'lock_op.dirty': 8,
      bio_start: 1,
    });
    expect(textFromReferences(explanation)).toBe('A0 3/3, A4 4/4, A8 4/4, A12 2/2');
  });

  it('[REL-4] per-array goes on over the calls that filled the array', () => {
    const { ledger, calls } = explainOn(layoutFromText('A0-7', { A: 3 }), 'today', {
      api: 'gup-test',
      pagesPerCall: 3,
    });

    expect(calls).toBe(3);
    expect(ledger.release).toEqual({ unpin_call: 1, nodestat: 1, 'lock_op.release': 2 });
  });

  it('[REL-4] without a bio releases a run once that goes on over extents', () => {
    const explanation = explainOn(layoutFromText('A0-3 A4-7', { A: 3 }), 'folio-vec', {
      api: 'register',
    });

    expect(explanation.ledger.release).toMatchObject({ unpin_call: 1 });
    expect(textFromReferences(explanation)).toBe('A0 1/1');
  });

  it('[REL-4] without a bio releases each run that the walk reported', () => {
    // Two calls of one table each: the run of A ends at 2 MiB and is released in two pieces.
    const { ledger } = explainOn(
      layoutFromText('@510 A0-3', { A: 2 }),
      { id: 'folio-vec', parameters: { visit: 'batched' } },
      { firstPage: 510, api: 'register' },
    );

    expect(ledger.release).toEqual({ unpin_call: 2, nodestat: 2, 'lock_op.release': 4 });
    expect(ledger.complete).toEqual({});
  });
});

describe('setting dirty', () => {
  const dirtyOf = (
    flags: readonly PageFlag[],
    strategy: Parameters<typeof explainOn>[1],
    differences: Parameters<typeof explainOn>[2],
  ): unknown => {
    const { ledger } = explainOn(layoutFromText(MIXED, ORDERS, flags), strategy, differences);
    const of = (phase: 'submit' | 'complete'): unknown => [
      ledger[phase].dirty_folio ?? 0,
      ledger[phase]['lock_op.dirty'] ?? 0,
    ];
    return { submit: of('submit'), complete: of('complete') };
  };

  it('[DIRTY-1] follows a read into memory only', () => {
    expect(dirtyOf([], merging, { op: 'write' })).toEqual({ submit: [0, 0], complete: [0, 0] });
    // Five pieces, two locked operations each.
    expect(dirtyOf([], merging, { op: 'read' })).toEqual({ submit: [5, 10], complete: [0, 0] });
  });

  it('[DIRTY-1] takes three locked operations for file memory', () => {
    expect(dirtyOf(['file'], merging, { op: 'read' })).toEqual({
      submit: [5, 15],
      complete: [0, 0],
    });
    expect(dirtyOf(['shmem'], merging, { op: 'read' })).toEqual({
      submit: [5, 10],
      complete: [0, 0],
    });
  });

  it('[DIRTY-1] asks each folio for its type, also where frames go on', () => {
    // A page of a file and a page of anonymous memory side by side: 3 and 2 operations.
    const neighbours = layoutFromExtents([
      extentWith({ pfn: 64, flags: ['file'] }),
      extentWith({ vaPage: 1, pfn: 65 }),
    ]);

    expect(explainOn(neighbours, merging, { op: 'read' }).ledger.submit).toEqual({
      dirty_folio: 2,
      'lock_op.dirty': 5,
      bio_start: 1,
    });
  });

  it('[DIRTY-1] comes at completion of a synchronous request of at most 256 pages', () => {
    expect(dirtyOf([], merging, { op: 'read', path: 'sync' })).toEqual({
      submit: [0, 0],
      complete: [5, 10],
    });
    const pages = (count: number): unknown =>
      explainOn(layoutFromText('A0-256'), merging, { op: 'read', path: 'sync', pages: count })
        .ledger.submit;
    expect(pages(256)).toEqual({ bio_start: 1 });
    expect(pages(257)).toEqual({ dirty_folio: 257, 'lock_op.dirty': 514, bio_start: 1 });
  });

  it('[DIRTY-1] of v5.10 is once for each small page and never for a compound page', () => {
    // B0, D0 and D1.
    expect(dirtyOf([], v510, { op: 'read' })).toEqual({ submit: [3, 6], complete: [0, 0] });
  });

  it('[DIRTY-1] is once a piece also where every page is released by itself', () => {
    expect(dirtyOf([], perPage, { op: 'read' })).toEqual({ submit: [5, 10], complete: [0, 0] });
  });

  it('[DIRTY-1] needs a bio', () => {
    const nothing = { submit: [0, 0], complete: [0, 0] };

    expect(dirtyOf([], 'today', { op: 'read', api: 'gup-test' })).toEqual(nothing);
    expect(dirtyOf([], 'folio-vec', { op: 'read', api: 'gup-test' })).toEqual(nothing);
  });
});
