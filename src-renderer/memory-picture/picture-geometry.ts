import { LEAF_LEVELS, leafPages, PAGES_OF_ORDER, PMD_PAGES, PUD_PAGES } from '#core';
import type { LeafLevel } from '#core';
import type { PictureAxis } from './picture-axis.ts';
import { piecesInWindow } from './picture-pieces.ts';
import type { GapPiece, PagePiece, PictureWindow } from './picture-pieces.ts';

/** A stretch of a row. Unit: CSS pixels from the left end of the picture. */
export type Span = { readonly x: number; readonly width: number };

export type PageSpan = Span & { readonly piece: PagePiece };
export type GapSpan = Span & { readonly gap: GapPiece };
/** Page-table entries of one level: one entry, or for PTEs the entries of one table. */
export type LeafSpan = Span & { readonly leaf: LeafLevel };
export type FolioSpan = Span & {
  /** First frame of the folio. */
  readonly folio: number;
  readonly order: number;
  /** First frame of the part that is drawn, and its length. */
  readonly pfn: number;
  readonly frames: number;
  /** Whether the folio goes on beyond what is drawn of it. */
  readonly goesOnLeft: boolean;
  readonly goesOnRight: boolean;
};
/** Pages and the frames that back them. */
export type LinkSpan = {
  readonly page: Span;
  readonly frame: Span;
  readonly order: number;
  readonly folio: number;
  readonly isCopied: boolean;
};
export type Boundary = { readonly x: number; readonly vaPage: number; readonly isPud: boolean };

/** Everything the picture draws, as stretches of its rows. */
export type PictureGeometry = {
  readonly window: PictureWindow;
  readonly width: number;
  readonly pixelsPerPage: number;
  readonly pages: readonly PageSpan[];
  readonly gaps: readonly GapSpan[];
  readonly leaves: readonly LeafSpan[];
  /** Multiples of 2 MiB of virtual memory. */
  readonly boundaries: readonly Boundary[];
  /** Frames in the order of physical memory, what lies between them left out. */
  readonly folios: readonly FolioSpan[];
  /** Frames of those folios that no page of the window maps. */
  readonly unmapped: readonly Span[];
  readonly links: readonly LinkSpan[];
};

type FolioPart = { folio: number; order: number; from: number; to: number; pages: PagePiece[] };

/** Gathers pieces by folio, in the order of physical memory. */
function foliosOf(pieces: readonly PagePiece[]): readonly FolioPart[] {
  const byFolio = new Map<number, FolioPart>();
  for (const piece of pieces) {
    if (piece.folio === null) continue;
    const to = piece.pfn + piece.pages;
    const known = byFolio.get(piece.folio);
    if (known === undefined) {
      const { folio, order, pfn } = piece;
      byFolio.set(folio, { folio, order, from: pfn, to, pages: [piece] });
    } else {
      known.from = Math.min(known.from, piece.pfn);
      known.to = Math.max(known.to, to);
      known.pages.push(piece);
    }
  }
  return [...byFolio.values()].sort((a, b) => a.from - b.from);
}

const WIDEST_BREAK = 6;
/** Breaks between frames that do not follow each other take at most this share of the row. */
const SHARE_OF_BREAKS = 0.3;

function placeFolios(parts: readonly FolioPart[], width: number): readonly FolioSpan[] {
  const isBroken = (index: number): boolean =>
    index > 0 && parts[index - 1]?.to !== parts[index]?.from;
  const breaks = parts.filter((_, index) => isBroken(index)).length;
  const frames = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const breakWidth = breaks === 0 ? 0 : Math.min(WIDEST_BREAK, (width * SHARE_OF_BREAKS) / breaks);
  const scale = frames === 0 ? 0 : (width - breaks * breakWidth) / frames;
  let x = 0;
  return parts.map(({ folio, order, from, to }, index) => {
    if (isBroken(index)) x += breakWidth;
    const span = { x, width: (to - from) * scale };
    x += span.width;
    return {
      ...span,
      folio,
      order,
      pfn: from,
      frames: to - from,
      goesOnLeft: from > folio,
      goesOnRight: to < folio + (PAGES_OF_ORDER[order] ?? 1),
    };
  });
}

/** Frames between the mapped parts of a folio. */
function unmappedSpans({ pages }: FolioPart, span: FolioSpan): Span[] {
  const scale = span.width / span.frames;
  const sorted = [...pages].sort((a, b) => a.pfn - b.pfn);
  let end = span.pfn;
  return sorted.flatMap(({ pfn, pages: length }) => {
    const hole = { x: span.x + (end - span.pfn) * scale, width: (pfn - end) * scale };
    end = Math.max(end, pfn + length);
    return hole.width > 0 ? [hole] : [];
  });
}

function linksOf({ pages }: FolioPart, span: FolioSpan, toSpan: ToSpan): LinkSpan[] {
  const scale = span.width / span.frames;
  return pages.map((piece) => ({
    page: toSpan(piece.position, piece.pages),
    frame: { x: span.x + (piece.pfn - span.pfn) * scale, width: piece.pages * scale },
    order: span.order,
    folio: span.folio,
    isCopied: piece.isCopied,
  }));
}

type ToSpan = (position: number, count: number) => Span;

/** Entries of the page tables, from neighbouring pieces of one level. */
function leafSpans(pieces: readonly PagePiece[], toSpan: ToSpan): LeafSpan[] {
  const spans: { position: number; vaPage: number; pages: number; leaf: LeafLevel }[] = [];
  for (const { position, vaPage, pages, leaf } of pieces) {
    const level = LEAF_LEVELS[leaf] ?? 'pte';
    const table = level === 'pte' ? PMD_PAGES : leafPages(level);
    for (let at = 0; at < pages;) {
      const page = vaPage + at;
      const length = Math.min(pages - at, table - (page % table));
      const last = spans.at(-1);
      const continues =
        last?.leaf === level && last.vaPage + last.pages === page && page % table !== 0;
      if (continues) last.pages += length;
      else spans.push({ position: position + at, vaPage: page, pages: length, leaf: level });
      at += length;
    }
  }
  return spans.map(({ position, pages, leaf }) => ({ ...toSpan(position, pages), leaf }));
}

/** Virtual 2 MiB boundaries between or before mapped pages. */
function boundariesOf(pieces: readonly PagePiece[], toSpan: ToSpan): Boundary[] {
  return pieces.flatMap(({ position, vaPage, pages }) => {
    const boundaries: Boundary[] = [];
    const first = Math.ceil(vaPage / PMD_PAGES) * PMD_PAGES;
    for (let page = first; page < vaPage + pages; page += PMD_PAGES) {
      const { x } = toSpan(position + page - vaPage, 0);
      boundaries.push({ x, vaPage: page, isPud: page % PUD_PAGES === 0 });
    }
    return boundaries;
  });
}

/**
 * Lays out a window of a layout: pages above, the folios behind them below, links between.
 *
 * @param width  Of the picture. Unit: CSS pixels.
 */
export function pictureGeometry(
  axis: PictureAxis,
  window: PictureWindow,
  width: number,
): PictureGeometry {
  const pixelsPerPage = width / Math.max(1, window.count);
  const toSpan: ToSpan = (position, count) => ({
    x: (position - window.first) * pixelsPerPage,
    width: count * pixelsPerPage,
  });
  const { pages, gaps } = piecesInWindow(axis, window);
  const parts = foliosOf(pages);
  const folios = placeFolios(parts, width);
  const paired = folios.flatMap((span, index) => {
    const part = parts[index];
    return part === undefined ? [] : [{ part, span }];
  });
  return {
    window,
    width,
    pixelsPerPage,
    pages: pages.map((piece) => ({ ...toSpan(piece.position, piece.pages), piece })),
    gaps: gaps.map((gap) => ({ ...toSpan(gap.position, gap.count), gap })),
    leaves: leafSpans(pages, toSpan),
    boundaries: boundariesOf(pages, toSpan),
    folios,
    unmapped: paired.flatMap(({ part, span }) => unmappedSpans(part, span)),
    links: paired.flatMap(({ part, span }) => linksOf(part, span, toSpan)),
  };
}
