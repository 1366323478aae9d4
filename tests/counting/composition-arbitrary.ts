import fc from 'fast-check';
import { ERAS } from '#core';
import type { Policies } from '#core';

const fewEntries = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(255, 256, 257, 600));

/** Every value of every policy, whether they go together or not. */
export const compositions: fc.Arbitrary<Policies> = fc.record({
  era: fc.constantFrom(...ERAS),
  walk: fc.constantFrom('fast', 'fast', 'fast', 'fast-2008', 'locked', 'page-cache'),
  step: fc.constantFrom('page', 'leaf'),
  fallback: fc.constantFrom('keep', 'restart', 'none'),
  grab: fc.constantFrom('per-page', 'per-leaf', 'per-folio', 'per-run', 'per-run', 'per-run'),
  kind: fc.constantFrom('get', 'pin'),
  readOnlyPins: fc.constantFrom('pins', 'pins', 'references', 'separate'),
  bookkeeping: fc.constantFrom('none', 'none', 'off-lru', 'off-lru-batched'),
  devmap: fc.constantFrom('era', 'era', 'compound', 'non-compound'),
  references: fc.constantFrom('pages', 'one'),
  visit: fc.constantFrom('each', 'batched'),
  result: fc.constantFrom(
    'page-pointers',
    'folio-range',
    'bio-vec',
    'folio-pointers',
    'folio-heads',
    'pfn-list',
  ),
  memory: fc.constantFrom(
    'caller',
    'overlay',
    'stack',
    'per-io',
    'threshold',
    'callee-grow',
    'overallocate',
    'page-chain',
  ),
  entries: fewEntries,
  growth: fc.constantFrom('restart', 'restart', 'inside'),
  header: fc.constantFrom(0, 8),
  threshold: fewEntries,
  unit: fc.constantFrom('pages', 'runs'),
  pages: fc.constantFrom(1, 2, 5),
  naturalBoundary: fc.boolean(),
  add: fc.constantFrom(
    'none',
    'page-per-bvec',
    'merge-per-page',
    'scan-and-merge',
    'scan-direct',
    'ranges',
    'ranges',
    'coalesce',
  ),
  callers: fc.constantFrom('converted', 'converted', 'shim'),
  prototypeHoles: fc.constantFrom(false, false, false, true),
  release: fc.constantFrom('per-page', 'per-run', 'per-run', 'per-array'),
});
