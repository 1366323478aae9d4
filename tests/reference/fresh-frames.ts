/** Frames of layouts end before this: no row has those of pages that came later. */
export const firstFreshFrame = 2 ** 40;

const bases = { zero: firstFreshFrame, replaced: 2 ** 44 };

/**
 * The frame of a page that no row names: one that a fault put in its place, or the zero page.
 *
 * Its number comes from its virtual page, doubled in units of the largest folio, so that no two such
 * pages are neighbours.
 */
export function frameOfFresh(kind: keyof typeof bases, vaPage: number): number {
  return bases[kind] + 2 * vaPage;
}
