import type { Relation } from './expect-schema.ts';

/** Two figures of the same metric. */
export type Comparison = { readonly left: number; readonly right: number };

/** Whether two figures stand in a relation; `tolerance` is a share of the right one. */
export function relationHolds(
  { left, right }: Comparison,
  relation: Relation,
  tolerance: number,
): boolean {
  switch (relation) {
    case 'less':
      return left < right;
    case 'at-most':
      return left <= right;
    case 'equal':
      return left === right;
    case 'at-least':
      return left >= right;
    case 'greater':
      return left > right;
    case 'within':
      return Math.abs(left - right) <= tolerance * Math.abs(right);
  }
}

/** How far a comparison is from failing, as a share of the right figure; below 0 where it fails. */
export function closeness(
  { left, right }: Comparison,
  relation: Relation,
  tolerance: number,
): number {
  const unit = right === 0 ? 1 : Math.abs(right);
  switch (relation) {
    case 'less':
    case 'at-most':
      return (right - left) / unit;
    case 'at-least':
    case 'greater':
      return (left - right) / unit;
    case 'equal':
      return -Math.abs(left - right) / unit;
    case 'within':
      return tolerance - Math.abs(left - right) / unit;
  }
}

const WORDS: Readonly<Record<Exclude<Relation, 'within'>, string>> = {
  less: 'less than',
  'at-most': 'at most',
  equal: 'equal to',
  'at-least': 'at least',
  greater: 'greater than',
};

function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** A comparison in words: `3.1 us is not less than 2.9 us`. */
export function relationText(
  comparison: Comparison,
  relation: Relation,
  tolerance: number,
  figureText: (figure: number) => string,
): string {
  const { left, right } = comparison;
  const not = relationHolds(comparison, relation, tolerance) ? '' : 'not ';
  if (relation !== 'within') {
    return `${figureText(left)} is ${not}${WORDS[relation]} ${figureText(right)}`;
  }
  const distance = right === 0 ? '' : ` (${percentText((left - right) / Math.abs(right))} off)`;
  return `${figureText(left)} is ${not}within ${percentText(tolerance)} of ${figureText(right)}${distance}`;
}
