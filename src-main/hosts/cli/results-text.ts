import type { Comparison, ComparisonCell } from '../../lab/index.ts';
import { decimals, nanosecondsText, percentText } from './figures.ts';
import { parameterColumn } from './parameter-column.ts';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

/** The figures of the table, by the names that expectations use. */
export const RESULT_METRICS = [
  'total.p50',
  'total.p99',
  'cpuNsPerIo',
  'events.lock_op',
  'allocations.result.count',
  'allocations.result.bytes',
  'figures.stackBytesMost',
] as const;
type ResultMetric = (typeof RESULT_METRICS)[number];

/** Columns of the words below the table. */
const WIDTH = 100;

/** One strategy under one set of parameters. */
type Row = {
  readonly parameters: Comparison['rows'][number]['parameters'];
  readonly strategy: string;
  readonly isFirst: boolean;
  readonly cells: ReadonlyMap<string, ComparisonCell | null>;
};

/** Turns rows of metrics into rows of strategies. */
function rowsOf({ rows, subjects }: Comparison): Row[] {
  const groups = Map.groupBy(rows, ({ parameters }) => JSON.stringify(parameters));
  return [...groups.values()].flatMap((metrics) =>
    subjects.map(({ name }, subject): Row => ({
      parameters: metrics[0]?.parameters ?? [],
      strategy: name,
      isFirst: subject === 0,
      cells: new Map(metrics.map(({ metric, cells }) => [metric, cells[subject] ?? null])),
    })),
  );
}

function figureColumn(
  title: string,
  metric: ResultMetric,
  textOf: (figure: number) => string,
): Column<Row> {
  return {
    title,
    align: 'right',
    text: ({ cells }) => {
      const cell = cells.get(metric) ?? null;
      return cell === null ? '–' : textOf(cell.median);
    },
  };
}

function differenceText({ cells }: Row): string {
  const difference = cells.get('total.p50')?.difference ?? null;
  if (difference === null) return '';
  if (difference.delta === 0) return '=';
  if (difference.isIndistinguishable === true) return '~';
  const size = difference.percent === null ? 'new' : percentText(difference.percent);
  return difference.isIndistinguishable === null ? `${size} ?` : size;
}

const FIGURE_COLUMNS: readonly Column<Row>[] = [
  figureColumn('p50 ns', 'total.p50', nanosecondsText),
  figureColumn('p99 ns', 'total.p99', nanosecondsText),
  { title: 'p50 vs first', align: 'right', text: differenceText },
  figureColumn('CPU ns', 'cpuNsPerIo', nanosecondsText),
  figureColumn('lock_op', 'events.lock_op', decimals),
  figureColumn('allocs', 'allocations.result.count', decimals),
  figureColumn('alloc B', 'allocations.result.bytes', decimals),
  figureColumn('stack B', 'figures.stackBytesMost', decimals),
];

function legend(comparison: Comparison): string {
  const replicates = Math.max(
    0,
    ...comparison.rows.flatMap(({ cells }) => cells.map((cell) => cell?.replicates ?? 0)),
  );
  const over =
    replicates < 2
      ? ''
      : ` Medians over ${replicates} replicates; ~ where they show no difference.`;
  return `Per I/O: total time, processor time, locked operations; allocations of the result array, their slab bytes, the most stack it used.${over}`;
}

/**
 * The results of a run as a table, and what its columns mean.
 *
 * @param comparison  The strategies of one run, compared in `RESULT_METRICS`.
 */
export function resultsText(comparison: Comparison): string {
  const rows = rowsOf(comparison).filter(({ cells }) => cells.size > 0);
  if (rows.length === 0) return 'No trial has finished.';
  const columns: Column<Row>[] = [
    ...comparison.parameters.map((name, index) =>
      // Said once for all strategies that share it.
      parameterColumn<Row>(name, ({ isFirst, parameters }) =>
        isFirst ? (parameters[index] ?? '') : '',
      ),
    ),
    { title: 'strategy', align: 'left', text: ({ strategy }) => strategy },
    ...FIGURE_COLUMNS,
  ];
  return [textTable(rows, columns), '', wrapWords(legend(comparison), WIDTH, '')].join('\n');
}
