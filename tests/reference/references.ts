import type { Ledger } from './ledger.ts';
import { isUpTo } from './types.ts';
import { isCounted } from './states.ts';
import type { Demand, MappedPage } from './types.ts';

/** GRAB of the fast path: takes references and looks at the folio twice, before and after. */
export function grab(ledger: Ledger, page: MappedPage, references: number, demand: Demand): void {
  ledger.meta('walkAndGrab', 2);
  if (demand.kind === 'get') {
    ledger.lockOperation('reference', 1);
  } else {
    ledger.lockOperation('reference', 2);
    ledger.nodestat('acquire', references);
  }
  ledger.addReferences(page, references);
}

/** GRAB of the slow path: one look at the folio, which cannot change. The zero page has no references. */
export function grabSlow(
  ledger: Ledger,
  page: MappedPage,
  references: number,
  demand: Demand,
): void {
  if (!isCounted(page, demand)) {
    return;
  }
  ledger.slowGrabs += 1;
  ledger.meta('walkAndGrab', 1);
  if (demand.kind === 'get') {
    ledger.lockOperation('reference', 1);
  } else {
    ledger.lockOperation('reference', page.order > 0 ? 2 : 1);
    ledger.nodestat('acquire', references);
  }
  ledger.addReferences(page, references);
}

/** A reference that is tried on a folio in CMA memory and dropped at once. */
export function tryCma(ledger: Ledger, page: MappedPage, references: number): void {
  ledger.meta('walkAndGrab', 2);
  ledger.lockOperation('reference', 1);
  ledger.lockOperation('release', 1);
  ledger.addReferences(page, references);
  ledger.removeReferences(page, references);
}

/** Gives back what a fast grab took. */
export function undoGrab(
  ledger: Ledger,
  page: MappedPage,
  references: number,
  demand: Demand,
): void {
  if (demand.kind === 'pin') {
    unpin(ledger, page, references, demand, 'undo');
    return;
  }
  ledger.count('put', 1);
  ledger.lockOperation('release', 1);
  ledger.removeReferences(page, references);
}

/** MARK: sets the referenced bit of the page, always. */
export function mark(ledger: Ledger): void {
  ledger.lockOperation('mark', 1);
}

/** UNPIN since v6.11. */
export function unpin(
  ledger: Ledger,
  page: MappedPage,
  references: number,
  demand: Demand,
  stage: 'release' | 'undo' = 'release',
): void {
  if (!isCounted(page, demand)) {
    return;
  }
  ledger.count('unpin_call', 1);
  ledger.nodestat(stage, references);
  ledger.lockOperation('release', page.order > 0 ? 2 : 1);
  ledger.removeReferences(page, references);
}

/** PUT: releases one plain reference. */
export function put(ledger: Ledger, page: MappedPage, demand: Demand): void {
  if (!isCounted(page, demand)) {
    return;
  }
  ledger.count('put', 1);
  ledger.lockOperation('release', 1);
  ledger.removeReferences(page, 1);
}

/** Whether the memory of a leaf of device pages is taken page by page. */
export function isTakenPageByPage(page: MappedPage, demand: Demand): boolean {
  return page.leaf !== 'pte' && page.type === 'devmap' && isUpTo(demand, 'v6.11');
}

/** Sets a folio dirty: lock and unlock, and for a file folio the dirty bit itself. */
export function dirtyFolio(ledger: Ledger, page: MappedPage): void {
  ledger.count('dirty_folio', 1);
  ledger.lockOperation('dirty', page.type === 'file' ? 3 : 2);
}
