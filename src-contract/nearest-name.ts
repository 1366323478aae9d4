/** Single-letter changes (replace, insert, delete, swap neighbours) from one word to another. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const replaced = (previous[column - 1] ?? 0) + (isSame ? 0 : 1);
      const inserted = (current[column - 1] ?? 0) + 1;
      const deleted = (previous[column] ?? 0) + 1;
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap && row > 1 ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, inserted, deleted, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** Names longer than this are not compared: nobody mistypes that much. */
const LONGEST_NAME = 100;

/**
 * The known name a mistyped one most likely means.
 *
 * @returns The nearest of `known`, ignoring case, or null when none is within a third of its length.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null;
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < least) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

/** What to write instead of an unknown name: a guess where there is one, and all that is allowed. */
export function suggestNames(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const guess = nearest === null ? '' : `did you mean ${nearest}? `;
  return `${guess}allowed: ${known.join(', ')}`;
}
