import { figureText } from '#contract';
import type { FigureUnit } from '#contract';
import type { Comparison, ComparisonCell, ComparisonRow } from '../../lab/index.ts';
import { percentText } from './figures.ts';
import { parameterColumn } from './parameter-column.ts';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

const WIDTH = 100;

/** `~`: the replicates show no difference; `?`: there are too few to tell. */
function differenceText({ difference }: ComparisonCell, unit: FigureUnit): string {
  if (difference === null) return '';
  const { delta, percent, isIndistinguishable } = difference;
  if (delta === 0) return ' (=)';
  const size = percent === null ? figureText(delta, unit) : percentText(percent);
  const mark = isIndistinguishable === null ? ' ?' : isIndistinguishable ? ' ~' : '';
  return ` (${size}${mark})`;
}

function cellText(cell: ComparisonCell | null | undefined, unit: FigureUnit): string {
  if (cell === null || cell === undefined) return '–';
  return `${figureText(cell.median, unit)}${differenceText(cell, unit)}`;
}

function metricTable({ subjects, parameters }: Comparison, rows: readonly ComparisonRow[]): string {
  const columns: Column<ComparisonRow>[] = [
    ...parameters.map((name, index) =>
      parameterColumn<ComparisonRow>(name, (row) => row.parameters[index] ?? ''),
    ),
    ...subjects.map(({ name }, index): Column<ComparisonRow> => ({
      title: name,
      align: 'right',
      text: ({ cells, unit }) => cellText(cells[index], unit),
    })),
  ];
  return textTable(rows, columns);
}

function differenceLines({ subjects, differences }: Comparison): string[] {
  return differences.map(({ parameter, values }) => {
    const each = subjects.map(({ name }, index) => `${values[index] ?? ''} (${name})`);
    return wrapWords(`differs in ${parameter}: ${each.join(', ')}`, WIDTH, '  ');
  });
}

/** A comparison for people: a table for each metric. */
export function comparisonText(comparison: Comparison): string {
  const { subjects, baseline, rows, warnings } = comparison;
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  return [
    `Baseline: ${subjects[baseline]?.name ?? 'none'}. Medians over replicates; in brackets the difference to it.`,
    '~: within chance, by a 95 % bootstrap interval over replicates. ?: one replicate, no interval.',
    ...differenceLines(comparison),
    ...warnings.map((warning) => wrapWords(`! ${warning}`, WIDTH, '  ')),
    ...[...byMetric].flatMap(([metric, own]) => ['', metric, metricTable(comparison, own)]),
  ].join('\n');
}
