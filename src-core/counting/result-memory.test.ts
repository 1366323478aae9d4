import { describe, expect, it } from 'vitest';
import type { Policies } from '../strategy/policies.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { pagesOfSteps } from '../testing/drawn-results.ts';
import { explainOn, requestOn, strategyFrom } from '../testing/explained.ts';
import { ALLOCATION_SOURCES } from './allocations.ts';
import { createCounter } from './counter.ts';
import { createLedger } from './events.ts';
import type { Layout } from '../layout/layout.ts';
import type { Differences } from '../testing/explained.ts';

const NOTHING = { stackBytes: 0, heapBytes: 0, heapRequested: 0, pagesAllocated: 0 };

/** Four small folios, no two side by side. */
const four = layoutFromText('A0 B0 C0 D0');

/** Ranges found page by page, one reference each, in memory of a test's choice. */
function rangesIn(policies: Partial<Policies>): { id: string; policies: Partial<Policies> } {
  return { id: 'folio-vec', policies };
}

/** Sources that allocated, as [allocations, bytes, most bytes at once]. */
function allocationsOf(
  layout: Layout,
  strategy: Parameters<typeof strategyFrom>[0],
  differences: Differences = {},
): Readonly<Record<string, readonly number[]>> {
  const request = requestOn(layout, differences);
  const { policies } = strategyFrom(strategy, request.api);
  const { allocations } = createCounter(policies).count({ layout, request }, createLedger());
  const used: Record<string, readonly number[]> = {};
  for (const [at, name] of ALLOCATION_SOURCES.entries()) {
    const times = allocations.count[at] ?? 0;
    if (times > 0) used[name] = [times, allocations.bytes[at] ?? 0, allocations.peak[at] ?? 0];
  }
  return used;
}

describe('memory of the result', () => {
  it.each<[string, Parameters<typeof explainOn>[1]]>([
    ['overlay', 'today'],
    ['caller', { id: 'today', policies: { memory: 'caller' } }],
  ])('[MEM-2] %s costs nothing', (_name, strategy) => {
    const { temporary, ledger } = explainOn(four, strategy);

    expect(temporary).toEqual(NOTHING);
    expect(ledger.allocate).toEqual({});
  });

  it.each<[string, Parameters<typeof explainOn>[1], number]>([
    ['31 ranges behind a counter', { id: 'folio-batch' }, 8 + 24 * 31],
    ['31 pointers', { id: 'folio-batch', parameters: { form: 'pointer' } }, 8 + 8 * 31],
    [
      '16 vectors without a counter',
      {
        id: 'folio-batch',
        parameters: { entries: 16 },
        policies: { result: 'bio-vec', header: 0 },
      },
      16 * 16,
    ],
    ['64 page pointers', 'gup-locked', 8 * 64],
  ])('[MEM-3] [MEM-9] stack takes %s whatever is found', (_name, strategy, bytes) => {
    expect(explainOn(four, strategy).temporary).toEqual({ ...NOTHING, stackBytes: bytes });
  });

  it('[MEM-3] stack makes a call ask for no more page pointers than fit', () => {
    const explanation = explainOn(layoutFromText('A0-199'), 'gup-locked');

    expect(pagesOfSteps(explanation, 'gup')).toEqual([64, 64, 64, 8]);
  });

  it('[MEM-4] per-io allocates for the pages of every extract call, also for one that fails', () => {
    // Four pages asked for, two found; then two asked for, none found: 96 bytes and 48.
    const explanation = explainOn(layoutFromText('A0 B0'), rangesIn({}), { pages: 4 });

    expect(explanation.temporary).toEqual({
      ...NOTHING,
      heapRequested: 96 + 48,
      heapBytes: 96 + 64,
    });
    expect(explanation.ledger.allocate).toEqual({ kmalloc: 2, kfree: 2 });
    expect(pagesOfSteps(explanation, 'allocate')).toEqual([96, 48]);
    expect(pagesOfSteps(explanation, 'free')).toEqual([96, 48]);
  });

  it('[MEM-4] per-io holds the array of one extract call at a time', () => {
    // 256, 255 and 1 pages of a huge folio: 6144 and 6120 bytes from the 8 KiB class, then 24.
    const layout = layoutFromText('[A0-511]', { A: 9 });

    expect(allocationsOf(layout, rangesIn({}))).toEqual({
      'result/kmalloc-32': [1, 32, 32],
      'result/kmalloc-8k': [2, 16_384, 8192],
      'bio/biovec-256': [1, 4096, 4096],
    });
  });

  it('[MEM-5] threshold by pages stays on the stack up to the threshold', () => {
    const strategy = { id: 'folio-threshold', parameters: { threshold: 3 } };

    expect(explainOn(four, strategy, { pages: 3 }).temporary).toEqual({
      ...NOTHING,
      stackBytes: 72,
    });
    expect(explainOn(four, strategy, { pages: 4 }).temporary).toEqual({
      ...NOTHING,
      heapRequested: 96,
      heapBytes: 96,
    });
  });

  it('[MEM-5] threshold by runs moves to the heap at the entry after it, in a new call', () => {
    const strategy = { id: 'folio-threshold', parameters: { threshold: 2, unit: 'runs' } };

    const explanation = explainOn(four, strategy);

    // Two entries are copied; two pages are left and two entries there: 24 · 4 bytes.
    expect(explanation.temporary).toEqual({
      ...NOTHING,
      stackBytes: 48,
      heapRequested: 96,
      heapBytes: 96,
    });
    expect(explanation.events).toMatchObject({ kmalloc: 1, kfree: 1, copy: 2, vec_store: 4 });
    // The third page closed the first call and is read again.
    expect(explanation.events).toMatchObject({ irq_save: 2, pte_read: 5 });
    expect(pagesOfSteps(explanation, 'extract')).toEqual([4]);
    expect(explainOn(four, strategy, { pages: 2 }).temporary).toEqual({
      ...NOTHING,
      stackBytes: 48,
    });
  });

  it('[MEM-6] callee-grow doubles: allocate, copy, free, walk on', () => {
    const five = layoutFromText('A0 B0 C0 D0 E0');
    const growing = rangesIn({ memory: 'callee-grow', result: 'bio-vec', entries: 1 });

    const explanation = explainOn(five, growing);

    // Room for 1, 2, 4 and 8 vectors of 16 bytes; 1, 2 and 4 of them are copied.
    expect(explanation.temporary).toEqual({ ...NOTHING, heapRequested: 240, heapBytes: 240 });
    expect(explanation.events).toMatchObject({ kmalloc: 4, kfree: 4, copy: 7, irq_save: 4 });
    // Each of the three full calls looked at the page that the next one took.
    expect(explanation.events).toMatchObject({ pte_read: 5 + 3, vec_store: 5 });
    expect(
      explanation.steps
        .filter(({ kind }) => kind === 'allocate' || kind === 'free')
        .map(({ kind, pages }) => `${kind} ${pages}`),
    ).toEqual([
      'allocate 16',
      'allocate 32',
      'free 16',
      'allocate 64',
      'free 32',
      'allocate 128',
      'free 64',
      'free 128',
    ]);
    expect(allocationsOf(five, growing)).toEqual({
      'result/kmalloc-16': [1, 16, 16],
      'result/kmalloc-32': [1, 32, 32],
      'result/kmalloc-64': [1, 64, 64],
      'result/kmalloc-128': [1, 128, 128],
      'bio/biovec-16': [1, 256, 256],
    });
  });

  it('[MEM-7] overallocate takes an entry for every page, at most 256 a call', () => {
    const strategy = rangesIn({ memory: 'overallocate', result: 'bio-vec' });

    const explanation = explainOn(layoutFromText('A0-299'), strategy);

    // 256 vectors of 16 bytes, then 44: 704 bytes from the 1 KiB class.
    expect(explanation.temporary).toEqual({
      ...NOTHING,
      heapRequested: 4096 + 704,
      heapBytes: 4096 + 1024,
    });
    expect(explanation.calls).toBe(2);
    expect(explanation.events).toMatchObject({ kmalloc: 2, kfree: 2, copy: 0, vec_store: 300 });
  });

  it('[MEM-7] overallocate makes a call ask for no more page pointers than 256', () => {
    const strategy = { id: 'today', policies: { memory: 'overallocate' } };

    const explanation = explainOn(layoutFromText('A0-299'), strategy, { api: 'register' });

    expect(pagesOfSteps(explanation, 'extract')).toEqual([256, 44]);
    expect(pagesOfSteps(explanation, 'allocate')).toEqual([2048, 352]);
  });

  it('[MEM-8] page-chain takes its pages once for a request', () => {
    const strategy = { id: 'today', policies: { memory: 'page-chain', pages: 2 } };
    const layout = layoutFromText('A0-1999');

    const explanation = explainOn(layout, strategy, { api: 'register' });

    // 2 · 512 pointers: calls of 1024 and 976 pages.
    expect(pagesOfSteps(explanation, 'gup')).toEqual([1024, 976]);
    expect(explanation.temporary).toEqual({ ...NOTHING, pagesAllocated: 2 });
    expect(explanation.ledger.allocate).toEqual({ page_alloc: 2 });
    expect(allocationsOf(layout, strategy, { api: 'register' })).toEqual({
      'result/page': [2, 8192, 8192],
    });
  });

  it.each<[Policies['result'], number]>([
    ['folio-range', 170],
    ['bio-vec', 256],
    ['folio-pointers', 512],
  ])('[MEM-8] page-chain holds in a page of %s %i', (result, capacity) => {
    const strategy = rangesIn({ memory: 'page-chain', result, naturalBoundary: false });

    const { calls } = explainOn(layoutFromText('A0-1023'), strategy, { api: 'register' });

    // Small folios: one entry each. Runs end at page 512, where no call has to.
    expect(calls).toBe(Math.ceil(1024 / capacity));
  });

  it('[MEM-8] page-chain of runs stops before a table that may not fit as a whole', () => {
    const walked = (
      naturalBoundary: boolean,
      pages: number,
      firstPage: number,
    ): readonly number[] =>
      explainOn(
        layoutFromText('A0-2047'),
        rangesIn({ memory: 'page-chain', result: 'folio-pointers', pages, naturalBoundary }),
        { api: 'register', firstPage },
      )
        .steps.filter(({ kind }) => kind === 'gup-end')
        .map((step) => step.pages);

    // 512 entries a page, from virtual page 100 on: 412 pages to the boundary, then a table a call.
    expect(walked(true, 1, 100)).toEqual([412, 512, 512, 512]);
    expect(walked(false, 1, 100)).toEqual([512, 512, 512, 412]);
    // Two result pages hold the rest of a table and another one.
    expect(walked(true, 2, 100)).toEqual([412 + 512, 1024]);
  });

  it('[MEM-8] page-chain with a natural boundary ends a call where a table ends', () => {
    const asked = (naturalBoundary: boolean, firstPage: number, pages: number): readonly number[] =>
      pagesOfSteps(
        explainOn(
          layoutFromText('A0-2099'),
          { id: 'today', policies: { memory: 'page-chain', naturalBoundary } },
          { api: 'register', firstPage, pages },
        ),
        'gup',
      );

    // 512 pointers from page 100 on would reach page 612; the last boundary before is 512.
    expect(asked(true, 100, 1000)).toEqual([412, 512, 76]);
    expect(asked(false, 100, 1000)).toEqual([512, 488]);
    // What fits is asked for as it is, across a boundary too.
    expect(asked(true, 100, 512)).toEqual([512]);
  });

  it('[MEM-9] heap bytes add up over calls, stack bytes are the most of any', () => {
    const strategy = { id: 'folio-threshold', parameters: { threshold: 3 } };

    // Gap at page 4: asked for 6, on the heap (144 bytes), then for the last 2, on the stack.
    expect(explainOn(four, strategy, { pages: 6 }).temporary).toEqual({
      ...NOTHING,
      stackBytes: 72,
      heapRequested: 144,
      heapBytes: 192,
    });
  });

  it('[COST-2] above 8 KiB an allocation is a large one', () => {
    // 342 ranges of 24 bytes are 8208 bytes; 341 are 8184.
    const strategy = { id: 'folio-vec', parameters: { visit: 'batched' } };
    const { ledger, overheads, temporary } = explainOn(layoutFromText('A0-341'), strategy);

    expect(ledger.allocate).toEqual({ kmalloc: 1, kfree: 1, large_kmalloc: 1 });
    expect(overheads.large_kmalloc).toBe(1);
    expect(temporary).toMatchObject({ heapRequested: 8208, heapBytes: 16_384 });
    expect(explainOn(layoutFromText('A0-340'), strategy).overheads.large_kmalloc).toBe(0);
  });
});
