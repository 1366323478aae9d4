import type { CostModel } from '../cost/cost-model.ts';
import type { Api, IoRequest } from '../counting/request.ts';
import { ModelError } from '../errors.ts';
import type { TracerMode } from '../experiment/experiment.ts';
import { explainIo } from '../explain/explain.ts';
import type { Explanation } from '../explain/explain.ts';
import type { Layout } from '../layout/layout.ts';
import { resolveStrategy } from '../strategy/strategy.ts';
import type { Strategy, StrategyRequest } from '../strategy/strategy.ts';
import { PAGE_BYTES } from '../units.ts';
import { unitCosts } from './cost-models.ts';

/** A strategy by its preset and what departs from it. */
export function strategyFrom(request: StrategyRequest | string, api: Api = 'direct-io'): Strategy {
  const asked = typeof request === 'string' ? { id: request } : request;
  const result = resolveStrategy(asked, api);
  if (!result.ok) throw new ModelError('bad-composition', result.problem.message);
  return result.strategy;
}

/** What differs from an asynchronous direct write of all pages from virtual page 0 on. */
export type Differences = Partial<IoRequest> & {
  /** First virtual page, instead of `offset`. */
  readonly firstPage?: number;
  /** Whole pages, instead of `length`. */
  readonly pages?: number;
  readonly costModel?: CostModel;
  readonly tracer?: TracerMode;
};

function endOfLayout(layout: Layout): number {
  const last = layout.length - 1;
  return layout.vaPage[last] + layout.pages[last];
}

/** The request a test means: from its first page to the end of the layout unless told otherwise. */
export function requestOn(layout: Layout, differences: Differences = {}): IoRequest {
  const { firstPage = 0, pages } = differences;
  const offset = differences.offset ?? firstPage * PAGE_BYTES;
  const length =
    differences.length ??
    (pages === undefined ? endOfLayout(layout) * PAGE_BYTES - offset : pages * PAGE_BYTES);
  const { api = 'direct-io', op = 'write', path = 'async', pagesPerCall, caches } = differences;
  const request = { api, op, path, offset, length, caches: caches ?? 'hot' };
  return pagesPerCall === undefined ? request : { ...request, pagesPerCall };
}

/** Explains one I/O at one nanosecond an event, untraced unless told otherwise. */
export function explainOn(
  layout: Layout,
  strategy: StrategyRequest | string,
  differences: Differences = {},
): Explanation {
  const request = requestOn(layout, differences);
  return explainIo({
    layout,
    request,
    strategy: strategyFrom(strategy, request.api),
    costModel: differences.costModel ?? unitCosts,
    tracer: differences.tracer ?? 'off',
  });
}

/** Events that occurred, of all phases together. */
export function eventsOf(explanation: Explanation): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(explanation.events).filter(([, count]) => count > 0));
}
