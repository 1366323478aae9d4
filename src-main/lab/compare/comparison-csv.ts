import { stringify } from 'csv-stringify/sync';
import type { CellValue } from '#contract';
import { csvFormat } from '../csv-format.ts';
import type { Comparison } from './comparison.ts';
import { figuresOfRow } from './comparison-document.ts';

const FIGURE_COLUMNS = [
  'metric',
  'unit',
  'subject',
  'median',
  'replicates',
  'delta',
  'percent',
  'lower',
  'upper',
  'indistinguishable',
];

function cellFromFlag(flag: boolean | null): string | null {
  if (flag === null) return null;
  return flag ? 'yes' : 'no';
}

/** A comparison as CSV: one line for each figure; times in ns, sizes in bytes. */
export function comparisonCsv({ subjects, parameters, rows }: Comparison): string {
  const lines = rows.flatMap((row) =>
    figuresOfRow(subjects, row.cells).map((figure): CellValue[] => [
      ...row.parameters,
      row.metric,
      row.unit,
      figure.subject,
      figure.median,
      figure.replicates,
      figure.delta,
      figure.percent,
      figure.lower,
      figure.upper,
      cellFromFlag(figure.indistinguishable),
    ]),
  );
  return stringify(lines, csvFormat([...parameters, ...FIGURE_COLUMNS]));
}
