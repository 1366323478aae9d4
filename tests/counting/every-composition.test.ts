import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APIS,
  PAGE_BYTES,
  Recorder,
  compositionProblem,
  countRuns,
  createCounter,
  createLedger,
  explainIo,
  firstPageOf,
  pagesOf,
  pinsForLong,
  requestProblem,
} from '#core';
import type { Api, Explanation, IoRequest, Layout, Policies } from '#core';
import { unitCosts } from '../../src-core/testing/cost-models.ts';
import { drawMemoryRange } from '../reference/layout-arbitrary.ts';
import type { MemoryRange } from '../reference/layout-arbitrary.ts';
import { layoutFromRows } from './compare-with-reference.ts';
import { compositions } from './composition-arbitrary.ts';

type Drawn = { readonly policies: Policies; readonly api: Api };

const countable: fc.Arbitrary<Drawn> = fc
  .record({ policies: compositions, api: fc.constantFrom(...APIS) })
  .filter(({ policies, api }) => compositionProblem(policies, api) === null);

/** Without the holes of the prototype, which break what holds for all others. */
const sound = countable.filter(({ policies }) => !policies.prototypeHoles);

const manners = fc.record({
  op: fc.constantFrom('read', 'write'),
  path: fc.constantFrom('async', 'sync'),
  pagesPerCall: fc.constantFrom(1, 7, 512, 3000),
});

type Manner = Pick<IoRequest, 'op' | 'path' | 'pagesPerCall'>;

function requestFor(memory: MemoryRange, api: Api, manner: Manner): IoRequest {
  return { ...manner, api, offset: memory.offset, length: memory.length };
}

function explain(layout: Layout, request: IoRequest, policies: Policies): Explanation {
  const strategy = { id: 'composed', name: 'composed', parameters: {}, overrides: {}, policies };
  return explainIo({ layout, request, strategy, costModel: unitCosts, tracer: 'off' });
}

/**
 * Pages from the first one to the first that cannot be had, at most those of the request: unmapped, special,
 * or file memory for a long-term pin.
 */
function pagesToBeHad(rows: MemoryRange['rows'], request: IoRequest, policies: Policies): number {
  const isLongTerm = request.api === 'register' || pinsForLong(policies);
  // The page cache of a file has no entries, and no rule about its own memory.
  const hasEntries = policies.walk !== 'page-cache';
  const first = firstPageOf(request);
  let end = first;
  for (const row of rows) {
    const isRefused =
      hasEntries && (row.flags.includes('special') || (isLongTerm && row.flags.includes('file')));
    const after = row.vaPage + row.pages;
    if (row.vaPage <= end && end < after && !isRefused) end = after;
  }
  return Math.min(end - first, pagesOf(request));
}

/** Entries that a result memory of fixed size holds; Infinity where it is as large as it has to be. */
function mostEntries(policies: Policies, api: Api): number {
  switch (policies.memory) {
    case 'stack':
      return api === 'direct-io' ? policies.entries : Infinity;
    case 'overallocate':
      return 256;
    case 'page-chain': {
      const wide: Partial<Record<Policies['result'], number>> = {
        'folio-range': 24,
        'bio-vec': 16,
      };
      return Math.floor(4096 / (wide[policies.result] ?? 8)) * policies.pages;
    }
    default:
      return Infinity;
  }
}

describe('whatever policies are put together', () => {
  it('[COMP-1] a composition is refused with a reason, or counted in whole numbers', () => {
    fc.assert(
      fc.property(
        compositions,
        fc.constantFrom(...APIS),
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (policies, api, manner, memory) => {
          const reason = compositionProblem(policies, api);
          if (reason !== null) {
            expect(reason).toMatch(/^\S.{20,}[^.]$/);
            return;
          }
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          if (requestProblem(layout, request, policies) !== null) return;
          const ledger = createLedger();
          const counter = createCounter(policies);
          const { figures, allocations } = counter.count({ layout, request }, ledger);
          const numbers = [
            ...ledger,
            ...Object.values(figures).filter((figure) => typeof figure === 'number'),
            ...allocations.count,
            ...allocations.bytes,
            ...allocations.peak,
          ];
          expect(
            numbers.filter((number) => !(Number.isSafeInteger(number) && number >= 0)),
          ).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('[RUN-4] references added equal references removed, for every folio', () => {
    fc.assert(
      fc.property(
        sound,
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (drawn, manner, memory) => {
          const { policies, api } = drawn;
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          fc.pre(requestProblem(layout, request, policies) === null);
          const { references } = explain(layout, request, policies);
          for (const { added, removed } of references.values()) expect(removed).toBe(added);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('[GAP-2] [FAULT-7] all pages before the first that cannot be had are carried, and every byte of them lies in a vector', () => {
    fc.assert(
      fc.property(
        sound,
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (drawn, manner, memory) => {
          const { policies, api } = drawn;
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          fc.pre(requestProblem(layout, request, policies) === null);
          // Without a slow path the I/O ends wherever the fast walk does.
          fc.pre(policies.fallback !== 'none' || policies.walk === 'locked');
          const explanation = explain(layout, request, policies);
          const isLong = api === 'register' || pinsForLong(policies);
          const mapped = pagesToBeHad(memory.rows, request, policies);
          const kind = mapped === pagesOf(request) ? 'pinned' : mapped === 0 ? 'efault' : 'short';
          const failsWhole = isLong && kind === 'short';
          expect(explanation.outcome).toEqual(
            failsWhole ? { kind: 'efault', pages: 0 } : { kind, pages: mapped },
          );
          const isBuffer = policies.add === 'coalesce';
          const hasVectors = isBuffer || (api === 'direct-io' && policies.add !== 'none');
          const carried = Math.min(
            mapped * PAGE_BYTES - (request.offset % PAGE_BYTES),
            request.length,
          );
          const bytes = explanation.bvecs.reduce((sum, { length }) => sum + length, 0);
          const isKept = explanation.outcome.pages > 0;
          expect(bytes).toBe(hasVectors && isKept ? Math.max(0, carried) : 0);
          expect(explanation.events.bvec_new).toBe(explanation.bvecs.length);
          expect(explanation.bvecs.every(({ length, offset }) => length > 0 && offset < 4096)).toBe(
            true,
          );
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('[LAY-7] physical runs are at most folio runs, and folio runs at most pages', () => {
    fc.assert(
      fc.property(drawMemoryRange({ gaps: true, states: true }), (memory) => {
        const layout = layoutFromRows(memory.rows);
        const first = firstPageOf(memory);
        const pages = pagesOf(memory);
        const { folioRuns, physicalRuns } = countRuns(layout, first, pages);
        expect(physicalRuns).toBeLessThanOrEqual(folioRuns);
        expect(folioRuns).toBeLessThanOrEqual(pages);
      }),
      { numRuns: 1500 },
    );
  });

  it('[COST-1] what is recorded changes no count, and a counter forgets what it counted before', () => {
    fc.assert(
      fc.property(
        countable,
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        fc.nat({ max: 30_000 }),
        (drawn, manner, memory, otherSectors) => {
          const { policies, api } = drawn;
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          const other = { ...request, length: (otherSectors + 1) * 512 };
          fc.pre(requestProblem(layout, request, policies) === null);
          fc.pre(requestProblem(layout, other, policies) === null);
          const counter = createCounter(policies);
          const counted = (wanted: IoRequest, recorder?: Recorder): unknown => {
            const ledger = createLedger();
            const { outcome, figures, allocations } = counter.count(
              { layout, request: wanted },
              ledger,
              recorder,
            );
            return structuredClone({ ledger, outcome, figures, allocations });
          };
          const first = counted(request);
          counted(other, new Recorder());
          expect(counted(request, new Recorder())).toEqual(first);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('[MEM-4] every allocation of a result is freed', () => {
    fc.assert(
      fc.property(
        countable,
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (drawn, manner, memory) => {
          const { policies, api } = drawn;
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          fc.pre(requestProblem(layout, request, policies) === null);
          const { events, temporary } = explain(layout, request, policies);
          expect(events.kfree).toBe(events.kmalloc);
          expect(temporary.heapBytes).toBeGreaterThanOrEqual(temporary.heapRequested);
          expect(temporary.heapBytes > 0).toBe(events.kmalloc > 0);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('[MEM-3] no extract call returns more than its memory holds', () => {
    fc.assert(
      fc.property(
        countable,
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (drawn, manner, memory) => {
          const { policies, api } = drawn;
          const layout = layoutFromRows(memory.rows);
          const request = requestFor(memory, api, manner);
          fc.pre(requestProblem(layout, request, policies) === null);
          const { events, steps } = explain(layout, request, policies);
          const most = mostEntries(policies, api);
          const extracts = steps.filter(({ kind }) => kind === 'extract-end');
          const entries = events.ptr_store + events.vec_store;
          // A walk that starts over, or puts a leaf entry back, stores its pages a second time.
          if (events.mmap_rlock === 0 && policies.callers === 'converted') {
            expect(entries).toBeLessThanOrEqual(most * extracts.length);
          }
          if (policies.result === 'page-pointers') {
            expect(Math.max(...extracts.map(({ pages }) => pages))).toBeLessThanOrEqual(most);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('looking at each page and comparing entries in a batch', () => {
  it('[RUN-1] give the same vectors for at most 256 pages, with every composition', () => {
    fc.assert(
      fc.property(
        countable.filter(({ policies }) => policies.grab === 'per-run' && !policies.prototypeHoles),
        manners,
        drawMemoryRange({ gaps: true, states: true }),
        (drawn, manner, memory) => {
          const layout = layoutFromRows(memory.rows);
          const short = { ...memory, length: Math.min(memory.length, 255 * PAGE_BYTES) };
          const request = requestFor(short, drawn.api, manner);
          fc.pre(requestProblem(layout, request, drawn.policies) === null);
          const visiting = (visit: 'each' | 'batched'): Explanation =>
            explain(layout, request, { ...drawn.policies, visit });
          const each = visiting('each');
          const batched = visiting('batched');
          expect(batched.bvecs).toEqual(each.bvecs);
          expect(batched.references).toEqual(each.references);
          expect(batched.calls).toBe(each.calls);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
