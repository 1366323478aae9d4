import { MAX_ORDER, PAGE_NUMBER_LIMIT, PAGES_OF_ORDER, PMD_PAGES, PUD_PAGES } from '../units.ts';

/** The page-table level that holds an extent's entries. */
export type LeafLevel = 'pte' | 'pmd' | 'pud';
/** Leaf levels in the order of their codes in `Layout.leaf`. */
export const LEAF_LEVELS: readonly LeafLevel[] = ['pte', 'pmd', 'pud'];
export const PTE_LEAF = 0;
export const PMD_LEAF = 1;
export const PUD_LEAF = 2;

/** Page flags in the order of their bits in `Layout.flags`: first the types of memory. */
export const PAGE_FLAGS = [
  'anon',
  'file',
  'shmem',
  'hugetlb',
  'devmap',
  'compound',
  'absent',
  'readonly',
  'shared',
  'zero',
  'cma',
  'protnone',
  'special',
] as const;
export type PageFlag = (typeof PAGE_FLAGS)[number];

/** The bits of `Layout.flags` the counter asks for. */
export const FLAG = {
  file: 1 << 1,
  hugetlb: 1 << 3,
  devmap: 1 << 4,
  compound: 1 << 5,
  absent: 1 << 6,
  readonly: 1 << 7,
  shared: 1 << 8,
  zero: 1 << 9,
  cma: 1 << 10,
  protnone: 1 << 11,
  special: 1 << 12,
} as const;

const TYPE_FLAGS: readonly PageFlag[] = ['anon', 'file', 'shmem', 'hugetlb', 'devmap'];
const ANON_BIT = 1;
/** The bits of `TYPE_FLAGS`. */
const TYPE_BITS = 0b11111;

/**
 * Consecutive virtual pages backed by consecutive frames, with one folio order, leaf level and set
 * of flags. Folios are naturally aligned, so an extent may span several of them.
 */
export type Extent = {
  /** First virtual page, from 0. The extent ends before 2^40. */
  readonly vaPage: number;
  /** First page frame number, from 0; ignored with flag `zero`. The extent ends before 2^40. */
  readonly pfn: number;
  /** Length in base pages, at least 1. */
  readonly pages: number;
  /** Folio order, 0 to 18: folios of 2^order base pages. */
  readonly order: number;
  readonly leaf: LeafLevel;
  /** Type and state; no type flag means `anon`. */
  readonly flags: readonly PageFlag[];
};

/** How a user buffer is mapped, in columns of `length` entries, ascending by virtual page. */
export type Layout = {
  readonly length: number;
  /** First virtual page of each extent. Unit: base pages. */
  readonly vaPage: Float64Array;
  /** First frame of each extent. Unit: base pages. */
  readonly pfn: Float64Array;
  /** Extent lengths. Unit: base pages. */
  readonly pages: Float64Array;
  /** Folio orders, 0 to 18. */
  readonly order: Uint8Array;
  /** Index into `LEAF_LEVELS`. */
  readonly leaf: Uint8Array;
  /** Bit i set means `PAGE_FLAGS[i]`. */
  readonly flags: Uint16Array;
  /** Sum of `pages`. Unit: base pages. */
  readonly mappedPages: number;
};

/** A row that cannot be part of a layout; `row` counts from 0. */
export type LayoutProblem = { readonly row: number; readonly message: string };
export type LayoutResult =
  | { readonly ok: true; readonly layout: Layout }
  | { readonly ok: false; readonly problem: LayoutProblem };

/** The virtual size of one page-table entry at a leaf level. Unit: base pages. */
export function leafPages(leaf: LeafLevel): number {
  return leaf === 'pte' ? 1 : leaf === 'pmd' ? PMD_PAGES : PUD_PAGES;
}

function isWholeNumber(value: number, least: number, limit: number): boolean {
  return Number.isInteger(value) && value >= least && value <= limit;
}

/**
 * Says why flags cannot stand together, in words that follow "flags", or null.
 *
 * @source SPEC rule LAY-6.
 */
export function flagsProblem(flags: readonly PageFlag[]): string | null {
  const types = TYPE_FLAGS.filter((flag) => flags.includes(flag));
  if (types.length > 1) {
    return `${types.join(', ')} are ${types.length} types of memory; one extent has one type`;
  }
  if (flags.includes('compound') && !flags.includes('devmap')) {
    return 'compound without devmap; compound says that device memory has compound pages';
  }
  return null;
}

/**
 * Says why a leaf level cannot hold folios of an order, in words that follow "leaf", or null.
 *
 * @source SPEC rule LAY-4.
 */
export function leafOrderProblem(
  leaf: LeafLevel,
  order: number,
  flags: readonly PageFlag[],
): string | null {
  if (leaf === 'pte') return null;
  const leastOrder = leaf === 'pmd' ? 9 : 18;
  const isNonCompound = flags.includes('devmap') && !flags.includes('compound');
  if (order >= leastOrder || isNonCompound) return null;
  return `${leaf} with order ${order}; it needs order ${leastOrder} or more unless flags say devmap without compound`;
}

function leafProblem(extent: Extent): string | null {
  if (extent.leaf === 'pte') return null;
  const orderProblem = leafOrderProblem(extent.leaf, extent.order, extent.flags);
  if (orderProblem !== null) return `leaf ${orderProblem}`;
  const size = leafPages(extent.leaf);
  const isFrameAligned = extent.pfn % size === 0 || extent.flags.includes('zero');
  if (extent.vaPage % size !== 0 || !isFrameAligned || extent.pages % size !== 0) {
    return `misaligned leaf ${extent.leaf}: va_page ${extent.vaPage}, pfn ${extent.pfn} and pages ${extent.pages} must all be multiples of ${size}`;
  }
  return null;
}

function extentProblem(extent: Extent): string | null {
  if (!isWholeNumber(extent.vaPage, 0, PAGE_NUMBER_LIMIT - 1)) {
    return `va_page ${extent.vaPage} is not a whole number from 0 to 2^40 - 1`;
  }
  if (!isWholeNumber(extent.pfn, 0, PAGE_NUMBER_LIMIT - 1)) {
    return `pfn ${extent.pfn} is not a whole number from 0 to 2^40 - 1`;
  }
  const room = PAGE_NUMBER_LIMIT - Math.max(extent.vaPage, extent.pfn);
  if (!isWholeNumber(extent.pages, 1, room)) {
    return `pages ${extent.pages} is not a whole number from 1 to ${room}; pages and frames end before 2^40`;
  }
  if (!isWholeNumber(extent.order, 0, MAX_ORDER)) {
    return `order ${extent.order} is not a whole number from 0 to ${MAX_ORDER}`;
  }
  const problem = flagsProblem(extent.flags);
  return problem === null ? leafProblem(extent) : `flags ${problem}`;
}

function orderingProblem(previous: Extent, extent: Extent): string | null {
  const previousEnd = previous.vaPage + previous.pages;
  if (extent.vaPage < previous.vaPage) {
    return `va_page ${extent.vaPage} descends after ${previous.vaPage}; rows must ascend`;
  }
  if (extent.vaPage < previousEnd) {
    return `va_page ${extent.vaPage} overlaps the row before it, which ends before ${previousEnd}`;
  }
  return null;
}

type FolioSpan = { readonly start: number; readonly end: number; readonly row: number };

/** Whole folios claimed by an extent; a zero page has no frame of its own. */
function folioSpan(extent: Extent, row: number): FolioSpan | null {
  if (extent.flags.includes('zero')) return null;
  const size = PAGES_OF_ORDER[extent.order] ?? 1;
  const last = extent.pfn + extent.pages - 1;
  return {
    start: Math.floor(extent.pfn / size) * size,
    end: (Math.floor(last / size) + 1) * size,
    row,
  };
}

function twoClaims(
  extents: readonly Extent[],
  frame: number,
  row: number,
  otherRow: number,
): LayoutProblem {
  const later = Math.max(row, otherRow);
  const earlier = extents[Math.min(row, otherRow)];
  return {
    row: later,
    message: `frame ${frame} belongs to a folio of order ${extents[later]?.order} here and of order ${earlier?.order} in the row with va_page ${earlier?.vaPage}; a frame belongs to one folio`,
  };
}

/** Finds a frame that belongs to folios of two different orders: no kernel can have that. */
function frameClaimProblem(extents: readonly Extent[]): LayoutProblem | null {
  const firstOrder = extents[0]?.order;
  if (extents.every((extent) => extent.order === firstOrder)) return null;
  const spans = extents
    .map(folioSpan)
    .filter((span) => span !== null)
    .sort((a, b) => a.start - b.start || a.row - b.row);
  // Sorted by start, so an earlier span of another order overlaps exactly when the furthest one does.
  const furthest: (FolioSpan | undefined)[] = [];
  for (const span of spans) {
    const order = extents[span.row]?.order ?? 0;
    for (let other = 0; other <= MAX_ORDER; other += 1) {
      const rival = furthest[other];
      if (other === order || rival === undefined || rival.end <= span.start) continue;
      return twoClaims(extents, span.start, span.row, rival.row);
    }
    const known = furthest[order];
    if (known === undefined || known.end < span.end) furthest[order] = span;
  }
  return null;
}

/**
 * The bits of a set of flags, as `Layout.flags` holds them. Memory without a type is `anon` and gets
 * its bit, so that equal memory has equal columns.
 */
export function flagBits(flags: readonly PageFlag[]): number {
  const bits = flags.reduce((sum, flag) => sum | (1 << PAGE_FLAGS.indexOf(flag)), 0);
  return (bits & TYPE_BITS) === 0 ? bits | ANON_BIT : bits;
}

/** Fills the columns from extents that are known to be good. */
function columnsFromExtents(extents: readonly Extent[]): Layout {
  return {
    length: extents.length,
    // Adding 0 turns -0 into 0: equal memory has equal bytes.
    vaPage: Float64Array.from(extents, (extent) => extent.vaPage + 0),
    pfn: Float64Array.from(extents, (extent) => extent.pfn + 0),
    pages: Float64Array.from(extents, (extent) => extent.pages),
    order: Uint8Array.from(extents, (extent) => extent.order),
    leaf: Uint8Array.from(extents, (extent) => LEAF_LEVELS.indexOf(extent.leaf)),
    flags: Uint16Array.from(extents, (extent) => flagBits(extent.flags)),
    mappedPages: extents.reduce((sum, extent) => sum + extent.pages, 0),
  };
}

/**
 * Checks extents and packs them into a layout.
 *
 * @param extents  At least one, ascending by virtual page, without overlap. A gap is unmapped memory.
 * @returns The layout, or the first row that breaks a rule and why. Nothing is half built.
 * @source SPEC rules LAY-1 to LAY-6.
 */
export function buildLayout(extents: readonly Extent[]): LayoutResult {
  if (extents.length === 0) {
    return {
      ok: false,
      problem: { row: 0, message: 'no extent; a layout maps at least one page' },
    };
  }
  let previous: Extent | undefined;
  for (const [row, extent] of extents.entries()) {
    const message =
      extentProblem(extent) ?? (previous === undefined ? null : orderingProblem(previous, extent));
    if (message !== null) return { ok: false, problem: { row, message } };
    previous = extent;
  }
  const problem = frameClaimProblem(extents);
  if (problem !== null) return { ok: false, problem };
  return { ok: true, layout: columnsFromExtents(extents) };
}

/** The extents of a layout, as `buildLayout` took them; flags are in the order of `PAGE_FLAGS`. */
export function extentsFromLayout(layout: Layout): Extent[] {
  return Array.from({ length: layout.length }, (_, index) => ({
    vaPage: layout.vaPage[index] ?? 0,
    pfn: layout.pfn[index] ?? 0,
    pages: layout.pages[index] ?? 0,
    order: layout.order[index] ?? 0,
    leaf: LEAF_LEVELS[layout.leaf[index] ?? 0] ?? 'pte',
    flags: PAGE_FLAGS.filter((_flag, bit) => ((layout.flags[index] ?? 0) & (1 << bit)) !== 0),
  }));
}

/**
 * The extent that maps a virtual page, or the first one after it.
 *
 * @returns An index from 0 to `layout.length`; the latter when every extent ends before `vaPage`.
 */
export function findExtent(layout: Layout, vaPage: number): number {
  let low = 0;
  let high = layout.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const end = (layout.vaPage[middle] ?? 0) + (layout.pages[middle] ?? 0);
    if (end <= vaPage) low = middle + 1;
    else high = middle;
  }
  return low;
}
