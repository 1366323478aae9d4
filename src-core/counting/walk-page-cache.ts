import { FLAG } from '../layout/layout.ts';
import { foliosSpanned, pagesLeftInFolio, startsFolio } from '../layout/folio.ts';
import { ledgerIndex } from './events.ts';
import { countSlowGrabs } from './grab-slow.ts';
import { slowVisit } from './page-states.ts';
import { reportRuns } from './report.ts';
import { countNewFolios } from './slow-faults.ts';
import type { CountingState, WalkStop } from './state.ts';

const REFERENCE = ledgerIndex('grab', 'lock_op.reference');
const FAULT = ledgerIndex('walk', 'fault');
const PUT = ledgerIndex('walk', 'put');
const RELEASE = ledgerIndex('walk', 'lock_op.release');

/** Folios of one look-up: a folio_batch. */
export const BATCH_FOLIOS = 31;

/**
 * Pins the folios of a memfd by batches from the page cache: each is found with a reference, pinned, and the
 * reference of the look-up dropped. The layout stands for the file; a folio that is absent is made.
 *
 * @source SPEC rule MEMFD-1; Linux 7.1 mm/gup.c memfd_pin_folios().
 */
export function walkPageCache(state: CountingState, pages: number): WalkStop {
  const { layout, ledger, recorder, slices } = state;
  const end = state.position + pages;
  let folios = 0;
  let stop: WalkStop = 'done';
  state.sliceFloor = slices.length;
  while (state.position < end) {
    const { position, extent } = state;
    if (extent >= layout.length || layout.vaPage[extent] > position) {
      stop = 'stopped';
      break;
    }
    const offset = position - layout.vaPage[extent];
    const taken = Math.min(layout.pages[extent] - offset, end - position);
    const order = layout.order[extent];
    const pfn = layout.pfn[extent] + offset;
    const goesOn = continuesLast(state, pfn, order);
    const found = foliosSpanned(pfn, taken, order) - (goesOn ? 1 : 0);
    if ((layout.flags[extent] & FLAG.absent) !== 0) {
      ledger[FAULT] += found;
      // A memfd is shmem or hugetlb: new folios are cleared.
      countNewFolios(ledger, found, order);
      if (found > 0) recorder?.step('fault', found, pfn, taken);
    }
    ledger[REFERENCE] += found;
    countSlowGrabs(state, order, 1, found);
    ledger[PUT] += found;
    ledger[RELEASE] += found;
    reportRuns(state, pfn, taken, order, flagsOf(state, extent), found, goesOn);
    recorder?.step('slow-grab', found, pfn, taken);
    bookFolios(state, pfn, taken, order, goesOn);
    folios += found;
    state.position = position + taken;
    if (offset + taken === layout.pages[extent]) state.extent = extent + 1;
  }
  // The look-up that the caller has counted is the first.
  state.figures.calls += Math.max(0, Math.ceil(folios / BATCH_FOLIOS) - 1);
  return stop;
}

function flagsOf({ layout, demand }: CountingState, extent: number): number {
  return slowVisit(demand, layout.flags[extent], layout.leaf[extent]).flags & ~FLAG.absent;
}

/** Whether a row goes on in the folio in which the row before it ended. */
function continuesLast(state: CountingState, pfn: number, order: number): boolean {
  const { slices } = state;
  const last = slices.length - 1;
  return (
    last >= state.sliceFloor &&
    slices.order[last] === order &&
    slices.pfn[last] + slices.pages[last] === pfn &&
    !startsFolio(pfn, order)
  );
}

/** The pin of each folio, and the reference of its look-up, which is gone again. */
function bookFolios(
  state: CountingState,
  pfn: number,
  pages: number,
  order: number,
  goesOn: boolean,
): void {
  const { recorder } = state;
  if (recorder === null) return;
  const skipped = goesOn ? Math.min(pages, pagesLeftInFolio(pfn, order)) : 0;
  if (skipped === pages) return;
  recorder.bookReferences(pfn + skipped, pages - skipped, order, true, 1);
  recorder.bookReferences(pfn + skipped, pages - skipped, order, true, 1);
  recorder.bookReferences(pfn + skipped, pages - skipped, order, true, -1);
}
