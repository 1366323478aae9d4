import type { Grouping } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import type { CalibrationRow } from './calibration-rows.ts';
import type { PartGroup } from './event-groups.ts';
import { groupsOf } from './fit-groups.ts';

/** Groups that rows determine, and how alike the parts of one are. */
export type DeterminedGroups = {
  readonly groups: readonly PartGroup[];
  readonly tolerance: number;
};

/** Columns of which less than this is left when the others explain what they can are alike. */
const TOLERANCE = 0.1;
/** Only what is the same in all rows but for rounding. */
const EXACT = 1e-9;
/** With fewer different rows than this for each price, the prices follow the noise. */
const ROWS_PER_PRICE = 2;
const NAMES_SHOWN = 6;

/** Rows that count something else; repetitions of a measurement determine nothing. */
function differentRows(rows: readonly CalibrationRow[]): number {
  return new Set(rows.map(({ counts }) => counts.join(' '))).size;
}

function countedText(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

function namesText(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length - NAMES_SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function tieMore(
  rows: readonly CalibrationRow[],
  starting: Float64Array,
  most: number,
): DeterminedGroups {
  let tolerance = TOLERANCE;
  let groups = groupsOf(rows, starting, tolerance);
  while (groups.length > Math.max(1, most) && tolerance < 1) {
    tolerance = Math.min(1, tolerance * 1.5);
    groups = groupsOf(rows, starting, tolerance);
  }
  return { groups, tolerance };
}

/**
 * Decides what is fitted.
 *
 * @returns The groups; or why the rows do not determine their prices.
 */
export function determineGroups(
  rows: readonly CalibrationRow[],
  starting: Float64Array,
  grouping: Grouping,
): Found<DeterminedGroups> {
  const different = differentRows(rows);
  const most = Math.floor(different / ROWS_PER_PRICE);
  const layouts = new Set(rows.map(({ layout }) => layout)).size;
  if (grouping === 'none') {
    const groups = groupsOf(rows, starting, EXACT);
    const tied = groups.find(({ parts }) => parts.length > 1);
    if (tied !== undefined) {
      const message = `the rows cannot tell ${namesText(tied.parts)} apart: they occur in the same ratio in every row; tie them (--grouping tie)`;
      return { ok: false, message };
    }
  }
  const found =
    grouping === 'tie-more'
      ? tieMore(rows, starting, most)
      : { groups: groupsOf(rows, starting, TOLERANCE), tolerance: TOLERANCE };
  if (found.groups.length <= most) return { ok: true, value: found };
  const message = `the fit is under-determined: ${countedText(different, 'different row')} on ${countedText(layouts, 'layout')} for ${countedText(found.groups.length, 'price')} that can be told apart; it needs ${ROWS_PER_PRICE} rows for each: add rows of other layouts and lengths, or tie more prices together (--grouping tie-more)`;
  return { ok: false, message };
}
