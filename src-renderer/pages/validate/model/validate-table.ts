import { basisText } from '#contract';
import type { ValidateRow } from '#contract';
import type { ChartCell } from '../../../charts/chart-table.ts';

/** The rows for a CSV file: figures as they are, units and ranges in columns of their own. */
export function validateTable(rows: readonly ValidateRow[]): {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly ChartCell[])[];
} {
  const columns: readonly (readonly [string, (row: ValidateRow) => ChartCell])[] = [
    ['id', ({ id }) => id],
    ['figure', ({ figure }) => figure],
    ['source', ({ source }) => source],
    ['workload', ({ workload }) => workload],
    ['layout', ({ layout }) => layout],
    ['strategy', ({ strategy }) => strategy],
    ['published', ({ published }) => published],
    ['modelled', ({ modelled }) => modelled],
    ['modelled_least', ({ modelledRange }) => modelledRange?.[0] ?? null],
    ['modelled_most', ({ modelledRange }) => modelledRange?.[1] ?? null],
    ['unit', ({ unit }) => unit],
    ['error_percent', ({ errorPercent }) => errorPercent],
    ['basis', basisText],
    ['priced_by', ({ costModel }) => costModel],
    ['reason', ({ reason }) => reason],
  ];
  return {
    columns: columns.map(([name]) => ({ name })),
    rows: rows.map((row) => columns.map(([, value]) => value(row))),
  };
}
