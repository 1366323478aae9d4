/** Where the rows of the picture stand. Unit: CSS pixels from the top. */
export const ROWS = {
  rulerText: 11,
  leaves: { top: 21, height: 11 },
  pages: { top: 35, height: 26 },
  links: { top: 61, bottom: 118 },
  folios: { top: 118, height: 26 },
  framesText: 157,
  height: 162,
} as const;
