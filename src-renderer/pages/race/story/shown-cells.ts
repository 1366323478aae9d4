import type { Cell, Track, TrackRow } from './track.ts';

/** What there is to say of a page: headings without a word are left out, unless it was taken back just now. */
export function shownCells({ cells }: TrackRow): readonly Cell[] {
  return cells.filter(({ words, wasChanged }) => words !== '' || wasChanged);
}

/** The headings under which anything is said in a whole walk, in their order. */
export function shownHeadings({ rows }: Track): readonly string[] {
  const said = rows.flatMap(({ cells }) => cells.filter(({ words }) => words !== ''));
  const headings = rows.at(0)?.cells.map(({ about }) => about) ?? [];
  return headings.filter((heading) => said.some(({ about }) => about === heading));
}
