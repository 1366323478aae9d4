import { FLAG, PTE_LEAF, PUD_LEAF } from '../layout/layout.ts';
import { entryOrder, foliosSpanned, pagesLeftInFolio } from '../layout/folio.ts';
import { PAGES_OF_ORDER } from '../units.ts';
import { ledgerIndex } from './events.ts';
import type { Ledger } from './events.ts';
import { mappedOrder } from './page-states.ts';
import type { SlowVisit } from './page-states.ts';
import type { Stretch } from './slow-stretch.ts';
import type { CountingState } from './state.ts';
import { countFullWalks } from './walk-levels.ts';

const PTE_READ = ledgerIndex('walk', 'pte_read');
const PTL_LOCK = ledgerIndex('walk', 'ptl_lock');
const PTL_UNLOCK = ledgerIndex('walk', 'ptl_unlock');
const FAULT = ledgerIndex('walk', 'fault');
const FAULT_COPY = ledgerIndex('walk', 'fault_copy');
const FAULT_FOLIO = ledgerIndex('walk', 'fault_folio');
const FAULT_LARGE = ledgerIndex('walk', 'fault_large');
const FAULT_PAGE = ledgerIndex('walk', 'fault_page');
const FAULT_SPLIT = ledgerIndex('walk', 'fault_split');
const MARK = ledgerIndex('grab', 'lock_op.mark');

/** Walks from the PGD to an entry, each under the page-table lock; `tableReads` of them reach a PTE. */
export function countVisits(
  state: CountingState,
  visits: number,
  tableReads: number,
  leaf: number,
): void {
  const { ledger } = state;
  countFullWalks(state, visits, leaf === PUD_LEAF);
  ledger[PTL_LOCK] += visits;
  ledger[PTL_UNLOCK] += visits;
  ledger[PTE_READ] += tableReads;
}

/** Folios that faults have to map for a stretch; a fault maps its folio as far as the extent has it. */
function countUnmappedFolios(state: CountingState, stretch: Stretch): number {
  const { layout, position } = state;
  if (stretch.leaf !== PTE_LEAF) return 1;
  const known = Math.min(stretch.pages, Math.max(0, state.mappedUntil - position));
  const pages = stretch.pages - known;
  if (pages === 0) return 0;
  const row = stretch.extent;
  const order = mappedOrder(layout.order[row], layout.flags[row], stretch.leaf);
  const pfn = layout.pfn[stretch.extent] + stretch.offset + known;
  const folios = foliosSpanned(pfn, pages, order);
  const behind = pagesLeftInFolio(pfn + pages - 1, order) - 1;
  const left = layout.pages[stretch.extent] - stretch.offset - stretch.pages;
  state.mappedUntil = position + stretch.pages + Math.min(behind, left);
  return folios;
}

/** Whether a fault that maps a page allocates and clears it: files, devices and the zero page have theirs. */
function bringsNewFolio(flags: number): boolean {
  return (flags & (FLAG.file | FLAG.devmap | FLAG.zero)) === 0;
}

/** Counts folios that faults allocate, whose pages are cleared or copied. Source: SPEC rule FAULT-9. */
export function countNewFolios(ledger: Ledger, folios: number, order: number): void {
  ledger[FAULT_FOLIO] += folios;
  if (order > 0) ledger[FAULT_LARGE] += folios;
  ledger[FAULT_PAGE] += folios * PAGES_OF_ORDER[order];
}

/**
 * Raises the faults of a stretch that starts at `state.position`: each costs a walk that finds the entry
 * wanting, and the fault itself; the walk that succeeds is not counted here.
 *
 * @source SPEC rules FAULT-1 to FAULT-5, FAULT-9.
 */
export function raiseFaults(state: CountingState, stretch: Stretch, visit: SlowVisit): void {
  const { ledger, layout } = state;
  const { extent } = stretch;
  const flags = layout.flags[extent];
  const isTable = stretch.leaf === PTE_LEAF;
  const mapped = visit.mapFaults === 0 ? 0 : countUnmappedFolios(state, stretch);
  const changed = visit.entryFaults * (isTable ? stretch.pages : 1);
  const isWhole = !isTable && (flags & FLAG.hugetlb) !== 0;
  const replaced = visit.replaceFaults === 0 ? 0 : isWhole ? 1 : stretch.pages;
  const faults = mapped + changed + replaced;
  if (faults === 0) return;
  // The first fault on a leaf entry splits it; the pages after it are found on PTEs.
  const onTable = isTable ? faults : Math.max(0, replaced - 1);
  countVisits(state, faults - onTable, 0, stretch.leaf);
  countVisits(state, onTable, onTable, PTE_LEAF);
  ledger[FAULT] += faults;
  ledger[FAULT_COPY] += replaced * visit.copies;
  const leafOrder = entryOrder(stretch.leaf);
  if (bringsNewFolio(flags))
    countNewFolios(ledger, mapped, isTable ? layout.order[extent] : leafOrder);
  countNewFolios(ledger, replaced, isWhole ? leafOrder : 0);
  if (!isTable && !isWhole && replaced > 0) ledger[FAULT_SPLIT] += 1;
  ledger[MARK] += mapped + replaced;
  const pfn = layout.pfn[extent] + stretch.offset;
  state.recorder?.step('fault', faults, pfn, stretch.pages);
}
