import type { PictureWindow } from './picture-pieces.ts';

/** The fewest and most pages that are drawn at once. */
export const LEAST_PAGES = 16;
export const MOST_PAGES = 2048;
/** Pages that are drawn at first: one page table. */
export const FIRST_PAGES = 512;

/** A window moved and cut so that it lies within an axis. */
export function fittedWindow({ first, count }: PictureWindow, length: number): PictureWindow {
  const most = Math.max(1, Math.min(MOST_PAGES, length));
  const fitted = Math.min(most, Math.max(Math.min(LEAST_PAGES, most), Math.round(count)));
  return {
    first: Math.min(Math.max(0, Math.round(first)), Math.max(0, length - fitted)),
    count: fitted,
  };
}

/** The window moved by some positions. */
export function pannedWindow(window: PictureWindow, by: number, length: number): PictureWindow {
  return fittedWindow({ ...window, first: window.first + by }, length);
}

/**
 * The window with more or fewer pages.
 *
 * @param factor  On the number of pages shown: 0.5 shows half as many, twice as large.
 * @param anchor  Position that stays where it is on screen.
 */
export function zoomedWindow(
  window: PictureWindow,
  factor: number,
  anchor: number,
  length: number,
): PictureWindow {
  const { count } = fittedWindow({ first: 0, count: window.count * factor }, length);
  const share = (anchor - window.first) / window.count;
  return fittedWindow({ first: anchor - share * count, count }, length);
}

/** The window moved just far enough to show a position. */
export function windowShowing(
  window: PictureWindow,
  position: number,
  length: number,
): PictureWindow {
  if (position < window.first) return fittedWindow({ ...window, first: position }, length);
  const last = window.first + window.count - 1;
  return position > last ? pannedWindow(window, position - last, length) : window;
}

/** Where a key leads from a position, as in a slider; null for a key that leads nowhere. */
export function positionAfterKey(
  key: string,
  isLarge: boolean,
  position: number,
  window: PictureWindow,
  length: number,
): number | null {
  const step = isLarge ? 16 : 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: position + step,
    ArrowUp: position + step,
    ArrowLeft: position - step,
    ArrowDown: position - step,
    PageUp: position + window.count,
    PageDown: position - window.count,
    Home: 0,
    End: length - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(0, target), length - 1);
}
