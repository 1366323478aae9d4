/** Something with two figures of which less is better. */
export type Tradeoff = { readonly x: number; readonly y: number };

/**
 * The points that no other one beats in both figures, by ascending `x`; of equal ones the first.
 */
export function paretoFront<Point extends Tradeoff>(points: readonly Point[]): readonly Point[] {
  const ascending = [...points].sort((left, right) => left.x - right.x || left.y - right.y);
  let least = Number.POSITIVE_INFINITY;
  return ascending.filter(({ y }) => {
    const isBetter = y < least;
    least = Math.min(least, y);
    return isBetter;
  });
}
