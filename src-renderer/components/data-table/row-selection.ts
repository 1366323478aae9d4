/** The selection with one row more or less. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The ids from one row to another, both included, in the order of the table. */
export function idsBetween(
  ids: readonly string[],
  from: string | null,
  to: string,
): readonly string[] {
  const last = ids.indexOf(to);
  const first = from === null ? last : ids.indexOf(from);
  if (last < 0) return [];
  if (first < 0) return [to];
  return ids.slice(Math.min(first, last), Math.max(first, last) + 1);
}

/** The row a key leads to, or null for a key that leads nowhere. */
export function rowAfterKey(
  key: string,
  position: number,
  count: number,
  rowsOnScreen: number,
): number | null {
  if (count === 0) return null;
  const within = (index: number): number => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return within(position + 1);
    case 'ArrowUp':
      return within(position - 1);
    case 'PageDown':
      return within(position + rowsOnScreen);
    case 'PageUp':
      return within(position - rowsOnScreen);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
