import { PGD_PAGES, PMD_PAGES, PUD_PAGES } from '../units.ts';
import { ledgerIndex } from './events.ts';
import type { CountingState } from './state.ts';

const PGD = ledgerIndex('walk', 'lvl_pgd');
const P4D = ledgerIndex('walk', 'lvl_p4d');
const PUD = ledgerIndex('walk', 'lvl_pud');
const PMD = ledgerIndex('walk', 'lvl_pmd');

/** Aligned blocks of `size` pages touched by the pages `first` to `last`. */
export function blocksTouched(first: number, last: number, size: number): number {
  return Math.floor(last / size) - Math.floor(first / size) + 1;
}

/**
 * Level steps of one walk over the pages `first` to `last`.
 *
 * @param blocksUnderPud  2 MiB blocks mapped by PUD entries, which have no PMD step.
 * @source SPEC rule FAST-1: one step for each 512 GiB, 1 GiB and 2 MiB block; P4D is
 * folded into PGD, and did not exist before v4.11.
 */
export function countLevels(
  state: CountingState,
  first: number,
  last: number,
  blocksUnderPud: number,
): void {
  const { ledger } = state;
  const pgd = blocksTouched(first, last, PGD_PAGES);
  ledger[PGD] += pgd;
  if (state.era !== 'v2.6') ledger[P4D] += pgd;
  ledger[PUD] += blocksTouched(first, last, PUD_PAGES);
  ledger[PMD] += blocksTouched(first, last, PMD_PAGES) - blocksUnderPud;
}

/** Level steps of `times` separate walks to one entry: the locked walk starts over for every step. */
export function countFullWalks(state: CountingState, times: number, isPudLeaf: boolean): void {
  const { ledger } = state;
  ledger[PGD] += times;
  if (state.era !== 'v2.6') ledger[P4D] += times;
  ledger[PUD] += times;
  if (!isPudLeaf) ledger[PMD] += times;
}
