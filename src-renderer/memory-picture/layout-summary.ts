import { countRuns, LEAF_LEVELS, MAX_ORDER, PAGE_BYTES, recordFromKeys } from '#core';
import type { Layout, LeafLevel } from '#core';

/** A layout in figures. */
export type LayoutSummary = {
  readonly mappedBytes: number;
  /** From the first mapped byte to the last. */
  readonly spannedBytes: number;
  readonly gaps: number;
  /** Shares of the mapped pages by folio order, ascending; only orders that occur. */
  readonly orders: readonly {
    readonly order: number;
    readonly pages: number;
    readonly share: number;
  }[];
  /** Share of the mapped pages by leaf level. */
  readonly leaves: Readonly<Record<LeafLevel, number>>;
  readonly folioRunsPerMiB: number;
  readonly physicalRunsPerMiB: number;
};

const MIB = 1_048_576;

type Totals = { folioRuns: number; physicalRuns: number; gaps: number };

/** Counts runs over each stretch of mapped pages, since a gap ends every run. */
function countAllRuns(layout: Layout): Totals {
  const totals = { folioRuns: 0, physicalRuns: 0, gaps: 0 };
  let start = 0;
  for (let at = 0; at < layout.length; at += 1) {
    const end = (layout.vaPage[at] ?? 0) + (layout.pages[at] ?? 0);
    const next = layout.vaPage[at + 1];
    if (next === end) continue;
    const first = layout.vaPage[start] ?? 0;
    const runs = countRuns(layout, first, end - first);
    totals.folioRuns += runs.folioRuns;
    totals.physicalRuns += runs.physicalRuns;
    if (next !== undefined) totals.gaps += 1;
    start = at + 1;
  }
  return totals;
}

/** Sums a layout up. Time is proportional to its extents. */
export function summariseLayout(layout: Layout): LayoutSummary {
  const pagesByOrder = new Float64Array(MAX_ORDER + 1);
  const pagesByLeaf = new Float64Array(LEAF_LEVELS.length);
  for (let at = 0; at < layout.length; at += 1) {
    const pages = layout.pages[at] ?? 0;
    pagesByOrder[layout.order[at] ?? 0] = (pagesByOrder[layout.order[at] ?? 0] ?? 0) + pages;
    pagesByLeaf[layout.leaf[at] ?? 0] = (pagesByLeaf[layout.leaf[at] ?? 0] ?? 0) + pages;
  }
  const { mappedPages, length } = layout;
  const end = (layout.vaPage[length - 1] ?? 0) + (layout.pages[length - 1] ?? 0);
  const mappedBytes = mappedPages * PAGE_BYTES;
  const { folioRuns, physicalRuns, gaps } = countAllRuns(layout);
  return {
    mappedBytes,
    spannedBytes: (end - (layout.vaPage[0] ?? 0)) * PAGE_BYTES,
    gaps,
    orders: [...pagesByOrder].flatMap((pages, order) =>
      pages === 0 ? [] : [{ order, pages, share: pages / mappedPages }],
    ),
    leaves: recordFromKeys(
      LEAF_LEVELS,
      (leaf) => (pagesByLeaf[LEAF_LEVELS.indexOf(leaf)] ?? 0) / mappedPages,
    ),
    folioRunsPerMiB: (folioRuns * MIB) / mappedBytes,
    physicalRunsPerMiB: (physicalRuns * MIB) / mappedBytes,
  };
}
