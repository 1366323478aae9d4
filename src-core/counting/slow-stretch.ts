import { FLAG, PTE_LEAF, PUD_LEAF } from '../layout/layout.ts';
import { entryOrder } from '../layout/folio.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';
import { copyFrame, hugeCopyFrame, zeroFrame } from './fresh-frames.ts';
import { slowVisit } from './page-states.ts';
import type { SlowVisit } from './page-states.ts';
import type { CountingState } from './state.ts';

/** Pages of one extent from `state.position` on, all on PTEs or under one leaf entry. */
export type Stretch = {
  readonly extent: number;
  /** Pages before it in its extent. Unit: base pages. */
  readonly offset: number;
  readonly pages: number;
  readonly leaf: number;
};

/** What the locked walk finds in a stretch once its faults are done. */
export type Found = {
  /** Frame of the first page; the others follow unless `isScattered`. */
  readonly pfn: number;
  readonly order: number;
  readonly flags: number;
  /** On PTEs, and not under a leaf entry. */
  readonly isTable: boolean;
  /** Copies, or one zero page again and again: no page follows the one before it. */
  readonly isScattered: boolean;
};

/**
 * What can be taken in one go: to the end of the extent, of a leaf entry and, for runs, of the table.
 *
 * @param end  End of the pages asked for. Unit: base pages.
 */
export function stretchAt(state: CountingState, end: number): Stretch {
  const { layout, policies, position, extent } = state;
  const offset = position - layout.vaPage[extent];
  const leaf = layout.leaf[extent];
  let pages = Math.min(layout.pages[extent] - offset, end - position);
  if (leaf !== PTE_LEAF || policies.grab === 'per-run') {
    const size = leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
    pages = Math.min(pages, (Math.floor(position / size) + 1) * size - position);
  }
  return { extent, offset, pages, leaf };
}

/** What the walk does there. */
export function visitStretch(state: CountingState, { extent, leaf }: Stretch): SlowVisit {
  return slowVisit(state.demand, state.layout.flags[extent], leaf);
}

/** The frames of a stretch after its faults. Source: SPEC rules FAULT-3 to FAULT-6. */
export function foundIn(state: CountingState, stretch: Stretch, visit: SlowVisit): Found {
  const { layout, position } = state;
  const order = layout.order[stretch.extent];
  const isTable = stretch.leaf === PTE_LEAF;
  const { flags } = visit;
  const before = layout.flags[stretch.extent];
  if (visit.replaceFaults > 0) {
    const isWhole = !isTable && (before & FLAG.hugetlb) !== 0;
    return isWhole
      ? {
          pfn: hugeCopyFrame(position, entryOrder(stretch.leaf)),
          order: entryOrder(stretch.leaf),
          flags,
          isTable,
          isScattered: false,
        }
      : { pfn: copyFrame(position), order: 0, flags, isTable: true, isScattered: true };
  }
  if ((before & FLAG.zero) !== 0) {
    const zeroOrder = entryOrder(stretch.leaf);
    const zeroPfn = zeroFrame(position, zeroOrder);
    return { pfn: zeroPfn, order: zeroOrder, flags, isTable, isScattered: isTable };
  }
  const pfn = layout.pfn[stretch.extent] + stretch.offset;
  return { pfn, order, flags, isTable, isScattered: false };
}

/** Frame of a page of scattered pages. */
export function scatteredFrame(state: CountingState, found: Found, page: number): number {
  return (found.flags & FLAG.zero) === 0 ? copyFrame(state.position + page) : found.pfn;
}
