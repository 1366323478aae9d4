import { partsFarOff } from '#contract';
import type { CalibrationDocument } from '#contract';
import { formatChange, formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';

/** A figure at the head of a report. */
export type Fact = { readonly title: string; readonly text: string; readonly hint: string };

/** The mean of the sizes of errors; null where none is known. Unit: per cent. */
export function meanError(errors: readonly (number | null)[]): number | null {
  const known = errors.filter((error) => error !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, error) => sum + Math.abs(error), 0) / known.length;
}

/** `4.83 %`; a dash where there is none. */
export function percentText(percent: number | null): string {
  return percent === null ? '–' : `${percent.toFixed(2)} %`;
}

/** What a calibration is, in a line of figures. */
export function factsOf(document: CalibrationDocument): readonly Fact[] {
  const { files, residuals, groups, scales, worst } = document;
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const layouts = new Set(residuals.map(({ layout }) => layout)).size;
  return [
    {
      title: 'Rows fitted',
      text: `${formatCount(residuals.length)} of ${formatCount(rows)}`,
      hint: `of ${counted(files.length, 'file')}: ${files.map(({ name }) => name).join(', ')}`,
    },
    { title: 'Layouts', text: formatCount(layouts), hint: 'different layouts in these rows' },
    {
      title: 'Runs',
      text: formatCount(new Set(residuals.map(({ run }) => run)).size),
      hint: `runs of the measurement; ${counted(scales.length, 'scale factor')}`,
    },
    {
      title: 'Prices told apart',
      text: formatCount(groups.length),
      hint: 'prices, or groups of tied prices, that the rows determine',
    },
    {
      title: 'MAPE',
      text: percentText(meanError(residuals.map(({ errorPercent }) => errorPercent))),
      hint: 'mean size of the error over all rows, fitted and told with the same prices',
    },
    {
      title: 'Layout left out',
      text: percentText(meanError(residuals.map((row) => row.leftOutErrorPercent))),
      hint: 'the same, each layout told with prices fitted without it',
    },
    {
      title: 'Worst row',
      text: worst === null ? '–' : formatChange(worst.errorPercent / 100),
      hint:
        worst === null
          ? 'there is none'
          : `${worst.file}:${worst.line}: ${worst.metric} on ${worst.layout}, ${worst.what}`,
    },
  ];
}

/** Which rows a model is far off for, in a sentence; null where it is for none. */
export function warningOf(document: CalibrationDocument): string | null {
  const parts = partsFarOff(document).map(
    ({ part, mapePercent }) => `${part} (${percentText(mapePercent)})`,
  );
  return parts.length === 0 ? null : `The mean error is above 20 % for ${parts.join(', ')}.`;
}
