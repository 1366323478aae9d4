/** Frames of layouts end before this: no row has those of pages that came later. */
export const firstFreshFrame = 2 ** 40;

const bases = { zero: firstFreshFrame, replaced: 2 ** 44, migrated: 2 ** 48 };

/**
 * The first frame of a folio that no row names: one that a fault or a migration put in the place of
 * another, or the zero page.
 *
 * @param page  Where it was put in: its first virtual page, or for a migration the frame it had. Twice
 *              that is the new frame, so that no two such folios are neighbours.
 */
export function frameOfFresh(kind: keyof typeof bases, page: number): number {
  return bases[kind] + 2 * page;
}
