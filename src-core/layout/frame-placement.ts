import type { RandomStream } from '../random.ts';
import { PUD_PAGES } from '../units.ts';

/**
 * How the frames of a folio follow those of the folio mapped before it.
 *
 * - `contiguous`: every folio starts where the one before it ended.
 * - `scattered`: none does; folios lie in random order with a free frame or more between any two.
 * - `adjacency`: each does with this probability, 0 to 1; 0 is `scattered` and 1 is `contiguous`.
 */
export type FrameArrangement = 'contiguous' | 'scattered' | { readonly adjacency: number };

/** The lowest frame that builders use: a multiple of every folio's size. */
export const FIRST_FRAME = PUD_PAGES;

/** Stretches of consecutive frames to be placed, in columns of equal length. */
export type FrameRuns = {
  /** Lengths. Unit: base pages. */
  readonly pages: Float64Array;
  /** A power of two; the first frame is `remainder` more than one of its multiples. */
  readonly multiple: Float64Array;
  readonly remainder: Float64Array;
};

/** The probability that a folio starts where the one before it ended. */
export function adjacencyOf(frames: FrameArrangement): number {
  if (frames === 'contiguous') return 1;
  return frames === 'scattered' ? 0 : frames.adjacency;
}

/**
 * Draws how many folios in a row are physically adjacent.
 *
 * @param folios     How many there are, at least 1.
 * @param adjacency  Probability from 0 to 1 that a folio continues the run; 1 draws nothing.
 * @returns Lengths of the runs, in folios; their sum is `folios`.
 */
export function drawRunLengths(folios: number, adjacency: number, random: RandomStream): number[] {
  if (adjacency === 1) return [folios];
  const lengths: number[] = [];
  let length = 1;
  for (let folio = 1; folio < folios; folio += 1) {
    if (random.nextUnit() < adjacency) {
      length += 1;
    } else {
      lengths.push(length);
      length = 1;
    }
  }
  lengths.push(length);
  return lengths;
}

/** Draws an order of `count` indices; each is equally likely. */
function drawOrder(count: number, random: RandomStream): Uint32Array {
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    const other = random.nextIndex(index + 1);
    order[index] = order[other];
    order[other] = index;
  }
  return order;
}

/**
 * Places runs in random order, from `FIRST_FRAME` up, with a free frame or more between any two: no
 * frame is used twice and no two runs touch.
 *
 * @returns The first frame of each run.
 */
export function placeFrameRuns(runs: FrameRuns, random: RandomStream): Float64Array {
  const { pages, multiple, remainder } = runs;
  const frames = new Float64Array(pages.length);
  const order = drawOrder(pages.length, random);
  let free = FIRST_FRAME;
  for (let place = 0; place < order.length; place += 1) {
    const run = order[place];
    const size = multiple[run];
    const frame = Math.ceil((free - remainder[run]) / size) * size + remainder[run];
    frames[run] = frame;
    free = frame + pages[run] + 1;
  }
  return frames;
}
