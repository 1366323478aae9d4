import { seedStream } from '#core';
import type { CalibrationAccuracy, CalibrationResidual } from '#contract';
import type { CalibrationRow } from './calibration-rows.ts';
import { fitPrices } from './fit-prices.ts';
import type { FitRow, PriceFit } from './fit-prices.ts';
import { scaledNs } from './fit-groups.ts';

/** What rows of a thread that pins nothing have for a layout: there is none to leave out. */
const NO_LAYOUT = 'none';
const INTERVAL = [0.025, 0.975] as const;

export function errorPercentOf(modelledNs: number, measuredNs: number): number {
  return 100 * (modelledNs / measuredNs - 1);
}

/**
 * Tells each layout with prices fitted without it. Which parts are tied stays as all rows have it.
 *
 * @returns The error of each row; null where there is one layout only, or where the row needs a price that no other
 *   layout has. Unit: percent.
 */
export function leaveLayoutsOut(
  rows: readonly CalibrationRow[],
  fitRows: readonly FitRow[],
): readonly (number | null)[] {
  const layouts = [...new Set(rows.map(({ layout }) => layout))].filter(
    (name) => name !== NO_LAYOUT,
  );
  const errors: (number | null)[] = rows.map(() => null);
  if (layouts.length < 2) return errors;
  for (const layout of layouts) {
    const isLeftOut = rows.map((row) => row.layout === layout);
    const kept = fitRows.filter((_row, at) => isLeftOut[at] !== true);
    const fit = fitPrices(kept);
    const isKnown = fit.multipliers.map((_value, group) =>
      kept.some(({ groupNs }) => (groupNs[group] ?? 0) > 0) ? 1 : 0,
    );
    fitRows.forEach((row, at) => {
      const isTold = row.groupNs.every((ns, group) => ns === 0 || isKnown[group] === 1);
      if (isLeftOut[at] === true && isTold)
        errors[at] = errorPercentOf(scaledNs(row, fit), row.measuredNs);
    });
  }
  return errors;
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.round(share * (ascending.length - 1))] ?? 0;
}

/** 95 % intervals of the multipliers over fits of resampled rows; the same rows give the same intervals. */
export function resampleFits(
  fitRows: readonly FitRow[],
  { multipliers }: PriceFit,
  samples: number,
): readonly (readonly [number, number])[] {
  const random = seedStream('calibration', samples, fitRows.length);
  const found: number[][] = Array.from(multipliers, () => []);
  for (let sample = 0; sample < samples; sample += 1) {
    const drawn = fitRows.flatMap(() => fitRows[random.nextIndex(fitRows.length)] ?? []);
    const fit = fitPrices(drawn);
    fit.multipliers.forEach((value, at) => found[at]?.push(value));
  }
  return found.map((values, at) => {
    if (values.length === 0) return [multipliers[at] ?? 0, multipliers[at] ?? 0] as const;
    const ascending = values.toSorted((a, b) => a - b);
    return [quantile(ascending, INTERVAL[0]), quantile(ascending, INTERVAL[1])] as const;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length);
}

/** Mean absolute errors by part of the rows, in the order in which the parts first occur. */
export function accuracyOf(
  rows: readonly CalibrationRow[],
  residuals: readonly CalibrationResidual[],
): CalibrationAccuracy[] {
  const places = Map.groupBy(rows.keys(), (at) => rows[at]?.part ?? '');
  return [...places].map(([part, at]) => {
    const ofPart = at.flatMap((place) => residuals[place] ?? []);
    const leftOut = ofPart.flatMap(({ leftOutErrorPercent }) => leftOutErrorPercent ?? []);
    return {
      part,
      rows: at.length,
      mapePercent: meanOf(ofPart.map(({ errorPercent }) => errorPercent)),
      unscaledMapePercent: meanOf(ofPart.map((each) => each.unscaledErrorPercent)),
      leftOutMapePercent: leftOut.length === 0 ? null : meanOf(leftOut),
      leftOutRows: leftOut.length,
    };
  });
}
