import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReferenceRequest } from '../reference/index.ts';
import { drawMemoryRange } from '../reference/layout-arbitrary.ts';
import type { MemoryRange } from '../reference/layout-arbitrary.ts';
import {
  comparable,
  countedByReference,
  explainRequest,
  isCountable,
} from './compare-with-reference.ts';

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

type Manner = Pick<ReferenceRequest, 'api' | 'op' | 'path' | 'pagesPerCall'>;

const directManners: fc.Arbitrary<Manner> = fc.record({
  op: fc.constantFrom('read' as const, 'write' as const),
  path: fc.constantFrom('async' as const, 'sync' as const),
});

/** gup_test, some pages a call, and the registration of a buffer. */
const otherManners: fc.Arbitrary<Manner> = fc.record({
  api: fc.constantFrom('gup-test' as const, 'register' as const),
  op: fc.constantFrom('read' as const, 'write' as const),
  path: fc.constant('async' as const),
  pagesPerCall: fc.constantFrom(1, 7, 100, 512, 3000),
});

function expectAgreement(memory: MemoryRange, preset: Preset, manner: Manner): void {
  const request = { ...manner, ...preset, offset: memory.offset, length: memory.length };
  fc.pre(isCountable(memory.rows, request));
  expect(comparable(memory.rows, explainRequest(memory.rows, request))).toEqual(
    countedByReference(memory.rows, request),
  );
}

describe('the fast counter and the page-by-page reference agree on random memory', () => {
  const sound = drawMemoryRange({ gaps: false });
  const withGaps = drawMemoryRange({ gaps: true });
  const inAnyState = drawMemoryRange({ gaps: true, states: true });

  it('[COUNT-1] without gaps: every event, bvec, reference and figure', () => {
    fc.assert(fc.property(sound, presets, directManners, expectAgreement), { numRuns: 2000 });
  });

  it('[COUNT-1] with gaps: short I/O and EFAULT as well', () => {
    fc.assert(fc.property(withGaps, presets, directManners, expectAgreement), { numRuns: 1000 });
  });

  it('[COUNT-1] in any state: pages that stop the fast walk, faults and copies', () => {
    fc.assert(fc.property(inAnyState, presets, directManners, expectAgreement), { numRuns: 1500 });
  });

  it('[COUNT-1] [COMP-2] without a bio: gup_test and the long-term pins of a registration', () => {
    fc.assert(fc.property(inAnyState, presets, otherManners, expectAgreement), { numRuns: 1500 });
  });
});
