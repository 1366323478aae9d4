import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countReference } from './index.ts';
import type { ReferenceRequest, ReferenceResult, ReferenceRow } from './index.ts';
import { drawMemoryRange } from './layout-arbitrary.ts';
import type { MemoryRange } from './layout-arbitrary.ts';

type Preset = Pick<ReferenceRequest, 'strategy' | 'parameters'>;

const presets: readonly Preset[] = [
  { strategy: 'per-page', parameters: { kernel: 'v5.10' } },
  { strategy: 'per-page', parameters: { kernel: 'v6.11' } },
  { strategy: 'folio-add', parameters: { kernel: 'v6.12' } },
  { strategy: 'folio-add', parameters: { kernel: 'v7.0' } },
  { strategy: 'folio-vec', parameters: { visit: 'each' } },
  { strategy: 'folio-vec', parameters: { visit: 'batched' } },
  { strategy: 'folio-batch', parameters: { entries: 31, form: 'range' } },
  { strategy: 'folio-batch', parameters: { entries: 3, form: 'range' } },
  { strategy: 'folio-batch', parameters: { entries: 15, form: 'pointer' } },
  { strategy: 'folio-threshold', parameters: { threshold: 32, unit: 'pages' } },
  { strategy: 'folio-threshold', parameters: { threshold: 2, unit: 'runs' } },
];

const kernels = { v611: presets[1], v612: presets[2], v70: presets[3] };

function count(
  memory: MemoryRange,
  preset: Preset | undefined,
  op: 'read' | 'write' = 'read',
  path: 'async' | 'sync' = 'async',
): ReferenceResult {
  const { offset, length } = memory;
  return countReference(memory.rows, {
    op,
    offset,
    length,
    path,
    strategy: preset?.strategy ?? '',
    parameters: preset?.parameters ?? {},
  });
}

function event(result: ReferenceResult, name: string): number {
  return result.events[name] ?? NaN;
}

function sumBytes(result: ReferenceResult): number {
  return result.bvecs.reduce((sum, { length }) => sum + length, 0);
}

/** Bytes of the range before its first unmapped page. */
function bytesBeforeGap(memory: MemoryRange): number {
  let vaPage = Math.floor(memory.offset / 4096);
  let row: ReferenceRow | undefined;
  while ((row = rowAt(memory.rows, vaPage)) !== undefined) {
    vaPage = row.vaPage + row.pages;
  }
  return Math.max(0, Math.min(vaPage * 4096, memory.offset + memory.length) - memory.offset);
}

function rowAt(rows: readonly ReferenceRow[], vaPage: number): ReferenceRow | undefined {
  return rows.find((row) => row.vaPage <= vaPage && vaPage < row.vaPage + row.pages);
}

/**
 * Page-table entries the range touches, PTEs and larger leaves, and how many grabs v6.11 makes of
 * them: a leaf of device memory was taken page by page.
 */
function countEntries(memory: MemoryRange): { ptes: number; leaves: number; grabs: number } {
  const first = Math.floor(memory.offset / 4096);
  const last = Math.floor((memory.offset + memory.length - 1) / 4096);
  let ptes = 0;
  let devicePages = 0;
  const leaves = new Set<string>();
  for (let vaPage = first; vaPage <= last; vaPage += 1) {
    const row = rowAt(memory.rows, vaPage);
    if (row?.leaf === 'pte') {
      ptes += 1;
    } else if (row !== undefined) {
      const block = Math.floor(vaPage / (row.leaf === 'pmd' ? 512 : 2 ** 18));
      leaves.add(`${row.leaf} ${block}`);
      if (row.flags.includes('devmap')) devicePages += 1;
    }
  }
  const grabs = ptes + (devicePages > 0 ? devicePages : leaves.size);
  return { ptes, leaves: leaves.size, grabs };
}

describe('whatever the memory, with and without gaps', () => {
  it('[RUN-4] every reference is given back, every byte is in one vector, every sum adds up', () => {
    fc.assert(
      fc.property(
        drawMemoryRange({ gaps: true }),
        fc.constantFrom('read' as const, 'write' as const),
        fc.constantFrom('async' as const, 'sync' as const),
        (memory, op, path) => {
          for (const preset of presets) {
            const result = count(memory, preset, op, path);
            for (const { added, removed } of result.references.values()) {
              expect(removed).toBe(added);
            }
            expect(sumBytes(result)).toBe(bytesBeforeGap(memory));
            expect(result.physicalRuns).toBeLessThanOrEqual(result.folioRuns);
            expect(result.folioRuns).toBeLessThanOrEqual(result.outcome.pages);
            expect(event(result, 'irq_save')).toBe(result.calls);
            expect(event(result, 'bvec_new')).toBe(result.bvecs.length);
            expect(event(result, 'kmalloc')).toBe(event(result, 'kfree'));
            const { walkAndGrab, add, completion } = result.metaByStage;
            expect(event(result, 'meta')).toBe(walkAndGrab + add + completion);
            const { acquire, release } = result.nodestatByStage;
            expect(event(result, 'nodestat')).toBe(acquire + release);
            const locks = ['reference', 'mark', 'release', 'dirty', 'other'];
            expect(event(result, 'lock_op')).toBe(
              locks.reduce((sum, kind) => sum + event(result, `lock_op.${kind}`), 0),
            );
          }
        },
      ),
    );
  });

  it('[GAP-2] an I/O that meets a gap fails the slow path twice, or once at its first page', () => {
    fc.assert(
      fc.property(drawMemoryRange({ gaps: true }), (memory) => {
        for (const preset of presets) {
          const result = count(memory, preset);
          const slow = event(result, 'mmap_rlock');
          switch (result.outcome.kind) {
            case 'pinned':
              expect(slow).toBe(0);
              break;
            case 'short':
              // Once when an extract call ended exactly before the gap.
              expect([1, 2]).toContain(slow);
              break;
            case 'efault':
              expect(slow).toBe(1);
              break;
          }
        }
      }),
    );
  });
});

describe('whatever state the pages are in', () => {
  const manners = fc.record({
    api: fc.constantFrom('direct-io' as const, 'gup-test' as const, 'register' as const),
    op: fc.constantFrom('read' as const, 'write' as const),
    path: fc.constantFrom('async' as const, 'sync' as const),
    pagesPerCall: fc.constantFrom(1, 7, 512),
  });

  it('[RUN-4] [FAULT-8] every reference is given back, faults have an end, every sum adds up', () => {
    fc.assert(
      fc.property(drawMemoryRange({ gaps: true, states: true }), manners, (memory, manner) => {
        for (const preset of presets) {
          const { offset, length } = memory;
          const result = countReference(memory.rows, { ...manner, ...preset, offset, length });
          for (const { added, removed } of result.references.values()) {
            expect(removed).toBe(added);
          }
          // At most four for a page: absent, PROT_NONE, split off or copied, made writable.
          expect(event(result, 'fault')).toBeLessThanOrEqual(4 * result.pages);
          expect(event(result, 'ptl_lock')).toBe(event(result, 'ptl_unlock'));
          expect(event(result, 'mmap_rlock')).toBe(event(result, 'mmap_runlock'));
          expect(event(result, 'pte_map')).toBe(event(result, 'pte_unmap'));
          expect(event(result, 'kmalloc')).toBe(event(result, 'kfree'));
          const { walkAndGrab, add, completion } = result.metaByStage;
          expect(event(result, 'meta')).toBe(walkAndGrab + add + completion);
          expect(sumBytes(result)).toBe(
            manner.api === 'direct-io' && result.outcome.pages > 0
              ? Math.min(length, result.outcome.pages * 4096 - (offset % 4096))
              : 0,
          );
        }
      }),
    );
  });

  it('[FAULT-6] memory of zero pages that is only read is carried without a reference', () => {
    const rows = [{ vaPage: 0, pfn: 0, pages: 9, order: 0, leaf: 'pte', flags: ['zero'] }] as const;
    for (const preset of presets) {
      const result = count({ rows, offset: 0, length: 9 * 4096 }, preset, 'write');
      expect(result.references.size).toBe(0);
      expect(result.outcome).toEqual({ kind: 'pinned', pages: 9 });
      expect(result.bvecs).toHaveLength(9);
    }
  });
});

describe('in a range without gaps and of at most 256 pages, the totals of one call hold', () => {
  const short = drawMemoryRange({ gaps: false }).map((memory) => ({
    ...memory,
    length: Math.min(memory.length, 255 * 4096),
  }));

  it('[FAST-3] [FAST-4] a kernel walk costs so much for each entry', () => {
    fc.assert(
      fc.property(short, (memory) => {
        const { ptes, leaves, grabs } = countEntries(memory);
        const result = count(memory, kernels.v611);
        expect(result.calls).toBe(1);
        expect(result.events).toMatchObject({
          pte_read: ptes,
          recheck: ptes + leaves,
          'lock_op.reference': 2 * grabs,
          'lock_op.mark': grabs,
          ptr_store: result.pages,
        });
        expect(result.nodestatByStage.acquire).toBe(grabs);
        expect(result.irqOffPages).toBe(result.pages);
      }),
    );
  });

  it('[ADD-1] adding by page tests every page but the first and makes one vector per physical run', () => {
    fc.assert(
      fc.property(short, (memory) => {
        const result = count(memory, kernels.v611);
        expect(result.events).toMatchObject({
          merge_test: result.pages - 1,
          bvec_new: result.physicalRuns,
          unpin_call: result.pages,
        });
      }),
    );
  });

  it('[ADD-4] adding by folio makes a vector per physical run in v6.12 and per folio run in v7.0', () => {
    fc.assert(
      fc.property(short, (memory) => {
        const merging = count(memory, kernels.v612);
        const direct = count(memory, kernels.v70);
        expect(merging.events).toMatchObject({
          merge_test: merging.folioRuns - 1,
          bvec_new: merging.physicalRuns,
          unpin_call: merging.folioRuns,
        });
        expect(direct.events).toMatchObject({
          merge_test: 0,
          bvec_new: direct.folioRuns,
          pagemap: direct.folioRuns - 1,
          unpin_call: direct.folioRuns,
          contig_cmp: event(merging, 'contig_cmp'),
        });
      }),
    );
  });

  it('[RUN-1] visiting each page and comparing entries give the same vectors', () => {
    fc.assert(
      fc.property(short, (memory) => {
        const each = count(memory, { strategy: 'folio-vec', parameters: { visit: 'each' } });
        const batched = count(memory, { strategy: 'folio-vec', parameters: { visit: 'batched' } });
        expect(batched.bvecs).toEqual(each.bvecs);
      }),
    );
  });

  it('[RUN-3] a range batch needs one call per full batch of runs', () => {
    fc.assert(
      fc.property(short, fc.integer({ min: 1, max: 40 }), (memory, entries) => {
        const runs = count(memory, { strategy: 'folio-vec', parameters: {} }).bvecs.length;
        const batch = count(memory, { strategy: 'folio-batch', parameters: { entries } });
        expect(batch.calls).toBe(Math.ceil(runs / entries));
      }),
    );
  });
});
