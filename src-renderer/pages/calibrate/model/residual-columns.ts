import type { CalibrationResidual } from '#contract';
import type { TableColumn } from '../../../components/data-table/columns.ts';
import { formatChange, formatNs } from '../../../format.ts';

function errorText(percent: number | null): string {
  return formatChange(percent === null ? null : percent / 100);
}

function sizeOf(percent: number | null): number | null {
  return percent === null ? null : Math.abs(percent);
}

/** The columns of the rows of a fit. Errors are sorted by their size. */
export const RESIDUAL_COLUMNS: readonly TableColumn<CalibrationResidual>[] = [
  {
    id: 'row',
    title: 'Row',
    description: 'File and line',
    value: ({ file, line }) => `${file}:${line}`,
    width: 136,
    isFrozen: true,
    isAlwaysShown: true,
  },
  { id: 'metric', title: 'Metric', value: ({ metric }) => metric, width: 115 },
  { id: 'layout', title: 'Layout', value: ({ layout }) => layout, width: 92 },
  {
    id: 'what',
    title: 'What',
    description: 'Memory hot or walked, device, operation and length',
    value: ({ what }) => what,
    width: 148,
    isFlexible: true,
  },
  { id: 'run', title: 'Run', value: ({ run }) => run, width: 160, isHiddenAtFirst: true },
  {
    id: 'measured',
    title: 'Measured',
    value: ({ measuredNs }) => measuredNs,
    text: ({ measuredNs }) => formatNs(measuredNs),
    unit: 'ns',
    isNumeric: true,
    width: 83,
  },
  {
    id: 'modelled',
    title: 'Modelled',
    description: 'With the probe and the scale factor of the run',
    value: ({ modelledNs }) => modelledNs,
    text: ({ modelledNs }) => formatNs(modelledNs),
    unit: 'ns',
    isNumeric: true,
    width: 80,
  },
  {
    id: 'error',
    title: 'Error',
    description: 'Of the modelled figure; sorted by its size',
    value: ({ errorPercent }) => sizeOf(errorPercent),
    text: ({ errorPercent }) => errorText(errorPercent),
    unit: 'percent',
    isNumeric: true,
    width: 154,
  },
  {
    id: 'left-out',
    title: 'Left out',
    description: 'The error with prices that were fitted without this layout; sorted by its size',
    value: ({ leftOutErrorPercent }) => sizeOf(leftOutErrorPercent),
    text: ({ leftOutErrorPercent }) => errorText(leftOutErrorPercent),
    unit: 'percent',
    isNumeric: true,
    width: 76,
  },
];
