import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APIS,
  EXTRACT_PHASES,
  callTree,
  compositionProblem,
  countCalls,
  explainIo,
  reportedNs,
  requestProblem,
} from '#core';
import { distinctCosts } from '../../src-core/testing/cost-models.ts';
import { drawMemoryRange } from '../reference/layout-arbitrary.ts';
import { layoutFromRows } from './compare-with-reference.ts';
import { compositions } from './composition-arbitrary.ts';

describe('the trace of any composition on any memory', () => {
  it('[TRC-1] holds the calls that were counted, and its outermost durations add up to the price', () => {
    fc.assert(
      fc.property(
        compositions,
        fc.constantFrom(...APIS),
        fc.constantFrom(1, 9, 600),
        drawMemoryRange({ gaps: true, states: true }),
        (policies, api, pagesPerCall, { rows, offset, length }) => {
          fc.pre(compositionProblem(policies, api) === null);
          const layout = layoutFromRows(rows);
          const request = {
            op: 'write' as const,
            path: 'async' as const,
            api,
            offset,
            length,
            pagesPerCall,
          };
          fc.pre(requestProblem(layout, request, policies) === null);
          const explanation = explainIo({
            layout,
            request,
            strategy: { id: 'c', name: 'c', parameters: {}, overrides: {}, policies },
            costModel: distinctCosts,
            tracer: 'function-graph',
          });

          const roots = callTree(explanation, distinctCosts);

          expect(countCalls(roots)).toBe(explanation.tracer.calls);
          const tracer = distinctCosts.tracer[explanation.tracer.build];
          const reported = roots.reduce((sum, root) => sum + reportedNs(root, tracer), 0);
          const priced = EXTRACT_PHASES.reduce((sum, phase) => sum + explanation.phases[phase], 0);
          expect(reported / priced).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
