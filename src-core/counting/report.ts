import { ledgerIndex } from './events.ts';
import { pushSlice } from './slices.ts';
import type { CountingState } from './state.ts';

const PTR_STORE = ledgerIndex('record', 'ptr_store');
const VEC_STORE = ledgerIndex('record', 'vec_store');

/** Appends pages to the page array, joining a slice that goes on in the same frames; stores are counted apart. */
export function reportPages(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
): void {
  const { slices } = state;
  const last = slices.length - 1;
  if (
    last >= state.sliceFloor &&
    slices.pfn[last] + slices.pages[last] === pfn &&
    slices.order[last] === order &&
    slices.flags[last] === flags
  ) {
    slices.pages[last] += pages;
  } else {
    pushSlice(slices, pfn, pages, order, flags, false);
  }
}

/** Stores of a result: one for each run, or one for each page where pages are reported. */
export function reportRuns(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  newRuns: number,
  continues: boolean,
): void {
  const { result } = state.policies;
  if (result === 'page-pointers') state.ledger[PTR_STORE] += pages;
  else if (result === 'folio-range' || result === 'bio-vec') state.ledger[VEC_STORE] += newRuns;
  else state.ledger[PTR_STORE] += newRuns;
  pushSlice(state.slices, pfn, pages, order, flags, continues);
}
