import { demandOf } from '../counting/page-states.ts';
import type { Demand } from '../counting/page-states.ts';
import { hasLastingChange, settlePages } from '../counting/settle-pages.ts';
import type { Layout } from '../layout/layout.ts';
import type { Trial } from '../experiment/experiment.ts';

/** Rows of one part of the layout: small enough to rewrite, large enough to be few. */
const ROWS_OF_PART = 64;

/** How the memory of a range stands before an I/O. */
export type MemoryNow = { readonly layout: Layout; readonly isSettled: boolean };

function sliceLayout(layout: Layout, from: number, to: number): Layout {
  const pages = layout.pages.slice(from, to);
  return {
    length: to - from,
    vaPage: layout.vaPage.slice(from, to),
    pfn: layout.pfn.slice(from, to),
    pages,
    order: layout.order.slice(from, to),
    leaf: layout.leaf.slice(from, to),
    flags: layout.flags.slice(from, to),
    mappedPages: pages.reduce((sum, count) => sum + count, 0),
  };
}

function joinLayouts(parts: readonly Layout[]): Layout {
  const [first] = parts;
  if (parts.length === 1) return first;
  return {
    length: parts.reduce((sum, part) => sum + part.length, 0),
    vaPage: Float64Array.from(parts.flatMap((part) => [...part.vaPage])),
    pfn: Float64Array.from(parts.flatMap((part) => [...part.pfn])),
    pages: Float64Array.from(parts.flatMap((part) => [...part.pages])),
    order: Uint8Array.from(parts.flatMap((part) => [...part.order])),
    leaf: Uint8Array.from(parts.flatMap((part) => [...part.leaf])),
    flags: Uint16Array.from(parts.flatMap((part) => [...part.flags])),
    mappedPages: parts.reduce((sum, part) => sum + part.mappedPages, 0),
  };
}

/**
 * What the I/Os of a trial have made of its pages so far: a page is faulted in, copied or migrated once, and
 * stays so. The layout is kept in parts, so that an I/O rewrites only what it touches.
 *
 * @source SPEC rule FAULT-8.
 */
export class PageHistory {
  private readonly demand: Demand;
  private readonly parts: Layout[] = [];
  /** First virtual page of each part. */
  private readonly starts: number[] = [];

  private constructor(layout: Layout, demand: Demand) {
    this.demand = demand;
    this.replaceParts(0, 0, layout);
  }

  /** The history of a trial, or null when none of its pages ever changes. */
  static of({ layout, workload, strategy }: Trial): PageHistory | null {
    const request = { api: workload.api, op: workload.operation };
    const demand = demandOf(request, strategy.policies);
    if (!hasLastingChange(layout.layout, demand, 0, Infinity)) return null;
    return new PageHistory(layout.layout, demand);
  }

  /** The memory that an I/O on `pages` pages from `first` on will find. */
  memoryFor(first: number, pages: number): MemoryNow {
    const [from, to] = this.partsOf(first, first + pages);
    const layout = joinLayouts(this.parts.slice(from, to));
    return { layout, isSettled: !hasLastingChange(layout, this.demand, first, first + pages) };
  }

  /** Notes that an I/O has gone over its pages. */
  settle(first: number, pages: number): void {
    const [from, to] = this.partsOf(first, first + pages);
    const before = joinLayouts(this.parts.slice(from, to));
    this.replaceParts(from, to - from, settlePages(before, this.demand, first, first + pages));
  }

  /** Puts a layout, cut into parts, where `count` parts were. */
  private replaceParts(at: number, count: number, layout: Layout): void {
    const parts: Layout[] = [];
    for (let from = 0; from < layout.length; from += ROWS_OF_PART) {
      parts.push(sliceLayout(layout, from, Math.min(layout.length, from + ROWS_OF_PART)));
    }
    this.parts.splice(at, count, ...parts);
    this.starts.splice(at, count, ...parts.map((part) => part.vaPage[0]));
  }

  /** Indexes of the parts that hold pages from `first` to before `end`. */
  private partsOf(first: number, end: number): readonly [number, number] {
    const from = this.lastStartingUpTo(first);
    return [from, Math.max(from + 1, this.lastStartingUpTo(end - 1) + 1)];
  }

  private lastStartingUpTo(page: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle] <= page) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
