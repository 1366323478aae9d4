import { ledgerIndex } from './events.ts';
import type { CountingState } from './state.ts';

const TAKEN_OFF = ledgerIndex('grab', 'lock_op.other');
const PUT_BACK = ledgerIndex('release', 'lock_op.other');

/** Pages that share one LRU lock where the book-keeping is batched: a pagevec of that time. */
const PAGEVEC_PAGES = 15;

/**
 * What the book-keeping of 2018 adds to the pages that were pinned: each leaves the LRU while it is pinned and
 * comes back, one locked operation for its flag and one for the LRU lock, which a batch shares.
 *
 * @source SPEC rule PIN-3; J. Hubbard, "mm/gup: track gup-pinned pages", November 2018.
 */
export function countBookkeeping(state: CountingState): void {
  const { ledger, policies, figures } = state;
  if (policies.bookkeeping === 'none' || !state.isPin) return;
  const pages = figures.pagesTaken;
  const locks = policies.bookkeeping === 'off-lru' ? pages : Math.ceil(pages / PAGEVEC_PAGES);
  ledger[TAKEN_OFF] += pages + locks;
  ledger[PUT_BACK] += pages + locks;
}
