import type { CalibrationRow } from './calibration-rows.ts';
import { PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import { groupParts } from './event-groups.ts';
import type { PartGroup } from './event-groups.ts';
import { fitPrices, modelledNs } from './fit-prices.ts';
import type { FitRow, PriceFit } from './fit-prices.ts';

/** A group that explains less than this share of every row explains nothing. */
const LEAST_SHARE = 0.05;
const INDEX: ReadonlyMap<PartName, number> = new Map(
  PART_NAMES.map((name, index) => [name, index]),
);

/** Groups that are fitted, and the parts that were given up. */
export type FittedGroups = {
  readonly groups: readonly PartGroup[];
  readonly unneeded: readonly PartName[];
  readonly fitRows: readonly FitRow[];
  readonly fit: PriceFit;
};

/** Which groups a set of rows tells apart, at the prices the fit starts from. */
export function groupsOf(
  rows: readonly CalibrationRow[],
  starting: Float64Array,
  tolerance: number,
): PartGroup[] {
  const columns = PART_NAMES.map((name, index) => ({
    name,
    shares: Float64Array.from(
      rows,
      ({ counts, measuredNs }) => ((counts[index] ?? 0) * (starting[index] ?? 0)) / measuredNs,
    ),
  }));
  return groupParts(columns, tolerance);
}

/** The time of each group in each row, at the prices the fit starts from. */
export function fitRowsOf(
  rows: readonly CalibrationRow[],
  groups: readonly PartGroup[],
  starting: Float64Array,
): FitRow[] {
  const indices = groups.map(({ parts }) => parts.map((name) => INDEX.get(name) ?? 0));
  return rows.map(({ measuredNs, fixedNs, run, series, counts }) => ({
    measuredNs,
    fixedNs,
    run,
    series,
    groupNs: Float64Array.from(indices, (members) =>
      members.reduce((sum, at) => sum + (counts[at] ?? 0) * (starting[at] ?? 0), 0),
    ),
  }));
}

function largestShare(rows: readonly FitRow[], fit: PriceFit, group: number): number {
  const multiplier = fit.multipliers[group] ?? 0;
  return rows.reduce(
    (most, { groupNs, measuredNs }) =>
      Math.max(most, ((groupNs[group] ?? 0) * multiplier) / measuredNs),
    0,
  );
}

/** Fits, gives up groups that explain nothing, and fits again until all are needed. */
export function fitNeededGroups(
  rows: readonly CalibrationRow[],
  all: readonly PartGroup[],
  starting: Float64Array,
): FittedGroups {
  let groups = all;
  const unneeded: PartName[] = [];
  for (;;) {
    const fitRows = fitRowsOf(rows, groups, starting);
    const fit = fitPrices(fitRows);
    const isNeeded = groups.map((_group, at) => largestShare(fitRows, fit, at) > LEAST_SHARE);
    const needed = groups.filter((_group, at) => isNeeded[at]);
    if (needed.length === groups.length || needed.length === 0) {
      return { groups, unneeded, fitRows, fit };
    }
    unneeded.push(...groups.flatMap(({ parts }, at) => (isNeeded[at] === true ? [] : parts)));
    groups = needed;
  }
}

/** What a fit says of a row, with the scale of its run. Unit: nanoseconds. */
export function scaledNs(row: FitRow, fit: PriceFit): number {
  return modelledNs(row, fit.multipliers) * (fit.scales.get(row.run) ?? 1);
}
