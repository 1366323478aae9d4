import { readFileSync } from 'node:fs';
import { parseCostModel } from '#contract';
import { buildLayoutFromSpec, explainIo, resolveStrategy } from '#core';
import type { CostModel, Explanation, StrategyRequest } from '#core';

const MODEL_FILE = new URL('../../../../experiments/cost-models/lpc-2024.json', import.meta.url);

function explained(request: StrategyRequest, costModel: CostModel): Explanation {
  const built = buildLayoutFromSpec(
    {
      kind: 'uniform',
      bytes: 1_048_576,
      order: 5,
      frames: 'scattered',
      leaf: 'pte',
      misalignmentPages: 0,
      flags: [],
    },
    1,
  );
  const resolved = resolveStrategy(request, 'direct-io');
  if (!built.ok || !resolved.ok) throw new Error('the example is wrong');
  return explainIo({
    layout: built.layout,
    request: {
      api: 'direct-io',
      op: 'write',
      offset: 0,
      length: 131_072,
      path: 'async',
    },
    strategy: resolved.strategy,
    costModel,
    tracer: 'function-graph',
  });
}

/** The I/O of the talk of 2024, before and after the conversion, with the model fitted to it. */
export function explainTalk(): {
  readonly before: Explanation;
  readonly after: Explanation;
  readonly model: CostModel;
} {
  const parsed = parseCostModel(readFileSync(MODEL_FILE, 'utf8'), 'lpc-2024.json');
  if (!parsed.ok) throw new Error('the cost model is wrong');
  const model = parsed.costModel;
  return {
    before: explained({ id: 'per-page', parameters: { kernel: 'v6.11' } }, model),
    after: explained(
      { id: 'folio-threshold', parameters: { threshold: 32, unit: 'pages' } },
      model,
    ),
    model,
  };
}
