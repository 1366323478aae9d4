import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APIS,
  PAGE_BYTES,
  compositionProblem,
  explainIo,
  planTrials,
  layoutProblemFor,
  resolveStrategy,
  simulate,
} from '#core';
import type { FinishedTrial, IoRequest, Layout, Strategy, Workload } from '#core';
import { valueOfMetric } from '#contract';
import { unitCosts } from '../../src-core/testing/cost-models.ts';
import { drawMemoryRange } from '../reference/layout-arbitrary.ts';
import type { MemoryRange } from '../reference/layout-arbitrary.ts';
import { layoutFromRows } from './compare-with-reference.ts';
import { compositions } from './composition-arbitrary.ts';

type Manner = Pick<Workload, 'api' | 'operation' | 'path' | 'pagesPerCall' | 'blockBytes'>;

const MOST_IOS = 6;

/** Offsets of the first whole blocks in memory without gaps. */
function firstOffsets(rows: MemoryRange['rows'], blockBytes: number): number[] {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = Math.ceil((first.vaPage * PAGE_BYTES) / blockBytes);
  const end = Math.floor(((last.vaPage + last.pages) * PAGE_BYTES) / blockBytes);
  const count = Math.max(0, Math.min(MOST_IOS, end - start));
  return Array.from({ length: count }, (_, index) => (start + index) * blockBytes);
}

/** Runs so many I/Os one after the other. */
function runTrial(
  layout: Layout,
  strategy: Strategy,
  manner: Manner,
  count: number,
): FinishedTrial {
  const workload: Workload = {
    ...manner,
    offsetBytes: 0,
    logicalBlockBytes: 512,
    access: 'sequential',
    count,
    warmUpCount: 0,
    threads: 1,
    queueDepth: 1,
    device: null,
  };
  const [result] = planTrials({
    name: 'traced',
    seed: 1,
    replicates: 1,
    layouts: [{ name: 'drawn', layout }],
    strategies: [strategy],
    points: [{ workload, costModel: unitCosts, tracer: 'off' }],
  }).map(simulate);
  if (result?.status !== 'done') throw new Error(result?.reason ?? 'there is no trial');
  return result;
}

function requestAt(offset: number, manner: Manner): IoRequest {
  const { api, operation: op, path, pagesPerCall, blockBytes: length } = manner;
  return { api, op, path, pagesPerCall, offset, length };
}

/** Calls that `explain` says one I/O shows in a trace. */
function explainedCalls(layout: Layout, request: IoRequest, strategy: Strategy): number {
  const explained = explainIo({ layout, request, strategy, costModel: unitCosts, tracer: 'off' });
  return explained.tracer.calls;
}

function tracedCalls(result: FinishedTrial, strategy: Strategy): number {
  return valueOfMetric({ kind: 'tracedCalls' }, result, strategy);
}

const manners: fc.Arbitrary<Manner> = fc.record({
  api: fc.constantFrom(...APIS),
  operation: fc.constantFrom('read', 'write'),
  path: fc.constantFrom('async', 'sync'),
  pagesPerCall: fc.constantFrom(1, 7, 512, 3000),
  blockBytes: fc.constantFrom(512, 4096, 3 * 4096, 65_536, 1_048_576, 1_500_160),
});

describe('the traced calls of a trial', () => {
  it('[TRC-3] are the mean of what its I/Os show, whatever policies are put together', () => {
    fc.assert(
      fc.property(
        compositions,
        manners,
        drawMemoryRange({ gaps: false }),
        (policies, manner, { rows }) => {
          fc.pre(compositionProblem(policies, manner.api) === null);
          const layout = layoutFromRows(rows);
          const requests = firstOffsets(rows, manner.blockBytes).map((offset) =>
            requestAt(offset, manner),
          );
          fc.pre(requests.length > 0);
          fc.pre(requests.every((each) => layoutProblemFor(layout, each, policies) === null));
          const strategy = { id: 'c', name: 'c', parameters: {}, overrides: {}, policies };

          const result = runTrial(layout, strategy, manner, requests.length);

          const calls = requests.map((request) => explainedCalls(layout, request, strategy));
          expect(tracedCalls(result, strategy)).toBe(
            calls.reduce((sum, each) => sum + each, 0) / calls.length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('[TRC-3] count an extract once that walks again because its ranges did not fit', () => {
    const resolved = resolveStrategy(
      { id: 'folio-threshold', parameters: { threshold: 4, unit: 'runs' } },
      'direct-io',
    );
    if (!resolved.ok) throw new Error(resolved.problem.message);
    const { strategy } = resolved;
    const rows = Array.from({ length: 8 }, (_, page) => ({
      vaPage: page,
      pfn: 2 * page,
      pages: 1,
      order: 0,
      leaf: 'pte' as const,
      flags: ['anon'],
    }));
    const layout = layoutFromRows(rows);
    const manner: Manner = {
      api: 'direct-io',
      operation: 'write',
      path: 'async',
      pagesPerCall: 1,
      blockBytes: 8 * PAGE_BYTES,
    };

    const result = runTrial(layout, strategy, manner, 1);

    expect(result.figures).toMatchObject({ gupCallsPerIo: 2, extractsPerIo: 1 });
    expect(tracedCalls(result, strategy)).toBe(
      explainedCalls(layout, requestAt(0, manner), strategy),
    );
  });
});
