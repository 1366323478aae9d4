import { listBvecs, startBio, sumBioMemory } from './bios.ts';
import { complete } from './completion.ts';
import { Ledger } from './ledger.ts';
import { countFolioRuns, countPhysicalRuns, listPages, listPagesBeforeGap } from './page-list.ts';
import { chooseStrategy } from './strategies.ts';
import type { ReferenceRequest, ReferenceResult, ReferenceRow } from './types.ts';

export { eventNames } from './ledger.ts';
export type {
  BioMemory,
  MetaByStage,
  NodestatByStage,
  ReferenceBvec,
  ReferenceRequest,
  ReferenceResult,
  ReferenceRow,
  ReferencesOfFolio,
  Temporary,
} from './types.ts';

/**
 * Counts one direct I/O page by page, in the plainest way there is.
 *
 * It shares no code with the product and takes time in proportion to pages times rows: it exists
 * to be compared with.
 *
 * @param rows     A layout in ascending order, every page present, writable and exclusive.
 * @param request  `offset` and `length` in bytes, multiples of 512.
 * @throws {Error} on a strategy, parameter or flag it does not model.
 */
export function countReference(
  rows: readonly ReferenceRow[],
  request: ReferenceRequest,
): ReferenceResult {
  const ledger = new Ledger();
  const strategy = chooseStrategy(request.strategy, request.parameters);
  const pages = listPages(rows, request);
  const pinned = listPagesBeforeGap(pages);

  const bios = strategy.run(ledger, { pages, path: request.path });
  complete(ledger, bios, request.op, strategy.release);

  const unusedBio = startBio(request.path, pages.length, pages.length);
  return {
    strategy: request.strategy,
    parameters: strategy.parameters,
    outcome: { kind: outcomeKind(pinned.length, pages.length), pages: pinned.length },
    pages: pages.length,
    folioRuns: countFolioRuns(pinned),
    physicalRuns: countPhysicalRuns(pinned),
    bios: bios.length,
    calls: ledger.calls,
    events: ledger.events,
    bvecs: listBvecs(bios),
    bio: sumBioMemory(bios, unusedBio),
    temporary: ledger.temporary,
    irqOffPages: ledger.irqOffPages,
    references: ledger.references,
    metaByStage: ledger.metaByStage,
    nodestatByStage: ledger.nodestatByStage,
  };
}

function outcomeKind(pinned: number, asked: number): 'pinned' | 'short' | 'efault' {
  if (pinned === asked) {
    return 'pinned';
  }
  return pinned === 0 ? 'efault' : 'short';
}
