import { describe, expect, it } from 'vitest';
import type { Explanation } from '../explain/explain.ts';
import type { PageFlag } from '../layout/layout.ts';
import { extentWith, frameOfLetter, layoutFromExtents } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import type { Differences } from '../testing/explained.ts';
import type { Layout } from '../layout/layout.ts';

/** Frames of small pages that touch nobody. */
const lonely = (page: number): number => 100 + 10 * page;

/** Small scattered pages; the named ones have flags. */
function scattered(pages: number, flags: Readonly<Record<number, readonly PageFlag[]>>): Layout {
  return layoutFromExtents(
    Array.from({ length: pages }, (_, page) =>
      extentWith({ vaPage: page, pfn: lonely(page), flags: flags[page] ?? [] }),
    ),
  );
}

/** Pages 0 to 3 of one folio of order 2 on PTEs, page 1 with flags. */
function folioWith(flags: readonly PageFlag[]): Layout {
  const pfn = frameOfLetter('A');
  return layoutFromExtents([
    extentWith({ vaPage: 0, pfn, pages: 1, order: 2 }),
    extentWith({ vaPage: 1, pfn: pfn + 1, pages: 1, order: 2, flags }),
    extentWith({ vaPage: 2, pfn: pfn + 2, pages: 2, order: 2 }),
  ]);
}

function walkOf({ events }: Explanation): Record<string, number> {
  const { lvl_pgd, lvl_pmd, pte_read, ptl_lock, fault, mmap_rlock, vma_find } = events;
  return { lvl_pgd, lvl_pmd, pte_read, ptl_lock, fault, mmap_rlock, vma_find };
}

function locksOf({ events }: Explanation): Record<string, number> {
  return {
    reference: events['lock_op.reference'],
    mark: events['lock_op.mark'],
    release: events['lock_op.release'],
  };
}

function vectorPages(explained: Explanation): number[] {
  return explained.bvecs.map(({ length }) => length / 4096);
}

describe('an absent page', () => {
  // Four small scattered pages, page 2 absent, v7.1. Fast: one walk of 4 levels; reads 0, 1 and 2; grabs
  // 2 x (2 references, 1 mark). Slow: page 2 fails (1 walk, 1 read), is faulted in (mark), is taken
  // (1 walk, 1 read, 1 reference); page 3 is taken (1 walk, 1 read, 1 reference). Release 4 x 1.
  const explained = explainOn(scattered(4, { 2: ['absent'] }), 'today');

  it('[FAULT-1] is faulted in by the slow path, which goes on to the end', () => {
    expect(explained.outcome).toEqual({ kind: 'pinned', pages: 4 });
    expect(walkOf(explained)).toEqual({
      lvl_pgd: 1 + 3,
      lvl_pmd: 1 + 3,
      pte_read: 3 + 3,
      ptl_lock: 3,
      fault: 1,
      mmap_rlock: 1,
      vma_find: 1,
    });
    expect(locksOf(explained)).toEqual({ reference: 4 + 2, mark: 2 + 1, release: 4 });
    expect(explained.events.recheck).toBe(2);
    expect(explained.events.ptr_store).toBe(4);
    expect(explained.irqOffPages).toBe(2);
    expect(explained.bvecs).toHaveLength(4);
  });

  it('[FAULT-2] comes with its whole folio', () => {
    // 8 pages of order 2, all absent: fast stops at page 0 (1 walk, 1 read); 2 faults (2 walks, 2 reads);
    // 8 visits. Each page one slow grab of a large folio: 2 references.
    const layout = layoutFromExtents([
      extentWith({ pages: 8, order: 2, pfn: 64, flags: ['absent'] }),
    ]);
    const whole = explainOn(layout, 'today');

    expect(walkOf(whole)).toMatchObject({ lvl_pgd: 1 + 2 + 8, pte_read: 1 + 2 + 8, fault: 2 });
    expect(locksOf(whole)).toEqual({ reference: 16, mark: 2, release: 4 });
    expect(vectorPages(whole)).toEqual([4, 4]);
  });

  it('[FAULT-2] leaves what its folio brought in to the next fast call', () => {
    // Calls of two pages on one absent folio of four: the second call finds everything there.
    const layout = layoutFromExtents([
      extentWith({ pages: 4, order: 2, pfn: 64, flags: ['absent'] }),
    ]);
    const calls = explainOn(layout, 'today', { api: 'gup-test', pagesPerCall: 2 });

    expect(calls.calls).toBe(2);
    expect(calls.events.fault).toBe(1);
    expect(calls.events.mmap_rlock).toBe(1);
    expect(locksOf(calls)).toMatchObject({ mark: 1 + 2, reference: 2 * 2 + 2 * 2 });
  });

  it('[FAULT-2] under a PMD entry costs one fault and no table', () => {
    const layout = layoutFromExtents([
      extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags: ['absent'] }),
    ]);
    const huge = explainOn(layout, 'today', { pages: 16 });

    // Fast 1 walk; slow 1 failing, 1 that takes the leaf in two grabs of a large folio.
    expect(walkOf(huge)).toMatchObject({ lvl_pmd: 3, pte_read: 0, fault: 1, ptl_lock: 2 });
    expect(locksOf(huge)).toEqual({ reference: 4, mark: 1, release: 2 });
  });

  it('[SLOW-4] joins its folio where ranges are reported', () => {
    // Page 1 of 4 is absent: fast takes page 0 as a run (grab 2, mark 1), slow takes pages 1 to 3 as one:
    // 1 failing visit, 3 visits, one grab of a large folio (2). Its first page is not compared: 2 compares.
    const ranges = explainOn(folioWith(['absent']), 'folio-vec');

    expect(vectorPages(ranges)).toEqual([1, 3]);
    expect(walkOf(ranges)).toMatchObject({ lvl_pgd: 1 + 1 + 3, pte_read: 2 + 1 + 3, fault: 1 });
    expect(locksOf(ranges)).toEqual({ reference: 2 + 2, mark: 1 + 1, release: 4 });
    expect(ranges.events.contig_cmp).toBe(2);
    expect(ranges.events.vec_store).toBe(2);
  });

  it('[SLOW-4] takes a reference for each page where runs do', () => {
    const ranges = explainOn(folioWith(['absent']), {
      id: 'folio-vec',
      parameters: { visit: 'batched' },
    });

    // Fast: one grab of one page; slow: three grabs of a large folio. Two runs are unpinned.
    expect(locksOf(ranges)).toEqual({ reference: 2 + 6, mark: 1 + 1, release: 4 });
    expect([...ranges.references.values()]).toEqual([{ added: 4, removed: 4 }]);
  });
});

describe('memory in the wrong state', () => {
  it('[STOP-2] [FAULT-4] shared memory that is read is put back, unshared and taken as a copy', () => {
    // Fast takes page 0, reads and grabs page 1 (2 references), re-reads it, unpins it (2 locks). Slow: page 1
    // fails, is copied, is taken (order 0: 1 reference, 1 mark); pages 2 and 3 are taken (2 references each).
    const explained = explainOn(folioWith(['shared']), 'today');

    expect(walkOf(explained)).toMatchObject({ pte_read: 2 + 1 + 3, fault: 1, ptl_lock: 4 });
    expect(explained.overheads.fault_copy).toBe(1);
    expect(explained.events.recheck).toBe(2);
    expect(locksOf(explained)).toEqual({
      reference: 2 + 2 + 1 + 4,
      mark: 1 + 1,
      // Put back 2; then pieces A0 (2), the copy (1), A2 to A3 (2).
      release: 2 + 2 + 1 + 2,
    });
    expect(vectorPages(explained)).toEqual([1, 1, 2]);
    expect(explained.events.unpin_call).toBe(1 + 3);
  });

  it('[STOP-2] shared memory that is written shows in its entry', () => {
    const explained = explainOn(folioWith(['shared']), 'today', { op: 'read' });

    expect(explained.events.recheck).toBe(1);
    expect(explained.events.fault).toBe(1);
    expect(explained.overheads.fault_copy).toBe(1);
  });

  it('[STOP-1] shared memory is nothing to plain references and old kernels', () => {
    const plain = explainOn(folioWith(['shared']), { id: 'today', policies: { kind: 'get' } });
    const old = explainOn(folioWith(['shared']), {
      id: 'per-page',
      parameters: { kernel: 'v5.10' },
    });

    expect([plain.events.mmap_rlock, old.events.mmap_rlock]).toEqual([0, 0]);
  });

  it('[FAULT-3] a read-only page that is written stays the same page', () => {
    const explained = explainOn(folioWith(['readonly']), 'today', { op: 'read' });

    expect(explained.events.fault).toBe(1);
    expect(explained.overheads.fault_copy).toBe(0);
    expect(vectorPages(explained)).toEqual([4]);
    // Only page 0 was marked, by the fast walk: nothing was faulted in.
    expect(locksOf(explained)).toMatchObject({ reference: 2 + 3 * 2, mark: 1 });
  });

  it('[FAULT-4] a read-only shared page that is written is copied for plain references too', () => {
    const explained = explainOn(
      folioWith(['readonly', 'shared']),
      { id: 'today', policies: { kind: 'get' } },
      { op: 'read' },
    );

    expect(explained.overheads.fault_copy).toBe(1);
    expect(vectorPages(explained)).toEqual([1, 1, 2]);
  });

  it.each([
    ['v5.10', 1],
    ['v6.11', 0],
  ])('[FAULT-3] PROT_NONE raises %s faults: %i', (kernel, faults) => {
    const explained = explainOn(folioWith(['protnone']), {
      id: 'per-page',
      parameters: { kernel },
    });

    expect(explained.events.fault).toBe(faults);
    expect(explained.events.mmap_rlock).toBe(1);
    expect(vectorPages(explained)).toEqual([4]);
  });

  it('[FAULT-6] the zero page that is read has no references', () => {
    // Page 1 of 3. Fast takes page 0 and reads page 1; slow visits 1 and 2, and grabs 2 only.
    const explained = explainOn(scattered(3, { 1: ['zero', 'readonly'] }), 'today');

    expect(walkOf(explained)).toMatchObject({ pte_read: 2 + 2, fault: 0, ptl_lock: 2 });
    expect(locksOf(explained)).toEqual({ reference: 2 + 1, mark: 1, release: 2 });
    expect(explained.events.ptr_store).toBe(3);
    expect(explained.events.unpin_call).toBe(2);
    expect(vectorPages(explained)).toEqual([1, 1, 1]);
  });

  it('[FAULT-6] zero pages side by side are vectors of their own', () => {
    const layout = layoutFromExtents([extentWith({ pages: 3, flags: ['zero'] })]);

    expect(vectorPages(explainOn(layout, 'per-page'))).toEqual([1, 1, 1]);
    expect(vectorPages(explainOn(layout, 'folio-vec'))).toEqual([1, 1, 1]);
    expect(explainOn(layout, 'per-page').events.lock_op).toBe(0);
  });

  it('[FAULT-5] the zero page that is written is replaced without a copy', () => {
    const explained = explainOn(scattered(3, { 1: ['zero'] }), 'today', { op: 'read' });

    expect(explained.events.fault).toBe(1);
    expect(explained.overheads.fault_copy).toBe(0);
    expect(locksOf(explained)).toMatchObject({ reference: 2 + 2, mark: 1 + 1, release: 3 });
  });

  it.each([
    ['v6.11', 0],
    ['v7.0', 1],
  ])('[STOP-1] a huge zero folio that is read stops kernels that know it (%s)', (era, slow) => {
    const layout = layoutFromExtents([
      extentWith({ pages: 512, order: 9, leaf: 'pmd', flags: ['zero'] }),
    ]);
    const explained = explainOn(layout, { id: 'today', policies: { era } }, { pages: 8 });

    expect(explained.events.mmap_rlock).toBe(slow);
    expect(explained.events['lock_op.reference']).toBe(slow === 1 ? 0 : 2);
  });

  it('[FAULT-7] a special page ends the I/O, whatever was pinned before it', () => {
    const explained = explainOn(scattered(4, { 2: ['special'] }), 'today');

    expect(explained.outcome).toEqual({ kind: 'short', pages: 2 });
    expect(
      [...explained.references.values()].every(({ added, removed }) => added === removed),
    ).toBe(true);
  });

  it('[FAULT-4] a shared PMD entry is split and replaced page by page, a hugetlb one as a whole', () => {
    const entry = extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags: ['shared'] });
    const thp = explainOn(layoutFromExtents([entry]), 'today', { pages: 4, op: 'read' });
    const hugetlb = explainOn(
      layoutFromExtents([{ ...entry, flags: ['shared', 'hugetlb'] }]),
      'today',
      { pages: 4, op: 'read' },
    );

    expect([thp.events.fault, thp.overheads.fault_copy, thp.bvecs.length]).toEqual([4, 4, 4]);
    // Four failing visits, the first at the PMD entry; four visits at PTEs.
    expect(thp.events.pte_read).toBe(3 + 4);
    expect([hugetlb.events.fault, hugetlb.bvecs.length]).toEqual([1, 1]);
    expect(hugetlb.events.pte_read).toBe(0);
  });

  it.each([
    ['small pages', extentWith({ pages: 4 }), [4, 0, 4]],
    ['a folio, also past its row', extentWith({ pages: 4, pfn: 1024, order: 4 }), [1, 1, 16]],
    ['a PMD entry', extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd' }), [1, 1, 512]],
    ['no file', extentWith({ pages: 4, flags: ['file'] }), [0, 0, 0]],
    ['no device memory', extentWith({ pages: 4, flags: ['devmap'] }), [0, 0, 0]],
  ] as const)('[FAULT-9] faults allocate and clear %s', (_what, extent, counts) => {
    const layout = layoutFromExtents([{ ...extent, flags: [...extent.flags, 'absent'] }]);
    const { overheads } = explainOn(layout, 'today', { pages: 4 });

    expect([overheads.fault_folio, overheads.fault_large, overheads.fault_page]).toEqual(counts);
  });

  it.each([
    [['shared'], { fault_folio: 4, fault_large: 0, fault_page: 4, fault_split: 1 }],
    [['shared', 'hugetlb'], { fault_folio: 1, fault_large: 1, fault_page: 512, fault_split: 0 }],
    [['readonly'], { fault_folio: 0, fault_large: 0, fault_page: 0, fault_split: 0 }],
    [
      ['absent', 'shared'],
      { fault_folio: 1 + 4, fault_large: 1, fault_page: 512 + 4, fault_split: 1 },
    ],
  ] as const)('[FAULT-9] 4 pages of a PMD entry that is %j', (flags, overheads) => {
    const entry = extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags });
    const explained = explainOn(layoutFromExtents([entry]), 'today', { pages: 4, op: 'read' });

    expect(explained.overheads).toMatchObject(overheads);
  });

  it('[FAULT-9] the zero page that is written is replaced by a cleared one', () => {
    const explained = explainOn(scattered(3, { 1: ['zero'] }), 'today', { op: 'read' });

    expect(explained.overheads).toMatchObject({ fault_page: 1, fault_copy: 0, fault_split: 0 });
  });

  it('[STOP-3] the pointers of a leaf entry that is put back were stored up to v6.11 only', () => {
    const layout = layoutFromExtents([
      extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags: ['shared'] }),
    ]);
    const stores = (era: string): number =>
      explainOn(layout, { id: 'today', policies: { era } }, { pages: 8 }).events.ptr_store;

    expect([stores('v6.11'), stores('v6.12'), stores('v7.0')]).toEqual([16, 8, 8]);
  });
});

describe('a long-term pin', () => {
  const register: Differences = { api: 'register' };

  it('[LONG-1] migrates folios in CMA memory and starts over', () => {
    // Three small pages, page 1 in CMA. Fast: page 0 (2 references, 1 mark); page 1 is read, takes and drops
    // a reference. Slow, twice: pages 1 and 2 (1 visit, 1 reference each). Between: 2 unpins, 1 migration.
    const explained = explainOn(scattered(3, { 1: ['cma'] }), 'today', register);

    expect(explained.outcome).toEqual({ kind: 'pinned', pages: 3 });
    expect(walkOf(explained)).toMatchObject({
      pte_read: 2 + 2 + 2,
      fault: 0,
      mmap_rlock: 2,
      vma_find: 2,
      ptl_lock: 4,
    });
    expect(locksOf(explained)).toEqual({ reference: 2 + 1 + 2 + 2, mark: 1, release: 1 + 2 + 3 });
    expect(explained.overheads.migration).toBe(1);
  });

  it.each([
    // Pages 1 to 3 of the slow walk: one look-up a page, or one a folio and a compare for each further page.
    ['v6.11', { meta: 3, compares: 0 }],
    ['v7.0', { meta: 1, compares: 2 }],
  ])('[LONG-2] scans what the slow path took, in %s', (era, { meta, compares }) => {
    const explained = explainOn(
      folioWith(['absent']),
      { id: 'today', policies: { era } },
      register,
    );

    expect(explained.ledger.walk.meta).toBe(meta);
    expect(explained.ledger.walk.contig_cmp ?? 0).toBe(compares);
  });

  it('[FAULT-7] of file memory for writing fails and keeps nothing', () => {
    const explained = explainOn(scattered(3, { 1: ['file'] }), 'today', register);

    expect(explained.outcome).toEqual({ kind: 'efault', pages: 0 });
    expect(explained.events.fault).toBe(0);
    for (const { added, removed } of explained.references.values()) expect(added).toBe(removed);
  });

  it('[STOP-1] of device memory is left to the slow path up to v6.11', () => {
    const layout = layoutFromExtents([
      extentWith({ pages: 512, order: 9, pfn: 512, leaf: 'pmd', flags: ['devmap', 'compound'] }),
    ]);
    const slow = (era: string): number =>
      explainOn(layout, { id: 'today', policies: { era } }, register).events.mmap_rlock;

    expect([slow('v6.11'), slow('v6.12')]).toEqual([1, 0]);
  });
});

describe('the 2008 walk', () => {
  it('[FAST-6] drops everything and starts over, or keeps the first pages', () => {
    const layout = scattered(4, { 2: ['absent'] });
    const policies = {
      walk: 'fast-2008',
      kind: 'get',
      era: 'v2.6',
      memory: 'stack',
      header: 0,
      entries: 64,
    };
    const restart = explainOn(layout, {
      id: 'today',
      policies: { ...policies, fallback: 'restart', add: 'page-per-bvec', release: 'per-page' },
    });
    const keep = explainOn(layout, {
      id: 'today',
      policies: { ...policies, fallback: 'keep', add: 'page-per-bvec', release: 'per-page' },
    });

    // 2 gets and 3 reads are wasted and 2 puts; then 4 pages, one of them faulted in.
    expect(locksOf(restart)).toEqual({ reference: 2 + 4, mark: 1, release: 2 + 4 });
    expect(restart.events.pte_read).toBe(3 + 5);
    expect(locksOf(keep)).toEqual({ reference: 4, mark: 1, release: 4 });
    expect(keep.events.pte_read).toBe(3 + 3);
  });
});
