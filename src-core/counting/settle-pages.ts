import { FLAG, PTE_LEAF, PUD_LEAF, findExtent } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';
import { entryOrder, folioHead, pagesLeftInFolio } from '../layout/folio.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';
import { copyFrame, hugeCopyFrame, migratedFrame } from './fresh-frames.ts';
import { mappedOrder, slowVisit } from './page-states.ts';
import type { Demand, SlowVisit } from './page-states.ts';

/** One row of a layout while it is rewritten. */
type Row = {
  readonly vaPage: number;
  readonly pfn: number;
  readonly pages: number;
  readonly order: number;
  readonly leaf: number;
  readonly flags: number;
};

/** Virtual pages from `start` to before `end`. */
type Span = { readonly start: number; readonly end: number };

const NOTHING: Span = { start: 0, end: 0 };

function leafSize(leaf: number): number {
  if (leaf === PTE_LEAF) return 1;
  return leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
}

function isMigrated(demand: Demand, visit: SlowVisit): boolean {
  return demand.isLongTerm && (visit.flags & FLAG.cma) !== 0;
}

/** What the slow path changes for good about pages of these flags, or null when that is nothing. */
export function lastingChange(demand: Demand, flags: number, leaf: number): SlowVisit | null {
  const visit = slowVisit(demand, flags, leaf);
  const hasFault = visit.mapFaults + visit.entryFaults + visit.replaceFaults > 0;
  return hasFault || isMigrated(demand, visit) ? visit : null;
}

/** The leaf entries that a span of a row lies in. */
function leavesOf(span: Span, size: number): Span {
  return {
    start: Math.floor(span.start / size) * size,
    end: Math.ceil(span.end / size) * size,
  };
}

/** The folios that a span of a row lies in, as far as the row has them. */
function foliosOf(row: Row, span: Span): Span {
  const order = mappedOrder(row.order, row.flags, row.leaf);
  const first = row.pfn + span.start - row.vaPage;
  const last = row.pfn + span.end - 1 - row.vaPage;
  return {
    start: Math.max(row.vaPage, span.start - (first - folioHead(first, order))),
    end: Math.min(row.vaPage + row.pages, span.end + pagesLeftInFolio(last, order) - 1),
  };
}

/** How far a visit of a span changes its row. */
type Reach = {
  /** Faults were resolved and pages replaced or migrated here. */
  readonly settled: Span;
  /** A fault brought these pages in. */
  readonly mapped: Span;
  /** A leaf entry became a table here. */
  readonly split: Span;
};

function isReplacedByPage(row: Row, visit: SlowVisit): boolean {
  if (visit.replaceFaults === 0) return false;
  return row.leaf === PTE_LEAF || (row.flags & FLAG.hugetlb) === 0;
}

function reachOf(row: Row, visit: SlowVisit, visited: Span, demand: Demand): Reach {
  const size = leafSize(row.leaf);
  const unit = size > 1 ? leavesOf(visited, size) : foliosOf(row, visited);
  const isByPage = isReplacedByPage(row, visit);
  let settled = visited;
  if (isMigrated(demand, visit)) settled = foliosOf(row, size > 1 ? unit : visited);
  else if (size > 1 && !isByPage) settled = unit;
  return {
    settled,
    mapped: visit.mapFaults > 0 ? unit : NOTHING,
    split: isByPage && size > 1 ? unit : NOTHING,
  };
}

function contains(span: Span, page: number): boolean {
  return page >= span.start && page < span.end;
}

/** Part of a row, all of it changed in the same way. */
function partOf(row: Row, span: Span): Row {
  return {
    ...row,
    vaPage: span.start,
    pfn: row.pfn + span.start - row.vaPage,
    pages: span.end - span.start,
  };
}

/** Pushes a row for each folio of a part, which goes elsewhere by itself: `moved` says where, and its length. */
function pushFolios(
  rows: Row[],
  part: Row,
  flags: number,
  moved: (pfn: number, vaPage: number) => { readonly pfn: number; readonly left: number },
): void {
  for (let done = 0; done < part.pages;) {
    const vaPage = part.vaPage + done;
    const { pfn, left } = moved(part.pfn + done, vaPage);
    const pages = Math.min(part.pages - done, left);
    rows.push({ ...part, vaPage, pfn, pages, flags });
    done += pages;
  }
}

function pushSettled(rows: Row[], part: Row, visit: SlowVisit, demand: Demand): void {
  const { flags } = visit;
  if (isReplacedByPage(part, visit)) {
    for (let page = part.vaPage; page < part.vaPage + part.pages; page += 1) {
      rows.push({ vaPage: page, pfn: copyFrame(page), pages: 1, order: 0, leaf: PTE_LEAF, flags });
    }
  } else if (visit.replaceFaults > 0) {
    const order = entryOrder(part.leaf);
    pushFolios(rows, { ...part, order }, flags, (_pfn, vaPage) => ({
      pfn: hugeCopyFrame(vaPage, order),
      left: pagesLeftInFolio(vaPage, order),
    }));
  } else if (isMigrated(demand, visit)) {
    pushFolios(rows, part, flags & ~FLAG.cma, (pfn) => ({
      pfn: migratedFrame(pfn, part.order),
      left: pagesLeftInFolio(pfn, part.order),
    }));
  } else {
    rows.push({ ...part, flags });
  }
}

function pushChanged(rows: Row[], row: Row, visit: SlowVisit, visited: Span, demand: Demand): void {
  const reach = reachOf(row, visit, visited, demand);
  const { settled, mapped, split } = reach;
  const end = row.vaPage + row.pages;
  const cuts = [
    row.vaPage,
    end,
    ...[settled, mapped, split].flatMap((span) => [span.start, span.end]),
  ]
    .filter((page) => page >= row.vaPage && page <= end)
    .sort((a, b) => a - b);
  for (let cut = 1; cut < cuts.length; cut += 1) {
    const span = { start: cuts[cut - 1], end: cuts[cut] };
    if (span.start === span.end) continue;
    const part = partOf(row, span);
    if (contains(settled, span.start)) {
      pushSettled(rows, part, visit, demand);
      continue;
    }
    // What a fault brings in for a long-term pin comes from memory that can be pinned.
    const gone = FLAG.absent | (demand.isLongTerm ? FLAG.cma : 0);
    const isSplit = contains(split, span.start);
    const mappedFlags = contains(mapped, span.start) ? part.flags & ~gone : part.flags;
    // A hint was resolved for the whole entry before that was split.
    const isResolved = isSplit && visit.entryFaults > 0;
    rows.push({
      ...part,
      flags: isResolved ? mappedFlags & ~FLAG.protnone : mappedFlags,
      leaf: isSplit ? PTE_LEAF : part.leaf,
    });
  }
}

function layoutFromRows(rows: readonly Row[]): Layout {
  return {
    length: rows.length,
    vaPage: Float64Array.from(rows, (row) => row.vaPage),
    pfn: Float64Array.from(rows, (row) => row.pfn),
    pages: Float64Array.from(rows, (row) => row.pages),
    order: Uint8Array.from(rows, (row) => row.order),
    leaf: Uint8Array.from(rows, (row) => row.leaf),
    flags: Uint16Array.from(rows, (row) => row.flags),
    mappedPages: rows.reduce((sum, row) => sum + row.pages, 0),
  };
}

/**
 * Memory as the slow path leaves it after it has taken pages: faulted in, made writable, copied, migrated;
 * entries that were split are tables.
 *
 * @param first  First page that was taken. Unit: base pages.
 * @param end    The page after the last one.
 * @source SPEC rules FAULT-2 to FAULT-5, FAULT-8, LONG-1.
 */
export function settlePages(layout: Layout, demand: Demand, first: number, end: number): Layout {
  const rows: Row[] = [];
  for (let at = 0; at < layout.length; at += 1) {
    const row: Row = {
      vaPage: layout.vaPage[at],
      pfn: layout.pfn[at],
      pages: layout.pages[at],
      order: layout.order[at],
      leaf: layout.leaf[at],
      flags: layout.flags[at],
    };
    const visited = {
      start: Math.max(first, row.vaPage),
      end: Math.min(end, row.vaPage + row.pages),
    };
    const visit = visited.start < visited.end ? lastingChange(demand, row.flags, row.leaf) : null;
    if (visit === null) rows.push(row);
    else pushChanged(rows, row, visit, visited, demand);
  }
  return layoutFromRows(rows);
}

/** Whether the slow path would change any of these pages. */
export function hasLastingChange(
  layout: Layout,
  demand: Demand,
  first: number,
  end: number,
): boolean {
  for (let at = findExtent(layout, first); at < layout.length; at += 1) {
    if (layout.vaPage[at] >= end) break;
    if (lastingChange(demand, layout.flags[at], layout.leaf[at]) !== null) return true;
  }
  return false;
}

/** Whether taking the page before `end` changes pages from `end` on: the rest of its folio or leaf entry. */
export function changesWhatFollows(layout: Layout, demand: Demand, end: number): boolean {
  const at = findExtent(layout, end - 1);
  if (at >= layout.length || layout.vaPage[at] + layout.pages[at] <= end) return false;
  const isSingle = layout.leaf[at] === PTE_LEAF && layout.order[at] === 0;
  return !isSingle && lastingChange(demand, layout.flags[at], layout.leaf[at]) !== null;
}
