import { PAGE_BYTES } from '#core';
import { formatBytes, formatCount } from '../format.ts';
import { isCutShort } from './picture-pieces.ts';
import type { PictureGeometry, Span } from './picture-geometry.ts';
import { bandsPath, barsPath, byOrder, linesPath, pageLines, rulerTicks } from './picture-paths.ts';
import { ROWS } from './picture-rows.ts';

/** What a path of the picture shows; each kind has its look. */
export type DrawnKind =
  | 'order'
  | 'zero'
  | 'absent'
  | 'page-line'
  | 'folio-line'
  | 'gap'
  | 'copied'
  | 'copied-tick'
  | 'goes-on'
  | 'unmapped'
  | 'leaf'
  | 'tick'
  | 'boundary'
  | 'pud-boundary';
/** One path of the picture: everything of one kind and folio order. */
export type DrawnPath = {
  readonly key: string;
  readonly kind: DrawnKind;
  readonly d: string;
  /** Folio order that gives the colour; null for what has a colour of its own. */
  readonly order: number | null;
  readonly opacity: number;
};
export type DrawnText = {
  readonly key: string;
  readonly kind: 'ruler' | 'leaf' | 'gap' | 'frame';
  readonly x: number;
  readonly y: number;
  readonly text: string;
};
/** The picture as SVG needs it, back to front. */
export type PictureDrawing = {
  readonly paths: readonly DrawnPath[];
  readonly texts: readonly DrawnText[];
};

/** Sizes from which things are told apart. Unit: CSS pixels. */
const SEPARABLE_PAGE = 4;
const OUTLINABLE_PAGE = 7;
const SEPARABLE_FOLIO = 3;
const LABEL_WIDTH = 74;
const LEAF_LABEL_WIDTH = 30;
const COPIED_TICK = 6;
const { leaves, pages, links, folios } = ROWS;

function path(kind: DrawnKind, d: string, order: number | null = null, opacity = 1): DrawnPath[] {
  return d === '' ? [] : [{ key: `${kind}-${order ?? ''}-${opacity}`, kind, d, order, opacity }];
}

/** Space between neighbouring folios, none where they are too many. */
export function folioGap({ folios: all, width }: PictureGeometry): number {
  return all.length > 0 && width / all.length >= SEPARABLE_FOLIO ? 1 : 0;
}

function pageRow(geometry: PictureGeometry): DrawnPath[] {
  const { pixelsPerPage } = geometry;
  const withFolio = geometry.pages.flatMap((span) =>
    span.piece.folio === null ? [] : [{ ...span, order: span.piece.order }],
  );
  const bars = (spans: readonly Span[]): string => barsPath(spans, pages.top, pages.height);
  const copies = geometry.pages.filter(({ piece }) => piece.isCopied);
  return [
    ...byOrder(withFolio).flatMap(({ order, items }) => path('order', bars(items), order)),
    ...path(
      'zero',
      bars(geometry.pages.filter(({ piece }) => piece.folio === null && !piece.isAbsent)),
    ),
    ...path('absent', bars(geometry.pages.filter(({ piece }) => piece.isAbsent))),
    ...(pixelsPerPage >= SEPARABLE_PAGE
      ? path('page-line', linesPath(pageLines(geometry), pages.top, pages.height))
      : []),
    ...(folioGap(geometry) > 0
      ? path('folio-line', linesPath(geometry.pages, pages.top, pages.height))
      : []),
    ...path('gap', bars(geometry.gaps)),
    // Narrow pages have no room for an outline: copies get a mark at the top instead.
    ...(pixelsPerPage >= OUTLINABLE_PAGE
      ? path('copied', barsPath(copies, pages.top - 1, pages.height + 2))
      : path('copied-tick', barsPath(copies, pages.top, COPIED_TICK))),
  ];
}

function folioRow(geometry: PictureGeometry): DrawnPath[] {
  const gap = folioGap(geometry);
  const edges = geometry.folios.flatMap(({ x, width, goesOnLeft, goesOnRight }) => [
    ...(goesOnLeft && width > 8 ? [{ x, width: 3 }] : []),
    ...(goesOnRight && width > 8 ? [{ x: x + width - 3 - gap, width: 3 }] : []),
  ]);
  const { top, height } = folios;
  return [
    ...byOrder(geometry.folios).flatMap(({ order, items }) =>
      path('order', barsPath(items, top, height, gap), order),
    ),
    ...path('goes-on', barsPath(edges, top, height)),
    ...path('unmapped', barsPath(geometry.unmapped, top, height)),
  ];
}

/** Many links are drawn fainter, so that what is tangled still reads as a texture. */
function linkRow(geometry: PictureGeometry): DrawnPath[] {
  const opacity = Math.max(0.3, Math.min(0.45, 12 / geometry.links.length));
  return byOrder(geometry.links).flatMap(({ order, items }) =>
    path('order', bandsPath(items, links.top, links.bottom), order, opacity),
  );
}

function ruler(geometry: PictureGeometry): DrawnPath[] {
  const boundaries = (isPud: boolean) =>
    linesPath(
      geometry.boundaries.filter((one) => one.isPud === isPud),
      3,
      links.top - 3,
    );
  return [
    ...path('tick', linesPath(rulerTicks(geometry, LABEL_WIDTH), 3, 10)),
    ...path('boundary', boundaries(false)),
    ...path('pud-boundary', boundaries(true)),
    ...path('leaf', barsPath(geometry.leaves, leaves.top, leaves.height, 1)),
  ];
}

function textsOf(geometry: PictureGeometry): DrawnText[] {
  return [
    ...rulerTicks(geometry, LABEL_WIDTH).map(({ x, vaPage }) => ({
      key: `ruler-${vaPage}`,
      kind: 'ruler' as const,
      x: x + 4,
      y: ROWS.rulerText,
      text: formatCount(vaPage),
    })),
    ...geometry.leaves
      .filter(({ width }) => width > LEAF_LABEL_WIDTH)
      .map(({ x, leaf }) => ({
        key: `leaf-${x}`,
        kind: 'leaf' as const,
        x: x + 4,
        y: leaves.top + 9,
        text: leaf.toUpperCase(),
      })),
    ...geometry.gaps
      .filter(({ width, gap }) => width >= 44 || (width >= 24 && isCutShort(gap)))
      .map(({ x, width, gap }) => ({
        key: `gap-${x}`,
        kind: 'gap' as const,
        x: x + width / 2,
        y: pages.top + 17,
        text: formatBytes(gap.pages * PAGE_BYTES),
      })),
    ...geometry.folios
      .filter(({ width }) => width >= LABEL_WIDTH)
      .map(({ x, folio, pfn }) => ({
        key: `frame-${folio}`,
        kind: 'frame' as const,
        x: x + 1,
        y: ROWS.framesText,
        text: formatCount(pfn),
      })),
  ];
}

/** Draws a window of a layout: a few paths, however many pages it has. */
export function drawPicture(geometry: PictureGeometry): PictureDrawing {
  return {
    paths: [
      ...ruler(geometry),
      ...linkRow(geometry),
      ...pageRow(geometry),
      ...folioRow(geometry).map((one) => ({ ...one, key: `folio-${one.key}` })),
    ],
    texts: textsOf(geometry),
  };
}
