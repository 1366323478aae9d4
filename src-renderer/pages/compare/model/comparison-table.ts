import type { CellValue } from '#contract';
import type { VisibleTable } from '../../../components/data-table/columns.ts';
import type { Case } from './comparison.ts';
import type { ChangeReading } from './figure-format.ts';
import { metricNamed } from './metrics.ts';
import type { Metric } from './metrics.ts';
import { columnName } from './parameters.ts';

/** A table with headings as a CSV file has them. */
export type NamedTable = {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly CellValue[])[];
};

/** `total.p99` is headed `total_p99_ns`, `blockSize` `block_size`. */
function csvName(columnId: string): string {
  const metric = metricNamed(columnId.replace(/\.change$/, ''));
  if (metric === undefined) return columnName(columnId);
  return columnId.endsWith('.change') ? `${metric.csvName}_change_share` : metric.csvName;
}

/** The table on screen, figures alone. */
export function tableOf({ columns, rows }: VisibleTable): NamedTable {
  return { columns: columns.map(({ id }) => ({ name: csvName(id) })), rows };
}

/** What a cell says besides its figure, as columns of their own. */
const CHANGE_COLUMNS: readonly {
  readonly suffix: string;
  readonly valueOf: (reading: ChangeReading) => CellValue;
}[] = [
  { suffix: 'change', valueOf: ({ change }) => change.delta },
  { suffix: 'change_lower', valueOf: ({ certainty }) => certainty?.lower ?? null },
  { suffix: 'change_upper', valueOf: ({ certainty }) => certainty?.upper ?? null },
  {
    suffix: 'within_chance',
    valueOf: ({ certainty }) =>
      certainty === null ? null : certainty.isIndistinguishable ? 'yes' : 'no',
  },
];

/**
 * The table on screen with the changes its cells show: after each figure its change against the
 * baseline, and the ends of the 95 % interval of that, in the unit of the figure.
 *
 * @param readChange  Certainties must have been worked out.
 */
export function tableWithChanges(
  table: VisibleTable,
  cases: readonly Case[],
  readChange: (one: Case, metric: Metric) => ChangeReading | null,
): NamedTable {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const parts = table.columns.map(({ id }, index) => ({ index, id, metric: metricNamed(id) }));
  return {
    columns: parts.flatMap(({ id, metric }) => [
      { name: csvName(id) },
      ...(metric === undefined
        ? []
        : CHANGE_COLUMNS.map(({ suffix }) => ({ name: `${suffix}_${metric.csvName}` }))),
    ]),
    rows: table.rows.map((row, at) => {
      const one = byId.get(table.ids[at] ?? '');
      return parts.flatMap(({ index, metric }) => {
        const cell = row[index] ?? null;
        if (metric === undefined) return [cell];
        const reading = one === undefined ? null : readChange(one, metric);
        const changes = CHANGE_COLUMNS.map(({ valueOf }) =>
          reading === null ? null : valueOf(reading),
        );
        return [cell, ...changes];
      });
    }),
  };
}
