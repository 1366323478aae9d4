import type { Ledger } from './ledger.ts';
import type { MappedPage } from './types.ts';

/** GRAB of the fast path: takes references and looks at the folio twice, before and after. */
export function grab(
  ledger: Ledger,
  page: MappedPage,
  references: number,
  kind: 'get' | 'pin',
): void {
  ledger.meta('walkAndGrab', 2);
  if (kind === 'get') {
    ledger.lockOperation('reference', 1);
  } else {
    ledger.lockOperation('reference', 2);
    ledger.nodestat('acquire', references);
  }
  ledger.addReferences(page, references);
}

/** GRAB of the slow path for a plain reference: one look at the folio, which cannot change. */
export function getSlow(ledger: Ledger, page: MappedPage): void {
  ledger.meta('walkAndGrab', 1);
  ledger.lockOperation('reference', 1);
  ledger.addReferences(page, 1);
}

/** MARK: sets the referenced bit of the page, always. */
export function mark(ledger: Ledger): void {
  ledger.lockOperation('mark', 1);
}

/** UNPIN since v6.11. */
export function unpin(ledger: Ledger, page: MappedPage, references: number): void {
  ledger.count('unpin_call', 1);
  ledger.nodestat('release', references);
  ledger.lockOperation('release', page.order > 0 ? 2 : 1);
  ledger.removeReferences(page, references);
}

/** PUT: releases one plain reference. */
export function put(ledger: Ledger, page: MappedPage): void {
  ledger.count('put', 1);
  ledger.lockOperation('release', 1);
  ledger.removeReferences(page, 1);
}

/** Sets a folio dirty: lock and unlock, and for a file folio the dirty bit itself. */
export function dirtyFolio(ledger: Ledger, page: MappedPage): void {
  ledger.count('dirty_folio', 1);
  ledger.lockOperation('dirty', page.isFile ? 3 : 2);
}
