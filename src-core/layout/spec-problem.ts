import { PAGE_BYTES } from '../units.ts';
import type { FrameArrangement } from './frame-placement.ts';
import { adjacencyOf } from './frame-placement.ts';

/** A figure no layout can be built from. `message` says what was found and what is allowed. */
export type LayoutSpecProblem = {
  /** Path within the specification, such as `weights[1].order`. */
  readonly key: string;
  readonly message: string;
};

/** The largest buffer a specification may ask for: the user half of a 48-bit address space. */
export const MAX_LAYOUT_BYTES = 140_737_488_355_328;
/** The most folios that are placed one by one: 16 GiB of scattered 4 KiB pages. */
export const MAX_PLACED_FOLIOS = 4_194_304;

/** Checks a whole number against its range. */
export function wholeNumberProblem(
  key: string,
  value: number,
  least: number,
  most: number,
): LayoutSpecProblem | null {
  if (Number.isInteger(value) && value >= least && value <= most) return null;
  return { key, message: `${value} is not a whole number from ${least} to ${most}` };
}

/** Checks the size of a buffer. */
export function bytesProblem(bytes: number): LayoutSpecProblem | null {
  if (bytes % PAGE_BYTES === 0 && bytes >= PAGE_BYTES && bytes <= MAX_LAYOUT_BYTES) return null;
  return {
    key: 'bytes',
    message: `${bytes} is not a multiple of ${PAGE_BYTES} from ${PAGE_BYTES} to ${MAX_LAYOUT_BYTES} (128 TiB)`,
  };
}

/** Checks an arrangement of frames. */
export function framesProblem(frames: FrameArrangement): LayoutSpecProblem | null {
  const adjacency = adjacencyOf(frames);
  if (adjacency >= 0 && adjacency <= 1) return null;
  return { key: 'frames.adjacency', message: `${adjacency} is not a probability from 0 to 1` };
}

/** Checks how many folios have to be placed one by one. */
export function placedFoliosProblem(bytes: number, folios: number): LayoutSpecProblem | null {
  if (folios <= MAX_PLACED_FOLIOS) return null;
  return {
    key: 'bytes',
    message: `${bytes} may take ${folios} folios with frames of their own; allowed are ${MAX_PLACED_FOLIOS}, so ask for less memory, larger folios or contiguous frames`,
  };
}
