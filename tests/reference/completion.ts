import type { Bio, Bvec } from './bios.ts';
import type { Ledger } from './ledger.ts';
import { dirtyFolio, put, unpin } from './references.ts';
import { listPieces } from './release.ts';
import type { Demand } from './types.ts';

/**
 * How references are given back: `put per page` is v5.10, `unpin per page` v6.11, `unpin per
 * piece` v6.12 and later, `unpin one per piece` the contract of one reference per run.
 */
export type Release = 'put per page' | 'unpin per page' | 'unpin per piece' | 'unpin one per piece';

/** Completes every bio of the I/O: releases all references and, after a read, sets dirty. */
export function complete(
  ledger: Ledger,
  bios: readonly Bio[],
  demand: Demand,
  release: Release,
): void {
  for (const bio of bios) {
    for (const bvec of bio.bvecs) {
      if (demand.writes) {
        dirtyBvec(ledger, bvec, release);
      }
      releaseBvec(ledger, bvec, demand, release);
    }
  }
}

function dirtyBvec(ledger: Ledger, bvec: Bvec, release: Release): void {
  if (release === 'put per page') {
    for (const page of bvec.pages) {
      if (page.order === 0) {
        dirtyFolio(ledger, page);
      }
    }
    return;
  }
  for (const piece of listPieces(bvec.pages)) {
    dirtyFolio(ledger, piece.first);
  }
}

function releaseBvec(ledger: Ledger, bvec: Bvec, demand: Demand, release: Release): void {
  if (release === 'put per page') {
    for (const page of bvec.pages) {
      ledger.meta('completion', 1);
      put(ledger, page, demand);
    }
    return;
  }
  ledger.meta('completion', 1);
  if (release === 'unpin per page') {
    for (const page of bvec.pages) {
      ledger.meta('completion', 1);
      unpin(ledger, page, 1, demand);
    }
    return;
  }
  for (const piece of listPieces(bvec.pages)) {
    unpin(ledger, piece.first, release === 'unpin per piece' ? piece.pages : 1, demand);
  }
}
