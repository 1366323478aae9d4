import { bookAllocation } from './result-memory.ts';
import { bioSource } from './allocations.ts';
import { countVectorLookups, endPiece } from './completion.ts';
import { ledgerIndex } from './events.ts';
import { BVEC_BYTES, bioVectorsFor } from './memory-classes.ts';
import type { CountingState } from './state.ts';

const BVEC_NEW = ledgerIndex('add', 'bvec_new');
const BIO_START = ledgerIndex('submit', 'bio_start');
const BIO_END = ledgerIndex('complete', 'bio_end');

/** Starts a bio for the rest of the I/O. Source: SPEC rules BIO-1, BIO-3. */
function startBio(state: CountingState, pagesLeft: number): void {
  const { figures } = state;
  endPiece(state);
  const bio = bioVectorsFor(state.isSync ? 'sync' : 'async', state.ioPages, pagesLeft);
  if (figures.bioSource === 'none') figures.bioSource = bio.source;
  if (bio.source === 'slab' || bio.source === 'kmalloc') {
    bookAllocation(state, bioSource(bio.source, bio.vectors, bio.bytes), bio.bytes);
  }
  figures.biosStarted += 1;
  state.vectorsUsed = 0;
  state.vectorsMost = bio.vectors;
  state.vectorEnd = -1;
  state.recorder?.step('bio', 1, -1, pagesLeft);
}

/** Makes sure that there is a bio with room; `pagesLeft` pages are not yet in one. */
export function ensureBio(state: CountingState, pagesLeft: number): void {
  if (state.vectorsUsed < state.vectorsMost) return;
  if (state.vectorsMost > 0) state.recorder?.step('bio-end', 1, -1, 0);
  startBio(state, pagesLeft);
}

/** Books `times` new vectors in the current bio, which has room for them. */
export function countNewVectors(state: CountingState, times: number): void {
  const { figures } = state;
  if (state.vectorsUsed === 0) {
    figures.bios += 1;
    figures.bioVectors += state.vectorsMost;
    figures.bioBytes += state.vectorsMost * BVEC_BYTES;
  }
  state.vectorsUsed += times;
  state.ledger[BVEC_NEW] += times;
  state.recorder?.step('bvec', times, -1, 0);
  countVectorLookups(state, times);
}

/** Sets up, submits and ends the bios of an I/O; one that carries nothing is not submitted. Source: SPEC rule COST-4. */
export function countBios({ ledger, figures }: CountingState): void {
  ledger[BIO_START] += figures.bios;
  ledger[BIO_END] += figures.bios;
}
