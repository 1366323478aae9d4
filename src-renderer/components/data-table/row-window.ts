/** What stands in the body of a long table: rows, and gaps in place of rows that are off screen. */
export type WindowPart =
  | { readonly kind: 'row'; readonly index: number }
  /** `heightPx` stands for the rows left out before `index`. */
  | { readonly kind: 'gap'; readonly index: number; readonly heightPx: number };

/**
 * The parts of a table body in which only some rows are drawn.
 *
 * @param indexes     Of the rows to draw, ascending.
 * @param count       Rows in all.
 * @param rowHeightPx Height of every row.
 */
export function windowParts(
  indexes: readonly number[],
  count: number,
  rowHeightPx: number,
): readonly WindowPart[] {
  const parts: WindowPart[] = [];
  let next = 0;
  for (const index of [...indexes, count]) {
    if (index > next) parts.push({ kind: 'gap', index, heightPx: (index - next) * rowHeightPx });
    if (index < count) parts.push({ kind: 'row', index });
    next = index + 1;
  }
  return parts;
}

/** The rows on screen, and the active one, which keeps the focus when it is scrolled away. */
export function withActiveRow(indexes: readonly number[], activeIndex: number): number[] {
  if (activeIndex < 0 || indexes.includes(activeIndex)) return [...indexes];
  return [...indexes, activeIndex].sort((a, b) => a - b);
}
