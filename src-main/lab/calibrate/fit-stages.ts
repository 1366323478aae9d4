import type { Grouping } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { FIT_STAGES } from './calibration-rows.ts';
import type { CalibrationRow } from './calibration-rows.ts';
import { PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import { determineGroups } from './determine-groups.ts';
import { fitNeededGroups } from './fit-groups.ts';
import type { FittedGroups } from './fit-groups.ts';

/** The rows of a stage with what was fitted to them. */
export type StageFit = {
  readonly rows: readonly CalibrationRow[];
  readonly fitted: FittedGroups;
  readonly tolerance: number;
  /** What this stage fitted; 0 for what it could do without. Unit: nanoseconds each. */
  readonly prices: ReadonlyMap<PartName, number>;
};

/**
 * Allocations that occur in whole calls only, together with work of io_uring that is not modelled: they keep the
 * starting prices, or that work would be priced as an allocation.
 */
const KEPT: readonly PartName[] = ['kmalloc', 'kfree', 'large_kmalloc'];

function shortNs(ns: number): number {
  return Number(ns.toPrecision(4));
}

/** Fitted prices by part; what is unneeded costs nothing. */
function fittedPrices(
  { groups, unneeded, fit }: FittedGroups,
  starting: Float64Array,
): ReadonlyMap<PartName, number> {
  const prices = new Map<PartName, number>(unneeded.map((name) => [name, 0]));
  groups.forEach(({ parts }, at) => {
    for (const name of parts) {
      const start = starting[PART_NAMES.indexOf(name)] ?? 0;
      prices.set(name, shortNs(start * (fit.multipliers[at] ?? 0)));
    }
  });
  return prices;
}

/** A row with what is known of it taken out of what is fitted. */
function withKnownPrices(
  row: CalibrationRow,
  known: ReadonlyMap<PartName, number>,
): CalibrationRow {
  let fixedNs = row.fixedNs;
  const counts = row.counts.map((count, at) => {
    const name = PART_NAMES[at];
    const price = name === undefined ? undefined : known.get(name);
    if (price === undefined) return count;
    fixedNs += count * price;
    return 0;
  });
  return { ...row, fixedNs, counts };
}

/**
 * Fits rows stage by stage; what a stage has found stands for the ones after it.
 *
 * @returns A fit for each stage that has rows; or why the rows of one do not determine it.
 */
export function fitStages(
  rows: readonly CalibrationRow[],
  starting: Float64Array,
  grouping: Grouping,
): Found<readonly StageFit[]> {
  const stages: StageFit[] = [];
  const known = new Map(KEPT.map((name) => [name, starting[PART_NAMES.indexOf(name)] ?? 0]));
  for (const stage of FIT_STAGES) {
    const ofStage = rows
      .filter((row) => row.stage === stage)
      .map((row) => withKnownPrices(row, known));
    if (ofStage.length === 0) continue;
    const determined = determineGroups(ofStage, starting, grouping);
    if (!determined.ok) return determined;
    const { groups, tolerance } = determined.value;
    const fitted = fitNeededGroups(ofStage, groups, starting);
    const prices = fittedPrices(fitted, starting);
    for (const [name, price] of prices) known.set(name, price);
    stages.push({ rows: ofStage, fitted, tolerance, prices });
  }
  return { ok: true, value: stages };
}
