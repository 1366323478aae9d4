import { folioHead, LEAF_LEVELS, PAGE_BYTES, PAGE_FLAGS, PAGES_OF_ORDER } from '#core';
import type { LeafLevel, PageFlag } from '#core';
import { formatBytes, formatCount } from '../format.ts';
import { orderText } from './order-text.ts';
import { placeAt } from './picture-axis.ts';
import type { PictureAxis } from './picture-axis.ts';
import type { PictureGeometry, Span } from './picture-geometry.ts';

/** What is known about one virtual page. */
export type PageDetails = {
  readonly vaPage: number;
  readonly pfn: number;
  /** First frame of its folio. */
  readonly folio: number;
  readonly order: number;
  /** Its place in the folio, from 0. */
  readonly pageOfFolio: number;
  readonly leaf: LeafLevel;
  readonly flags: readonly PageFlag[];
  readonly isCopied: boolean;
};

/** Details of the page at a position; null in a gap. */
export function detailsAt(axis: PictureAxis, position: number): PageDetails | null {
  const place = placeAt(axis, position);
  if (place.kind === 'gap') return null;
  const { layout, isCopied } = axis;
  const { extent, vaPage } = place;
  const order = layout.order[extent] ?? 0;
  const size = PAGES_OF_ORDER[order] ?? 1;
  const pfn = (layout.pfn[extent] ?? 0) + vaPage - (layout.vaPage[extent] ?? 0);
  const bits = layout.flags[extent] ?? 0;
  return {
    vaPage,
    pfn,
    folio: folioHead(pfn, order),
    order,
    pageOfFolio: pfn % size,
    leaf: LEAF_LEVELS[layout.leaf[extent] ?? 0] ?? 'pte',
    flags: PAGE_FLAGS.filter((_, bit) => (bits & (1 << bit)) !== 0),
    isCopied: isCopied[extent] === 1,
  };
}

function backingText(details: PageDetails): string {
  const { flags, pfn, order, pageOfFolio } = details;
  if (flags.includes('absent')) return 'not present: the next touch faults';
  if (flags.includes('zero')) return 'the shared zero page';
  const frame = `frame ${formatCount(pfn)}`;
  if (order === 0) return `${frame}, a folio of one page`;
  const size = PAGES_OF_ORDER[order] ?? 1;
  return `${frame}, page ${formatCount(pageOfFolio + 1)} of ${formatCount(size)} in a folio of ${orderText(order)}`;
}

/** Details in one line of words: `page 12 → frame 7,180, page 13 of 32 in a folio of …`. */
export function detailsText(details: PageDetails): string {
  const copied = details.isCopied ? ['copied: the folio beside it went on here'] : [];
  return [
    `page ${formatCount(details.vaPage)} → ${backingText(details)}`,
    `mapped by ${details.leaf.toUpperCase()}`,
    details.flags.join(', '),
    ...copied,
  ].join(' · ');
}

/** What stands at a position in words, gaps included. */
export function textAt(axis: PictureAxis, position: number): string {
  const details = detailsAt(axis, position);
  if (details !== null) return detailsText(details);
  const place = placeAt(axis, position);
  if (place.kind === 'page' || place.pages === 0) return '';
  const size = formatBytes(place.pages * PAGE_BYTES);
  return `gap from page ${formatCount(place.vaPage)}: ${size} not mapped`;
}

function contains({ x, width }: Span, at: number): boolean {
  return at >= x && at < x + width;
}

/** Row of the picture that is pointed at. */
export type PictureRow = 'pages' | 'folios';

/**
 * The position that is pointed at: in the row of pages the page below the pointer, in the row of
 * folios the page which the frame backs.
 *
 * @param x  Unit: CSS pixels from the left end of the picture.
 * @returns Null where nothing in the window is meant.
 */
export function positionAt(geometry: PictureGeometry, row: PictureRow, x: number): number | null {
  const { window, pixelsPerPage } = geometry;
  if (row === 'pages') {
    const position = window.first + Math.floor(x / pixelsPerPage);
    const isMapped = [...geometry.pages, ...geometry.gaps].some((span) => contains(span, x));
    return isMapped ? position : null;
  }
  const link = geometry.links.find(({ frame }) => contains(frame, x));
  if (link === undefined) return null;
  const share = (x - link.frame.x) / link.frame.width;
  const first = Math.round(link.page.x / pixelsPerPage);
  const pages = Math.round(link.page.width / pixelsPerPage);
  return window.first + first + Math.min(pages - 1, Math.floor(share * pages));
}
