import { pinForApi, releaseForApi } from './apis.ts';
import { listBvecs, startBio, sumBioMemory } from './bios.ts';
import { complete } from './completion.ts';
import { Ledger } from './ledger.ts';
import type { Range } from './memory.ts';
import { countFolioRuns, countPhysicalRuns, listPages } from './page-list.ts';
import { chooseStrategy } from './strategies.ts';
import type { Strategy } from './strategies.ts';
import type {
  BioMemory,
  Demand,
  ReferenceBvec,
  ReferenceRequest,
  ReferenceResult,
  ReferenceRow,
} from './types.ts';

export { firstFreshFrame } from './fresh-frames.ts';
export { eventNames } from './ledger.ts';
export { modelledStrategies } from './strategies.ts';
export type {
  BioMemory,
  MetaByStage,
  NodestatByStage,
  Overheads,
  ReferenceBvec,
  ReferenceRequest,
  ReferenceResult,
  ReferenceRow,
  ReferencesOfFolio,
  Temporary,
} from './types.ts';

/**
 * Counts one request page by page, in the plainest way there is.
 *
 * It shares no code with the product and takes time in proportion to pages times rows: it exists
 * to be compared with. Pages that no row names, the zero page and those that a fault put in the place
 * of others, have frames from `firstFreshFrame` up.
 *
 * @param rows     A layout in ascending order.
 * @param request  `offset` and `length` in bytes, multiples of 512.
 * @throws {Error} on a strategy, parameter or flag it does not model.
 */
export function countReference(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): ReferenceResult {
  const ledger = new Ledger();
  const strategy = chooseStrategy(request.strategy, request.parameters);
  const described = listPages(rows, request);
  const pages = [...described];
  const memory = { pages, demand: demandOf(request, strategy) };
  const range = { memory, start: 0, end: pages.length };

  const { api = 'direct-io' } = request;
  const carried =
    api === 'direct-io'
      ? carryInBios(ledger, strategy, range, request.path)
      : carryInArray(ledger, strategy, range, request);
  const pinned = described.slice(0, carried.pages).filter((page) => page.mapped);
  return {
    strategy: request.strategy,
    parameters: strategy.parameters,
    outcome: { kind: outcomeKind(carried.pages, pages.length), pages: carried.pages },
    pages: pages.length,
    folioRuns: countFolioRuns(pinned),
    physicalRuns: countPhysicalRuns(pinned),
    bios: carried.bios,
    calls: ledger.calls,
    events: ledger.events,
    overheads: ledger.overheads,
    bvecs: carried.bvecs,
    bio: carried.bio,
    temporary: ledger.temporary,
    irqOffPages: ledger.irqOffPages,
    references: ledger.references,
    metaByStage: ledger.metaByStage,
    nodestatByStage: ledger.nodestatByStage,
  };
}

function demandOf(request: ReferenceRequest, strategy: Strategy): Demand {
  const isLongTerm = request.api === 'register';
  return {
    kernel: strategy.kernel,
    kind: strategy.kind,
    writes: request.op === 'read' || isLongTerm,
    isLongTerm,
  };
}

/** How many pages a request had in the end, and the bios that carry them. */
type Carried = {
  readonly pages: number;
  readonly bios: number;
  readonly bvecs: readonly ReferenceBvec[];
  readonly bio: BioMemory;
};

function carryInBios(
  ledger: Ledger,
  strategy: Strategy,
  range: Range,
  path: 'async' | 'sync',
): Carried {
  const bios = strategy.buildBios(ledger, range, path);
  complete(ledger, bios, range.memory.demand, strategy.release);
  return {
    pages: bios.flatMap((bio) => bio.bvecs.flatMap(({ pages }) => pages)).length,
    bios: bios.length,
    bvecs: listBvecs(bios),
    bio: sumBioMemory(bios, startBio(path, range.end, range.end)),
  };
}

/** gup_test keeps what its last call had; a registration that fails keeps nothing. */
function carryInArray(
  ledger: Ledger,
  strategy: Strategy,
  range: Range,
  request: ReferenceRequest,
): Carried {
  const isRegistration = request.api === 'register';
  const pagesPerCall = isRegistration ? range.end : (request.pagesPerCall ?? range.end);
  const call = pinForApi(ledger, range, strategy.extract, pagesPerCall);
  releaseForApi(ledger, range, call, strategy.holds);
  const isKept = !isRegistration || call.taken.length === range.end;
  return {
    pages: isKept ? call.taken.length : 0,
    bios: 0,
    bvecs: [],
    bio: { path: request.path, vecs: 0, bytes: 0, source: 'none' },
  };
}

function outcomeKind(pinned: number, asked: number): 'pinned' | 'short' | 'efault' {
  if (pinned === asked) {
    return 'pinned';
  }
  return pinned === 0 ? 'efault' : 'short';
}
