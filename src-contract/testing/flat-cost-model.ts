import { PRICED, recordFromKeys } from '#core';
import type { CostModel } from '#core';

const tracer = { enterNs: 100, exitNs: 50, exitNsRange: [40, 60], ownTimeScale: 1 } as const;

/** Every event costs the same and nothing varies, so that figures can be checked by hand. */
export const FLAT_COST_MODEL: CostModel = {
  id: 'flat',
  title: 'One nanosecond for everything',
  provenance: 'Made up for tests.',
  error: 'Not applicable.',
  prices: recordFromKeys(PRICED, () => 1),
  cacheBytes: null,
  jitter: { sigma: 0 },
  tracer: { before: tracer, after: tracer },
};
