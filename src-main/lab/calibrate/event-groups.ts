import { Matrix, QrDecomposition } from 'ml-matrix';
import type { PartName } from './count-spans.ts';

/** Parts whose prices keep their ratio to each other, because the rows cannot tell them apart. */
export type PartGroup = {
  /** The part with the largest share of the time first. */
  readonly parts: readonly PartName[];
};

/** One part's share of the time of each row, at the prices the fit starts from. */
export type PartColumn = {
  readonly name: PartName;
  readonly shares: Float64Array;
};

function lengthOf(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value * value;
  return Math.sqrt(sum);
}

function cosine(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < first.length; at += 1) sum += (first[at] ?? 0) * (second[at] ?? 0);
  return sum / (lengthOf(first) * lengthOf(second));
}

/** A group that may still grow, told by its largest part. */
type OpenGroup = { readonly head: PartColumn; readonly parts: PartName[] };

function nearestGroup(groups: readonly OpenGroup[], column: PartColumn): OpenGroup | null {
  let nearest: OpenGroup | null = null;
  for (const group of groups) {
    const isNearer =
      nearest === null ||
      cosine(group.head.shares, column.shares) > cosine(nearest.head.shares, column.shares);
    if (isNearer) nearest = group;
  }
  return nearest;
}

/** How much of a column no sum of others explains, as a share of its length. */
function unexplainedShare(column: Float64Array, others: readonly Float64Array[]): number {
  const design = new Matrix(others.map((other) => [...other])).transpose();
  const target = Matrix.columnVector([...column]);
  const solution = new QrDecomposition(design).solve(target);
  const rest = Matrix.sub(target, design.mmul(solution)).norm();
  return rest / lengthOf(column);
}

/**
 * Finds which parts the rows can tell apart. The largest part comes first; a part of which less than `tolerance`
 * is left when the ones before it have explained what they can is tied to the one it resembles most.
 *
 * @param columns    Of equal length; parts that occur in no row are left out.
 * @param tolerance  0 (only exact sums are tied) to 1.
 */
export function groupParts(columns: readonly PartColumn[], tolerance: number): PartGroup[] {
  const bySize = columns
    .filter(({ shares }) => lengthOf(shares) > 0)
    .toSorted((a, b) => lengthOf(b.shares) - lengthOf(a.shares));
  const groups: OpenGroup[] = [];
  for (const column of bySize) {
    const nearest = nearestGroup(groups, column);
    const heads = groups.map(({ head }) => head.shares);
    // More parts than rows cannot be told apart.
    const isFull = heads.length >= column.shares.length;
    if (nearest === null || (!isFull && unexplainedShare(column.shares, heads) > tolerance)) {
      groups.push({ head: column, parts: [column.name] });
    } else {
      nearest.parts.push(column.name);
    }
  }
  return groups.map(({ parts }) => ({ parts }));
}
