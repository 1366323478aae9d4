import type { CostModel } from '../cost/cost-model.ts';
import { PRICED } from '../counting/events.ts';
import { recordFromKeys } from '../records.ts';

/** A cost model in which everything costs one nanosecond and the tracer nothing: prices are counts. */
export const unitCosts: CostModel = {
  id: 'unit',
  title: 'one nanosecond each',
  provenance: 'made for tests',
  error: 'none',
  prices: recordFromKeys(PRICED, () => 1),
  cacheBytes: null,
  jitter: { sigma: 0 },
  tracer: recordFromKeys(['before', 'after'], () => ({
    enterNs: 0,
    exitNs: 0,
    exitNsRange: [0, 0] as const,
    ownTimeScale: 1,
  })),
};

/** Every price is another one, so that no event can stand in for another; traces cost something. */
export const distinctCosts: CostModel = {
  ...unitCosts,
  id: 'distinct',
  prices: recordFromKeys(PRICED, (_name, index) => 1 + index / 8),
  tracer: {
    before: { enterNs: 105, exitNs: 70, exitNsRange: [60, 77], ownTimeScale: 1.5 },
    after: { enterNs: 165, exitNs: 110, exitNsRange: [100, 120], ownTimeScale: 0.5 },
  },
};
