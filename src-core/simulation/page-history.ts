import { copyFrame, hugeCopyFrame, migratedFrame } from '../counting/fresh-frames.ts';
import { demandOf, slowVisit } from '../counting/page-states.ts';
import type { Demand, SlowVisit } from '../counting/page-states.ts';
import { FLAG, PTE_LEAF, PUD_LEAF, findExtent } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';
import { folioHead, pagesLeftInFolio } from '../layout/folio.ts';
import type { Trial } from '../experiment/experiment.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';

/** Pages of one block of the record of what was touched. */
const BLOCK_PAGES = 4096;

/** A row of a layout under construction. */
type Row = {
  vaPage: number;
  pfn: number;
  pages: number;
  order: number;
  leaf: number;
  flags: number;
};

/** How the memory of a range stands before an I/O. */
export type MemoryNow = { readonly layout: Layout; readonly isSettled: boolean };

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

function leafSize(leaf: number): number {
  if (leaf === PTE_LEAF) return 1;
  return leaf === PUD_LEAF ? PUD_PAGES : PMD_PAGES;
}

/**
 * What the I/Os of a trial have made of its pages so far: a page is faulted in, copied or migrated once,
 * and stays so.
 *
 * @source SPEC rule FAULT-8.
 */
export class PageHistory {
  private readonly layout: Layout;
  private readonly demand: Demand;
  /** Pages that a fault or migration has changed, in blocks of `BLOCK_PAGES`. */
  private readonly touched = new Map<number, Uint8Array>();

  private constructor(layout: Layout, demand: Demand) {
    this.layout = layout;
    this.demand = demand;
  }

  /** The history of a trial, or null when none of its pages ever changes. */
  static of({ layout, workload, strategy }: Trial): PageHistory | null {
    const request = { api: workload.api, op: workload.operation };
    const history = new PageHistory(layout.layout, demandOf(request, strategy.policies));
    for (let extent = 0; extent < layout.layout.length; extent += 1) {
      if (history.changes(extent) !== null) return history;
    }
    return null;
  }

  /** What touching an extent does to it, or null when that is nothing. */
  private changes(extent: number): SlowVisit | null {
    const { layout, demand } = this;
    const visit = slowVisit(demand, layout.flags[extent], layout.leaf[extent]);
    const isMigrated = demand.isLongTerm && (visit.flags & FLAG.cma) !== 0;
    const isChanged = visit.mapFaults + visit.entryFaults + visit.replaceFaults > 0 || isMigrated;
    return isChanged ? visit : null;
  }

  /** The memory that an I/O on `pages` pages from `first` on will find. */
  memoryFor(first: number, pages: number): MemoryNow {
    const { layout } = this;
    const end = first + pages;
    const rows: Row[] = [];
    let isSettled = true;
    for (let at = findExtent(layout, first); at < layout.length; at += 1) {
      if (layout.vaPage[at] >= end) break;
      const visit = this.changes(at);
      if (visit === null) rows.push(this.rowOf(at, layout.vaPage[at], layout.pages[at]));
      else if (!this.addChangingRows(rows, at, visit, first, end)) isSettled = false;
    }
    return { layout: layoutFromRows(rows), isSettled };
  }

  /** Notes that an I/O has gone over its pages. */
  settle(first: number, pages: number): void {
    const { layout } = this;
    const end = first + pages;
    for (let at = findExtent(layout, first); at < layout.length; at += 1) {
      if (layout.vaPage[at] >= end) break;
      const visit = this.changes(at);
      if (visit === null) continue;
      const start = layout.vaPage[at];
      const from = this.unitStart(at, visit, Math.max(first, start));
      const until = this.unitEnd(at, visit, Math.min(end, start + layout.pages[at]));
      for (let page = from; page < until; page += 1) this.touch(page);
    }
  }

  private rowOf(extent: number, vaPage: number, pages: number): Row {
    const { layout } = this;
    return {
      vaPage,
      pfn: layout.pfn[extent] + vaPage - layout.vaPage[extent],
      pages,
      order: layout.order[extent],
      leaf: layout.leaf[extent],
      flags: layout.flags[extent],
    };
  }

  /** Adds the pages of an extent that an I/O touches, and says whether all of them have changed. */
  private addChangingRows(
    rows: Row[],
    extent: number,
    visit: SlowVisit,
    first: number,
    end: number,
  ): boolean {
    const { layout } = this;
    const start = layout.vaPage[extent];
    const size = leafSize(layout.leaf[extent]);
    // Whole leaf entries, because a row cannot begin inside one.
    const from = Math.max(start, Math.floor(first / size) * size);
    const until = Math.min(start + layout.pages[extent], Math.ceil(end / size) * size);
    let isSettled = true;
    for (let page = from; page < until;) {
      const isTouched = this.isTouched(page);
      let after = page + 1;
      while (after < until && this.isTouched(after) === isTouched) after += 1;
      if (isTouched) this.addChanged(rows, extent, visit, page, after);
      else this.addUnchanged(rows, extent, visit, page, after);
      if (!isTouched && page < end && after > first) isSettled = false;
      page = after;
    }
    return isSettled;
  }

  private isReplacedByPage(extent: number, visit: SlowVisit): boolean {
    const { leaf, flags } = this.layout;
    if (visit.replaceFaults === 0) return false;
    return leaf[extent] === PTE_LEAF || (flags[extent] & FLAG.hugetlb) === 0;
  }

  private addChanged(
    rows: Row[],
    extent: number,
    visit: SlowVisit,
    page: number,
    after: number,
  ): void {
    const { flags } = visit;
    if (this.isReplacedByPage(extent, visit)) {
      for (let at = page; at < after; at += 1) {
        rows.push({ vaPage: at, pfn: copyFrame(at), pages: 1, order: 0, leaf: PTE_LEAF, flags });
      }
      return;
    }
    const row = this.rowOf(extent, page, after - page);
    if (visit.replaceFaults > 0) {
      rows.push({ ...row, pfn: hugeCopyFrame(page, row.order), flags });
    } else if (this.demand.isLongTerm && (flags & FLAG.cma) !== 0) {
      const pfn = migratedFrame(row.pfn, row.order);
      // Each folio moves by itself, so that rows end with their folios.
      const left = pagesLeftInFolio(row.pfn, row.order);
      rows.push({ ...row, pfn, pages: Math.min(left, row.pages), flags: flags & ~FLAG.cma });
      if (left < row.pages) this.addChanged(rows, extent, visit, page + left, after);
    } else {
      rows.push({ ...row, flags });
    }
  }

  /** Pages that nobody touched; under a leaf entry that was split they are on PTEs by now. */
  private addUnchanged(
    rows: Row[],
    extent: number,
    visit: SlowVisit,
    page: number,
    after: number,
  ): void {
    const row = this.rowOf(extent, page, after - page);
    const size = leafSize(row.leaf);
    const isSplit = this.isReplacedByPage(extent, visit) && size > 1 && (after - page) % size !== 0;
    rows.push(isSplit ? { ...row, leaf: PTE_LEAF } : row);
  }

  /** Where what one fault or migration changes begins and ends: a page, a folio or a leaf entry. */
  private unitStart(extent: number, visit: SlowVisit, page: number): number {
    const { layout } = this;
    if (this.isReplacedByPage(extent, visit)) return page;
    const size = leafSize(layout.leaf[extent]);
    if (size > 1) return Math.floor(page / size) * size;
    if (visit.entryFaults > 0) return page;
    const pfn = layout.pfn[extent] + page - layout.vaPage[extent];
    const before = pfn - folioHead(pfn, layout.order[extent]);
    return Math.max(layout.vaPage[extent], page - before);
  }

  private unitEnd(extent: number, visit: SlowVisit, page: number): number {
    const { layout } = this;
    if (this.isReplacedByPage(extent, visit)) return page;
    const size = leafSize(layout.leaf[extent]);
    if (size > 1) return Math.ceil(page / size) * size;
    if (visit.entryFaults > 0) return page;
    const lastPfn = layout.pfn[extent] + page - 1 - layout.vaPage[extent];
    const behind = pagesLeftInFolio(lastPfn, layout.order[extent]) - 1;
    return Math.min(layout.vaPage[extent] + layout.pages[extent], page + behind);
  }

  private isTouched(page: number): boolean {
    const block = this.touched.get(Math.floor(page / BLOCK_PAGES));
    return block !== undefined && block[page % BLOCK_PAGES] === 1;
  }

  private touch(page: number): void {
    const key = Math.floor(page / BLOCK_PAGES);
    const block = this.touched.get(key) ?? new Uint8Array(BLOCK_PAGES);
    block[page % BLOCK_PAGES] = 1;
    this.touched.set(key, block);
  }
}
