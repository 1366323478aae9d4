import { FLAG, folioHead, pagesLeftInFolio } from '#core';
import { extentAt, LONGEST_GAP } from './picture-axis.ts';
import type { PictureAxis } from './picture-axis.ts';

/** The part of an axis that is shown. Unit: positions, that is pages but for cut gaps. */
export type PictureWindow = { readonly first: number; readonly count: number };

/** Consecutive pages of one folio within a window. */
export type PagePiece = {
  readonly position: number;
  readonly vaPage: number;
  readonly pages: number;
  /** First frame; for a zero page it says nothing. */
  readonly pfn: number;
  /** First frame of the folio; null where the pages have none of their own: zero page or absent. */
  readonly folio: number | null;
  readonly order: number;
  /** Index into LEAF_LEVELS. */
  readonly leaf: number;
  readonly isCopied: boolean;
  readonly isAbsent: boolean;
};

/** Unmapped pages within a window. */
export type GapPiece = {
  readonly position: number;
  /** Positions it takes within the window. */
  readonly count: number;
  readonly vaPage: number;
  /** Its true length. Unit: base pages. */
  readonly pages: number;
};

export type PicturePieces = {
  readonly pages: readonly PagePiece[];
  readonly gaps: readonly GapPiece[];
};

/** Splits a part of one extent at the boundaries of its folios. */
function piecesOfExtent(
  { layout, starts, isCopied }: PictureAxis,
  extent: number,
  from: number,
  to: number,
): PagePiece[] {
  const order = layout.order[extent] ?? 0;
  const flags = layout.flags[extent] ?? 0;
  const isAbsent = (flags & FLAG.absent) !== 0;
  const hasFolio = !isAbsent && (flags & FLAG.zero) === 0;
  const start = starts[extent] ?? 0;
  const pieces: PagePiece[] = [];
  for (let position = from; position < to;) {
    const offset = position - start;
    const pfn = (layout.pfn[extent] ?? 0) + offset;
    const left = to - position;
    const pages = hasFolio ? Math.min(left, pagesLeftInFolio(pfn, order)) : left;
    pieces.push({
      position,
      vaPage: (layout.vaPage[extent] ?? 0) + offset,
      pages,
      pfn,
      folio: hasFolio ? folioHead(pfn, order) : null,
      order,
      leaf: layout.leaf[extent] ?? 0,
      isCopied: isCopied[extent] === 1,
      isAbsent,
    });
    position += pages;
  }
  return pieces;
}

function gapAfter(axis: PictureAxis, extent: number, first: number, end: number): GapPiece[] {
  const { layout, starts } = axis;
  const start = (starts[extent] ?? 0) + (layout.pages[extent] ?? 0);
  const next = starts[extent + 1];
  const from = Math.max(first, start);
  if (next === undefined || from >= Math.min(next, end)) return [];
  const vaPage = (layout.vaPage[extent] ?? 0) + (layout.pages[extent] ?? 0);
  const pages = (layout.vaPage[extent + 1] ?? 0) - vaPage;
  return [{ position: from, count: Math.min(next, end) - from, vaPage, pages }];
}

/** Whether a gap is longer than it is drawn. */
export function isCutShort(gap: GapPiece): boolean {
  return gap.pages > LONGEST_GAP;
}

/** What stands in a window, folio by folio. Time is proportional to the pieces. */
export function piecesInWindow(axis: PictureAxis, window: PictureWindow): PicturePieces {
  const { layout, starts } = axis;
  const end = Math.min(window.first + window.count, axis.length);
  const pages: PagePiece[] = [];
  const gaps: GapPiece[] = [];
  for (let at = extentAt(axis, window.first); at < layout.length; at += 1) {
    const start = starts[at] ?? 0;
    if (start >= end) break;
    const from = Math.max(window.first, start);
    pages.push(...piecesOfExtent(axis, at, from, Math.min(end, start + (layout.pages[at] ?? 0))));
    gaps.push(...gapAfter(axis, at, window.first, end));
  }
  return { pages, gaps };
}
