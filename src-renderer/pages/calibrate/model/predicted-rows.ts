import type { CalibrationResidual, PredictDocument } from '#contract';
import { formatBytes } from '../../../format.ts';

/** What a model says of a table: the rows it speaks of, and why it is silent about the others. */
export type Prediction = {
  readonly rows: readonly CalibrationResidual[];
  readonly leftOut: readonly { readonly reason: string; readonly rows: number }[];
};

/** Predicted rows as those of a fit are drawn and listed; the most frequent reason first. */
export function predictionOf({ file, rows }: PredictDocument): Prediction {
  const told = rows.flatMap((row) => {
    const { line, metric, layout, mode, bytes, measuredNs, modelledNs, errorPercent } = row;
    if (modelledNs === null || errorPercent === null) return [];
    return [
      {
        ...{ file, line, metric, layout, measuredNs, modelledNs, errorPercent },
        run: '',
        what: [mode, formatBytes(bytes)].filter((word) => word !== null).join(' '),
        // A prediction has no scale factor.
        unscaledErrorPercent: errorPercent,
        leftOutErrorPercent: null,
      },
    ];
  });
  const silent = rows.filter(({ modelledNs }) => modelledNs === null);
  const reasons = Map.groupBy(silent, ({ reason }) => reason ?? '');
  const leftOut = [...reasons].map(([reason, own]) => ({ reason, rows: own.length }));
  return { rows: told, leftOut: leftOut.toSorted((a, b) => b.rows - a.rows) };
}
