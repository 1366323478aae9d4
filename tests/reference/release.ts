import type { Ledger } from './ledger.ts';
import { put, unpin } from './references.ts';
import type { Demand, MappedPage } from './types.ts';

/** Cuts pages into pieces, one for each change of folio. */
export function listPieces(
  pages: readonly MappedPage[],
): { readonly first: MappedPage; readonly pages: number }[] {
  const pieces: { first: MappedPage; pages: number }[] = [];
  for (const page of pages) {
    const piece = pieces.at(-1);
    if (piece?.first.folio === page.folio) {
      piece.pages += 1;
    } else {
      pieces.push({ first: page, pages: 1 });
    }
  }
  return pieces;
}

/**
 * Drops the references on an array of pages: plain ones page by page, pins folio by folio. Every
 * entry is looked up.
 */
export function releaseArray(
  ledger: Ledger,
  pages: readonly MappedPage[],
  demand: Demand,
  stage: 'release' | 'undo',
): void {
  ledger.meta(stage === 'undo' ? 'walkAndGrab' : 'completion', pages.length);
  if (demand.kind === 'get') {
    for (const page of pages) {
      put(ledger, page, demand);
    }
    return;
  }
  for (const piece of listPieces(pages)) {
    unpin(ledger, piece.first, piece.pages, demand, stage);
  }
}

/** Drops what a walk of runs took: one reference a run, or one a page, at once. */
export function releaseRuns(
  ledger: Ledger,
  runs: readonly (readonly MappedPage[])[],
  demand: Demand,
  references: 'one' | 'pages',
  stage: 'release' | 'undo',
): void {
  for (const pages of runs) {
    const [first] = pages;
    if (first !== undefined) {
      unpin(ledger, first, references === 'one' ? 1 : pages.length, demand, stage);
    }
  }
}
