import { PRICED, recordFromKeys } from '#core';
import type { CostModel } from '#core';

/** A cost model in which no two events cost the same. */
function madeUpModel(id: string): CostModel {
  const tracer = { enterNs: 90, exitNs: 40, exitNsRange: [30, 50] } as const;
  return {
    id,
    title: id,
    provenance: 'Made up for tests.',
    error: 'Nothing was measured.',
    prices: recordFromKeys(PRICED, (_name, index) => 1 + index / 8),
    cacheBytes: null,
    jitter: { sigma: 0.1 },
    tracer: {
      before: { ...tracer, ownTimeScale: 1.5 },
      after: { ...tracer, ownTimeScale: 2.25 },
    },
  };
}

/** Cost models under the names the built-in ones have. */
export const MADE_UP_MODELS: readonly CostModel[] = ['textbook', 'lpc-2024'].map(madeUpModel);
