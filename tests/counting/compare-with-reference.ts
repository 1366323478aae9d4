import { buildLayout, explainIo, resolveStrategy } from '#core';
import type { Explanation, Layout, PageFlag } from '#core';
import { unitCosts } from '../../src-core/testing/cost-models.ts';
import { countReference } from '../reference/index.ts';
import type { ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference/index.ts';

export function layoutFromRows(rows: readonly ReferenceRow[]): Layout {
  const result = buildLayout(
    rows.map((row) => ({ ...row, flags: row.flags.map((flag) => flag as PageFlag) })),
  );
  if (!result.ok) throw new Error(`row ${result.problem.row}: ${result.problem.message}`);
  return result.layout;
}

/** Explains a request of the reference implementation with the fast counter. */
export function explainRequest(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Explanation {
  const resolved = resolveStrategy(
    { id: request.strategy, parameters: request.parameters },
    'direct-io',
  );
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return explainIo({
    layout: layoutFromRows(rows),
    request: {
      api: 'direct-io',
      op: request.op,
      offset: request.offset,
      length: request.length,
      path: request.path,
    },
    strategy: resolved.strategy,
    costModel: unitCosts,
    tracer: 'off',
  });
}

/** What the reference implementation says, but for the parameters it filled in. */
export function countedByReference(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Omit<ReferenceResult, 'parameters'> {
  const entries = Object.entries(countReference(rows, request));
  const kept = entries.filter(([key]) => key !== 'parameters');
  return Object.fromEntries(kept) as Omit<ReferenceResult, 'parameters'>;
}

/** What both implementations say, in the same words; the fast counter's part of the comparison. */
export function comparable(explanation: Explanation): Omit<ReferenceResult, 'parameters'> {
  const { ledger } = explanation;
  return {
    strategy: explanation.strategy.id,
    outcome: explanation.outcome,
    pages: explanation.pages,
    folioRuns: explanation.folioRuns,
    physicalRuns: explanation.physicalRuns,
    bios: explanation.bios,
    calls: explanation.calls,
    events: explanation.events,
    bvecs: explanation.bvecs,
    bio: explanation.bio as ReferenceResult['bio'],
    temporary: explanation.temporary,
    irqOffPages: explanation.irqOffPages,
    references: explanation.references,
    metaByStage: {
      walkAndGrab: (ledger.walk.meta ?? 0) + (ledger.grab.meta ?? 0),
      add: ledger.add.meta ?? 0,
      completion: ledger.complete.meta ?? 0,
    },
    nodestatByStage: {
      acquire: ledger.grab.nodestat ?? 0,
      release: ledger.release.nodestat ?? 0,
    },
  };
}
