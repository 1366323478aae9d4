import { buildLayout, explainIo, requestProblem, resolveStrategy } from '#core';
import type { Explanation, IoRequest, Layout, PageFlag, Strategy } from '#core';
import { unitCosts } from '../../src-core/testing/cost-models.ts';
import { countReference } from '../reference/index.ts';
import type {
  ReferenceBvec,
  ReferenceRequest,
  ReferenceResult,
  ReferenceRow,
  ReferencesOfFolio,
} from '../reference/index.ts';

export function layoutFromRows(rows: readonly ReferenceRow[]): Layout {
  const result = buildLayout(
    rows.map((row) => ({ ...row, flags: row.flags.map((flag) => flag as PageFlag) })),
  );
  if (!result.ok) throw new Error(`row ${result.problem.row}: ${result.problem.message}`);
  return result.layout;
}

/** The same request in the words of the core. */
function requestFromReference(request: ReferenceRequest): IoRequest {
  const { api = 'direct-io', op, offset, length, path, pagesPerCall } = request;
  const rest = pagesPerCall === undefined ? {} : { pagesPerCall };
  return { api, op, offset, length, path, ...rest };
}

function strategyFromReference(request: ReferenceRequest): Strategy {
  const { strategy: id, parameters, api = 'direct-io' } = request;
  const resolved = resolveStrategy({ id, parameters }, api);
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return resolved.strategy;
}

/** Whether the core counts a request: some memory does not go together in one. */
export function isCountable(rows: readonly ReferenceRow[], request: ReferenceRequest): boolean {
  const { policies } = strategyFromReference(request);
  return requestProblem(layoutFromRows(rows), requestFromReference(request), policies) === null;
}

/** Explains a request of the reference implementation with the fast counter. */
export function explainRequest(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Explanation {
  return explainIo({
    layout: layoutFromRows(rows),
    request: requestFromReference(request),
    strategy: strategyFromReference(request),
    costModel: unitCosts,
    tracer: 'off',
  });
}

/** What both implementations say. */
export type Comparable = Omit<ReferenceResult, 'references'> & {
  /**
   * References of all folios in frames that no row has. There is one huge zero folio here, and there one for
   * each entry that maps it.
   */
  readonly newReferences: ReferencesOfFolio;
  readonly references: ReadonlyMap<number, ReferencesOfFolio>;
};

/** Frames that a row says are mapped; a zero row says none. */
function isFrameOf(rows: readonly ReferenceRow[], pfn: number): boolean {
  return rows.some(({ pfn: first, pages, order, flags }) => {
    const size = 2 ** order;
    const start = Math.floor(first / size) * size;
    const end = Math.ceil((first + pages) / size) * size;
    return !flags.includes('zero') && start <= pfn && pfn < end;
  });
}

/** A preset has more parameters than the reference models. */
const NOT_COMPARED = {};

/** A frame that no row has: the two implementations number them differently. */
const NEW_FRAME = -1;

function comparableBvecs(
  rows: readonly ReferenceRow[],
  bvecs: readonly ReferenceBvec[],
): ReferenceBvec[] {
  return bvecs.map((bvec) => (isFrameOf(rows, bvec.pfn) ? bvec : { ...bvec, pfn: NEW_FRAME }));
}

function comparableReferences(
  rows: readonly ReferenceRow[],
  references: ReadonlyMap<number, ReferencesOfFolio>,
): Pick<Comparable, 'references' | 'newReferences'> {
  const all = [...references];
  const unnamed = all.filter(([folio]) => !isFrameOf(rows, folio)).map(([, booked]) => booked);
  return {
    references: new Map(all.filter(([folio]) => isFrameOf(rows, folio))),
    newReferences: {
      added: unnamed.reduce((sum, { added }) => sum + added, 0),
      removed: unnamed.reduce((sum, { removed }) => sum + removed, 0),
    },
  };
}

/** What the reference implementation says. */
export function countedByReference(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): Comparable {
  const result = countReference(rows, request);
  return {
    ...result,
    parameters: NOT_COMPARED,
    bvecs: comparableBvecs(rows, result.bvecs),
    ...comparableReferences(rows, result.references),
  };
}

/** What both implementations say, in the same words; the fast counter's part of the comparison. */
export function comparable(rows: readonly ReferenceRow[], explanation: Explanation): Comparable {
  const { ledger, overheads } = explanation;
  return {
    strategy: explanation.strategy.id,
    parameters: NOT_COMPARED,
    outcome: explanation.outcome,
    pages: explanation.pages,
    folioRuns: explanation.folioRuns,
    physicalRuns: explanation.physicalRuns,
    bios: explanation.bios,
    calls: explanation.calls,
    events: explanation.events,
    overheads: {
      slow_grab_call: overheads.slow_grab_call,
      fault_copy: overheads.fault_copy,
      fault_folio: overheads.fault_folio,
      fault_large: overheads.fault_large,
      fault_page: overheads.fault_page,
      fault_split: overheads.fault_split,
      migration: overheads.migration,
    },
    bvecs: comparableBvecs(rows, explanation.bvecs),
    bio: explanation.bio,
    temporary: explanation.temporary,
    irqOffPages: explanation.irqOffPages,
    ...comparableReferences(rows, explanation.references),
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
