import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReferenceRequest } from '../reference/index.ts';
import { drawMemoryRange } from '../reference/layout-arbitrary.ts';
import type { MemoryRange } from '../reference/layout-arbitrary.ts';
import { comparable, countedByReference, explainRequest } from './compare-with-reference.ts';

type Preset = Pick<ReferenceRequest, 'strategy' | 'parameters'>;

const entries = fc.oneof(fc.constantFrom(1, 2, 3, 15, 31), fc.integer({ min: 1, max: 400 }));

/** Every strategy the reference models, with its parameters drawn. */
const presets: fc.Arbitrary<Preset> = fc.oneof(
  fc.record({
    strategy: fc.constant('per-page'),
    parameters: fc.record({ kernel: fc.constantFrom('v5.10', 'v6.11') }),
  }),
  fc.record({
    strategy: fc.constant('folio-add'),
    parameters: fc.record({ kernel: fc.constantFrom('v6.12', 'v7.0') }),
  }),
  fc.constant({ strategy: 'today', parameters: {} }),
  fc.record({
    strategy: fc.constant('folio-vec'),
    parameters: fc.record({ visit: fc.constantFrom('each', 'batched') }),
  }),
  fc.record({
    strategy: fc.constant('folio-batch'),
    parameters: fc.record({ entries, form: fc.constantFrom('range', 'pointer') }),
  }),
  fc.record({
    strategy: fc.constant('folio-threshold'),
    parameters: fc.record({ threshold: entries, unit: fc.constantFrom('pages', 'runs') }),
  }),
);

const operations = fc.record({
  op: fc.constantFrom('read' as const, 'write' as const),
  path: fc.constantFrom('async' as const, 'sync' as const),
});

function expectAgreement(
  memory: MemoryRange,
  preset: Preset,
  operation: { op: 'read' | 'write'; path: 'async' | 'sync' },
): void {
  const request = { ...operation, ...preset, offset: memory.offset, length: memory.length };
  expect(comparable(explainRequest(memory.rows, request))).toEqual(
    countedByReference(memory.rows, request),
  );
}

describe('the fast counter and the page-by-page reference agree on random memory', () => {
  it('[COUNT-1] without gaps: every event, bvec, reference and figure', () => {
    fc.assert(fc.property(drawMemoryRange({ gaps: false }), presets, operations, expectAgreement), {
      numRuns: 2000,
    });
  });

  it('[COUNT-1] with gaps: short I/O and EFAULT as well', () => {
    fc.assert(fc.property(drawMemoryRange({ gaps: true }), presets, operations, expectAgreement), {
      numRuns: 1000,
    });
  });
});
