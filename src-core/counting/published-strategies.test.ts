import { describe, expect, it } from 'vitest';
import type { EventName } from './events.ts';
import type { Explanation } from '../explain/explain.ts';
import { extentWith, layoutFromExtents, layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import type { Differences } from '../testing/explained.ts';

/** The named events of an explanation. */
function eventsOf(explained: Explanation, names: readonly EventName[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, explained.events[name]]));
}

function referencesBalance({ references }: Explanation): boolean {
  return [...references.values()].every(({ added, removed }) => added === removed);
}

describe('2020: device memory in entries of 2 MiB', () => {
  // 512 pages under one PMD entry, pinned by one call of gup_test.
  const compound = layoutFromText('[A0-511]', { A: 9 }, ['devmap', 'compound']);
  const separate = layoutFromText('[A0-511]', {}, ['devmap']);
  const gupTest: Differences = { api: 'gup-test', pagesPerCall: 512 };

  it.each([
    // Separate pages, GET: 512 x (1 reference + 1 mark). PIN: the slow grab of order 0 is 1 too.
    ['non-compound', 'get', { reference: 512, mark: 512, pagemap: 512, nodestat: 0 }],
    ['non-compound', 'pin', { reference: 512, mark: 512, pagemap: 512, nodestat: 512 }],
    // One compound page: 1 reference (GET) or 2 (PIN) and 1 mark for all.
    ['compound', 'get', { reference: 1, mark: 1, pagemap: 1, nodestat: 0 }],
    ['compound', 'pin', { reference: 2, mark: 1, pagemap: 1, nodestat: 1 }],
  ])('[GRAB-5] %s memory, %s', (devmap, kind, expected) => {
    for (const layout of [compound, separate]) {
      const explained = explainOn(
        layout,
        { id: 'compound-head', parameters: { devmap }, policies: { kind } },
        gupTest,
      );

      expect({
        reference: explained.ledger.grab['lock_op.reference'],
        mark: explained.ledger.grab['lock_op.mark'],
        pagemap: explained.events.pagemap,
        nodestat: explained.ledger.grab.nodestat ?? 0,
      }).toEqual(expected);
      // The floor of either: one store a page.
      expect(explained.events.ptr_store).toBe(512);
      expect(explained.events.recheck).toBe(1);
      expect(referencesBalance(explained)).toBe(true);
    }
  });

  it('[GRAB-4] for_each_folio grabs each folio of an entry once, after looking for its end', () => {
    // Pages 100 to 511 of two entries' first: 412 pages of one folio of order 9; GET 1 reference.
    const huge = explainOn(compound, 'for-each-folio', { ...gupTest, firstPage: 100 });
    // 512 separate pages are 512 folios.
    const small = explainOn(separate, 'for-each-folio', gupTest);

    expect(huge.ledger.grab).toEqual({
      'lock_op.reference': 1,
      'lock_op.mark': 1,
      meta: 2 + 1,
      recheck: 1,
      grab_call: 1,
    });
    expect(small.ledger.grab).toEqual({
      'lock_op.reference': 512,
      'lock_op.mark': 1,
      meta: 3 * 512,
      recheck: 1,
      grab_call: 512,
    });
  });

  it('[GRAB-4] for_each_folio takes PTEs page by page', () => {
    const explained = explainOn(layoutFromText('A0-7', { A: 3 }), 'for-each-folio');

    expect(eventsOf(explained, ['lock_op.reference', 'lock_op.mark', 'recheck'])).toEqual({
      'lock_op.reference': 8,
      'lock_op.mark': 8,
      recheck: 8,
    });
  });

  it('[RUN-7] FOLL_HEAD stores one pointer for each folio of 2 MiB', () => {
    const explained = explainOn(layoutFromText('[A0-2047]', { A: 9 }), 'folio-head', {
      api: 'gup-test',
      pagesPerCall: 2048,
    });

    expect(explained.events.ptr_store).toBe(4);
    // Grabs with 512 references each spill.
    expect(eventsOf(explained, ['lock_op.reference', 'spill', 'unpin_call'])).toEqual({
      'lock_op.reference': 8,
      spill: 8,
      unpin_call: 4,
    });
  });

  it.each([
    [
      'A0 A1 B0 A3',
      { A: 2 },
      /^virtual page 2 stands where memory leaves or enters a folio|^virtual page 2 has a folio/,
    ],
    ['A0-1 A3-5', { A: 3 }, /^virtual page 2 stands where memory leaves or enters a folio/],
    ['A0-3 B0-7', { A: 2, B: 3 }, /^virtual page 4 has a folio of order 3 after one of order 2/],
  ])('[RUN-7] FOLL_HEAD is refused where it loses the position: %s', (drawing, orders, reason) => {
    expect(() => explainOn(layoutFromText(drawing, orders), 'folio-head')).toThrow(reason);
  });

  it('[RUN-7] FOLL_HEAD may start and end inside a folio', () => {
    const explained = explainOn(layoutFromText('A0-7 B0-7', { A: 3, B: 3 }), 'folio-head', {
      firstPage: 3,
      pages: 9,
    });

    expect(explained.events.ptr_store).toBe(2);
  });
});

describe('2021: what a pin returns', () => {
  it('[MEM-6] an array that grows copies and walks again', () => {
    // 40 runs from a guess of 16: full at 16, then at 32; 64 hold the rest. Three calls; 16 and 32 copied.
    const explained = explainOn(layoutFromText('A0-39'), 'bvec-callee');

    expect(explained.calls).toBe(3);
    expect(eventsOf(explained, ['kmalloc', 'kfree', 'copy', 'pte_read', 'vec_store'])).toEqual({
      kmalloc: 3,
      kfree: 3,
      copy: 16 + 32,
      pte_read: 40 + 2,
      vec_store: 40,
    });
    expect(explained.temporary.heapRequested).toBe(256 + 512 + 1024);
    expect(explained.rewalkedTables).toBe(2);
  });

  it('[MEM-3] a small array is filled again and again', () => {
    // 32 bio_vecs of 16 bytes: 100 runs are 4 calls, each walks the one table from the PGD.
    const explained = explainOn(layoutFromText('A0-99'), 'bvec-stack');

    expect(explained.calls).toBe(4);
    expect(explained.temporary.stackBytes).toBe(512);
    expect(explained.events.lvl_pgd).toBe(4);
    expect(explained.rewalkedTables).toBe(3);
  });

  it('[MEM-7] an array for the worst case holds 4 KiB, less than a table', () => {
    const explained = explainOn(layoutFromText('A0-511'), 'bvec-overallocate');

    expect(explained.calls).toBe(2);
    expect(explained.temporary.heapRequested).toBe(2 * 4096);
  });

  it.each([
    // From page 100: 412 pages to the boundary; without the rule the second call walks that table again.
    [true, [412, 512, 100], 0],
    [false, [512, 512], 2],
  ])('[MEM-8] chained pages stop at the natural boundary: %s', (naturalBoundary, pages, again) => {
    const explained = explainOn(
      layoutFromText('A0-1199'),
      { id: 'page-chain', parameters: { naturalBoundary } },
      { firstPage: 100, pages: 1024 },
    );

    const calls = explained.steps.filter(({ kind }) => kind === 'gup').map((step) => step.pages);
    expect(calls).toEqual(pages);
    expect(explained.rewalkedTables).toBe(again === 0 ? 0 : 1);
    expect(explained.events.page_alloc).toBe(1);
    expect(explained.bvecs).toEqual([]);
  });

  it('[MEM-10] a list of frame numbers needs a size only where it does not show', () => {
    // A0-6: 7 pages from an aligned frame: a size. B: 8 aligned pages. C1-2: two pages, not aligned: a size.
    // D0-2: three small pages. 1 + 1, 1, 1 + 1, 3 words.
    const explained = explainOn(
      layoutFromText('A0-6 B0-7 C1-2 D0-2', { A: 3, B: 3, C: 3 }),
      'pfn-list',
    );

    expect(explained.events.ptr_store).toBe(2 + 1 + 2 + 3);
    expect(explained.calls).toBe(1);
  });

  it('[MEM-10] sizes and frame numbers meet in the middle of a page', () => {
    // 300 runs of 3 pages out of folios of 4, each with a size.
    const runs = layoutFromExtents(
      Array.from({ length: 300 }, (_, index) =>
        extentWith({ vaPage: 3 * index, pfn: 4 * index, pages: 3, order: 2 }),
      ),
    );
    const explained = explainOn(runs, {
      id: 'pfn-list',
      parameters: { naturalBoundary: false },
    });
    const walked = explained.steps.filter(({ kind }) => kind === 'gup-end');

    // Page 512 of virtual memory cuts run 170 in two, 2 pages and 1, whose sizes show: 340 + 2 words; the 170
    // words left hold 85 runs.
    expect(walked.map((step) => step.pages)[0]).toBe(3 * (170 + 1 + 85));
    expect(explained.calls).toBe(2);
  });

  it('[MEM-10] 2 MiB entries of huge folios take one word each', () => {
    const explained = explainOn(layoutFromText('[A0-8191]', { A: 9 }), 'pfn-list');

    expect(explained.events.ptr_store).toBe(16);
    expect(explained.calls).toBe(1);
  });

  it('[PIN-1] a short pin that only reads may be a plain reference', () => {
    const layout = layoutFromText('A0-31', { A: 5 });
    const light = { id: 'today', policies: { readOnlyPins: 'references' } };
    const write = explainOn(layout, light, { op: 'write' });
    const read = explainOn(layout, light, { op: 'read' });

    expect(write.events['lock_op.reference']).toBe(32);
    expect(write.events.nodestat).toBe(0);
    expect(write.events.put).toBe(1);
    expect(read.events).toEqual(explainOn(layout, 'today', { op: 'read' }).events);
  });
});

describe('2021: pins that only read', () => {
  it('[PIN-2] are counted apart from those that write, at the same cost', () => {
    const layout = layoutFromText('A0-31', { A: 5 });
    const pinned = (op: 'read' | 'write', readOnlyPins: string): Explanation =>
      explainOn(layout, { id: 'today', policies: { readOnlyPins } }, { op });

    expect(pinned('write', 'separate').pins).toEqual({ readOnly: 32, readWrite: 0 });
    expect(pinned('read', 'separate').pins).toEqual({ readOnly: 0, readWrite: 32 });
    expect(pinned('write', 'references').pins).toEqual({ readOnly: 0, readWrite: 0 });
    expect(explainOn(layout, 'folio-vec').pins).toEqual({ readOnly: 1, readWrite: 0 });
    expect(pinned('read', 'separate').events).toEqual(pinned('read', 'pins').events);
  });
});

describe('2024: folios, and callers that know pages only', () => {
  it('[COMP-3] a shim expands ranges into pages that are scanned again', () => {
    // One folio of 32 pages: the walk stores 1 range, the shim 32 pointers, the scan compares 31.
    const layout = layoutFromText('A0-31', { A: 5 });
    const shim = explainOn(layout, { id: 'folio-vec', parameters: { callers: 'shim' } });

    expect(
      eventsOf(shim, ['vec_store', 'ptr_store', 'lock_op.reference', 'bvec_new', 'unpin_call']),
    ).toEqual({
      vec_store: 1,
      ptr_store: 32,
      'lock_op.reference': 2,
      bvec_new: 1,
      unpin_call: 1,
    });
    expect(shim.ledger.add.contig_cmp).toBe(31);
    expect([...shim.references.values()]).toEqual([{ added: 32, removed: 32 }]);
  });

  it('[PIN-3] pages off the LRU cost locks when they leave and when they come back', () => {
    const layout = layoutFromText('A0-31');
    const other = (bookkeeping: string): number =>
      explainOn(layout, { id: 'today', policies: { bookkeeping } }).events['lock_op.other'];

    // Each way 32 flags and 32 locks, or 32 flags and 3 locks.
    expect([other('none'), other('off-lru'), other('off-lru-batched')]).toEqual([0, 128, 70]);
  });
});

describe('registered buffers', () => {
  it('[URING-1] [URING-2] keep one pin for each folio of a buffer of equal folios', () => {
    // 3 folios of 16 pages. Pinned: 48 grabs of 2 and 48 marks. Compares 47, of which 2 are boundaries. Then 15
    // pins of each folio are dropped in one call, and one each when the buffer is given back.
    const explained = explainOn(layoutFromText('A0-47', { A: 4 }), 'io-uring-coalesce');

    expect(eventsOf(explained, ['kmalloc', 'kfree', 'bvec_new', 'unpin_call'])).toEqual({
      kmalloc: 2,
      kfree: 2,
      bvec_new: 3,
      unpin_call: 6,
    });
    expect(explained.ledger.add).toEqual({
      contig_cmp: 47,
      meta: 1 + 47 + 2 + 2 * 3,
      bvec_new: 3,
      unpin_call: 3,
      nodestat: 3,
      'lock_op.release': 6,
    });
    expect(explained.temporary.heapRequested).toBe(8 * 48 + 8 * 3);
    expect(explained.events['lock_op.release']).toBe(3 * 2 + 3 * 2);
    expect(explained.bvecs.map(({ length }) => length / 4096)).toEqual([16, 16, 16]);
    expect(referencesBalance(explained)).toBe(true);
  });

  it.each([
    // Small pages: all compares are made, nothing is gained.
    ['A0-9', {}, 9, 10],
    // A second folio of another size: the compare that finds it is the last.
    ['A0-7 B0-15', { A: 3, B: 4 }, 8, 24],
    // A hole in a folio.
    ['A0-3 A5-7', { A: 3 }, 4, 7],
    // The first folio does not lead to its end.
    ['A0-5 B0-7', { A: 3, B: 3 }, 6, 14],
  ])('[URING-1] %s is not coalesced', (drawing, orders, compares, pages) => {
    const explained = explainOn(layoutFromText(drawing, orders), 'io-uring-coalesce');

    expect(explained.ledger.add.contig_cmp).toBe(compares);
    expect(explained.bvecs).toHaveLength(pages);
    expect(explained.events.unpin_call).toBe(pages);
    expect(explained.events.kmalloc).toBe(1);
    expect(referencesBalance(explained)).toBe(true);
  });

  it('[URING-1] up to v6.11 only a buffer of one folio is', () => {
    const vectors = (drawing: string): number =>
      explainOn(layoutFromText(drawing, { A: 4 }), {
        id: 'io-uring-coalesce',
        parameters: { kernel: 'v6.11' },
      }).bvecs.length;

    expect([vectors('A3-15'), vectors('A0-31')]).toEqual([1, 32]);
    // The array of pages is shortened where it is.
    expect(
      explainOn(layoutFromText('A0-15', { A: 4 }), {
        id: 'io-uring-coalesce',
        parameters: { kernel: 'v6.11' },
      }).events.kmalloc,
    ).toBe(1);
  });

  it('[GAP-3] are all or nothing', () => {
    const explained = explainOn(layoutFromText('A0-7 . A8-15', { A: 4 }), 'io-uring-coalesce');

    expect(explained.outcome).toEqual({ kind: 'efault', pages: 0 });
    expect(explained.bvecs).toEqual([]);
    expect(referencesBalance(explained)).toBe(true);
  });

  it.each([
    // Small: try_get 1, pin 1, put 1; release 1. Large: try_get 1, pin 2, put 1; release 2.
    ['A0-39', {}, 40, { calls: 2, reference: 80, release: 80 }],
    ['A0-39', { A: 3 }, 5, { calls: 1, reference: 15, release: 15 }],
  ])('[MEMFD-1] %s %j: %i folios from the page cache', (drawing, orders, folios, expected) => {
    const explained = explainOn(layoutFromText(drawing, orders), 'memfd-pin');

    expect({
      calls: explained.calls,
      reference: explained.events['lock_op.reference'],
      release: explained.events['lock_op.release'],
    }).toEqual(expected);
    expect(eventsOf(explained, ['put', 'ptr_store', 'unpin_call', 'pte_read', 'lvl_pgd'])).toEqual({
      put: folios,
      ptr_store: folios,
      unpin_call: folios,
      pte_read: 0,
      lvl_pgd: 0,
    });
    expect(referencesBalance(explained)).toBe(true);
  });
});
