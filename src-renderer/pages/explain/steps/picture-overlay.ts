import { PAGE_BYTES } from '#core';
import type { BioVector } from '#core';
import type { PictureGeometry, Span } from '../../../memory-picture/picture-geometry.ts';
import { positionOfPage } from '../../../memory-picture/picture-axis.ts';
import type { PictureAxis } from '../../../memory-picture/picture-axis.ts';
import type { PageSpan } from './page-span.ts';
import type { Story, StoryStep } from './story.ts';

/** A vector below the frames it covers. */
export type VectorBar = Span & {
  /** Place in the bio, from 0. */
  readonly index: number;
  readonly vector: BioVector;
  readonly state: 'made' | 'current' | 'to come';
};

/** What is drawn over the picture of memory at one step. */
export type PictureOverlay = {
  /** Pages that are not taken yet. */
  readonly veil: Span | null;
  /** Pages and frames the step works on. */
  readonly pages: Span | null;
  readonly frames: readonly Span[];
  readonly vectors: readonly VectorBar[];
};

function spanOfPages(axis: PictureAxis, geometry: PictureGeometry, pages: PageSpan): Span | null {
  const { pixelsPerPage, window } = geometry;
  const from = Math.max(0, positionOfPage(axis, pages.first) - window.first);
  const end = positionOfPage(axis, pages.first + pages.count) - window.first;
  const to = Math.min(window.count, end);
  return to > from ? { x: from * pixelsPerPage, width: (to - from) * pixelsPerPage } : null;
}

/** The first drawn folio that ends after a frame; they stand in the order of their frames. */
function firstFolioAfter(geometry: PictureGeometry, pfn: number): number {
  const { folios } = geometry;
  let low = 0;
  let high = folios.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const folio = folios[middle];
    if (folio !== undefined && folio.pfn + folio.frames <= pfn) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The drawn stretch of some frames; null where none of them is drawn. */
function spanOfFrames(geometry: PictureGeometry, pfn: number, count: number): Span | null {
  let start: number | null = null;
  let end = 0;
  for (let at = firstFolioAfter(geometry, pfn); at < geometry.folios.length; at += 1) {
    const folio = geometry.folios[at];
    if (folio === undefined || folio.pfn >= pfn + count) break;
    const scale = folio.width / folio.frames;
    const from = Math.max(pfn, folio.pfn) - folio.pfn;
    const to = Math.min(pfn + count - folio.pfn, folio.frames);
    start ??= folio.x + from * scale;
    end = folio.x + to * scale;
  }
  return start === null ? null : { x: start, width: end - start };
}

function framesOfVector({ offset, length }: BioVector): number {
  return Math.ceil((offset + length) / PAGE_BYTES);
}

/** Whether two stretches of pages have one in common. */
function meet(a: PageSpan, b: PageSpan): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}

function vectorBars(
  { explanation, vectorPages }: Story,
  { vectors: own, totals, kind }: StoryStep,
  geometry: PictureGeometry,
  drawn: PageSpan,
): readonly VectorBar[] {
  const isAtVectors = kind === 'bvec' || kind === 'merge';
  return explanation.bvecs.flatMap((vector, index) => {
    const pages = vectorPages[index];
    if (pages === undefined || !meet(pages, drawn)) return [];
    const span = spanOfFrames(geometry, vector.pfn, framesOfVector(vector));
    if (span === null) return [];
    const isOwn =
      isAtVectors && own !== null && index >= own.first && index < own.first + own.count;
    const state = isOwn ? 'current' : index < totals.vectors ? 'made' : 'to come';
    return [{ ...span, index, vector, state }];
  });
}

/** The frames behind some pages: the links of the picture know them. */
function framesBehind(geometry: PictureGeometry, pages: Span): readonly Span[] {
  return geometry.links.flatMap(({ page, frame }) => {
    const from = Math.max(page.x, pages.x);
    const to = Math.min(page.x + page.width, pages.x + pages.width);
    if (to - from < 0.01) return [];
    const scale = frame.width / page.width;
    return [{ x: frame.x + (from - page.x) * scale, width: (to - from) * scale }];
  });
}

/** Steps that are about the I/O as a whole point at no pages of their own. */
const POINTING: readonly StoryStep['kind'][] = [
  'grab',
  'slow-grab',
  'stop',
  'fault',
  'bvec',
  'merge',
  'gup',
  'slow',
];

/**
 * What a step adds to the picture.
 *
 * @param drawn  The pages of the picture.
 */
export function pictureOverlay(
  story: Story,
  step: StoryStep,
  axis: PictureAxis,
  geometry: PictureGeometry,
  drawn: PageSpan,
): PictureOverlay {
  const io = story.steps[0]?.pages ?? drawn;
  const taken = Math.min(step.totals.pages, io.count);
  const waiting = { first: io.first + taken, count: io.count - taken };
  const isPointing = POINTING.includes(step.kind);
  const pages = isPointing && step.pages !== null ? spanOfPages(axis, geometry, step.pages) : null;
  const isTaking = step.kind !== 'request';
  return {
    veil: isTaking ? spanOfPages(axis, geometry, waiting) : null,
    pages,
    frames: pages === null || step.kind === 'gup' ? [] : framesBehind(geometry, pages),
    vectors: vectorBars(story, step, geometry, drawn),
  };
}
