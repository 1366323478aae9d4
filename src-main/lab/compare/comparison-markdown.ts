import { figureText } from '#contract';
import type { FigureUnit } from '#contract';
import type { Comparison, ComparisonCell, ComparisonRow, Difference } from './comparison.ts';

/** Differences below this many percent are shown with two more digits. */
const SMALL_PERCENT = 1;

function escapeCell(value: string | number): string {
  return String(value).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.map(escapeCell).join(' | ')} |`;
}

/** A table; columns from `firstFigure` on are aligned to the right. */
function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  firstFigure: number,
): string[] {
  const rule = head.map((_, index) => (index < firstFigure ? '---' : '---:'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)];
}

function percentText(percent: number): string {
  const digits = Math.abs(percent) < SMALL_PERCENT ? 2 : 1;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(digits)} %`;
}

/** `~`: the replicates show no difference; `?`: there are too few to tell. */
function differenceText(
  { delta, percent, isIndistinguishable }: Difference,
  unit: FigureUnit,
): string {
  if (delta === 0) return '=';
  const size =
    percent === null ? `${delta > 0 ? '+' : ''}${figureText(delta, unit)}` : percentText(percent);
  if (isIndistinguishable === null) return `${size} ?`;
  return isIndistinguishable ? `${size} ~` : size;
}

function cellText(cell: ComparisonCell | null, unit: FigureUnit): string {
  if (cell === null) return '';
  const median = figureText(cell.median, unit);
  if (cell.difference === null) return median;
  return `${median} (${differenceText(cell.difference, unit)})`;
}

function metricTable(
  { subjects, parameters }: Comparison,
  metric: string,
  rows: readonly ComparisonRow[],
): string[] {
  const head = [...parameters, ...subjects.map(({ name }) => name)];
  const cells = rows.map((row) => [
    ...row.parameters,
    ...row.cells.map((cell) => cellText(cell, row.unit)),
  ]);
  return [`## ${metric}`, '', ...table(head, cells, parameters.length), ''];
}

function differencesTable({ subjects, differences }: Comparison): string[] {
  if (differences.length === 0) return [];
  const head = ['differs in', ...subjects.map(({ name }) => name)];
  const rows = differences.map(({ parameter, values }) => [parameter, ...values]);
  return [...table(head, rows, head.length), ''];
}

/** A comparison as Markdown: a table for each metric, with medians and percent to the baseline. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { kind, subjects, baseline, rows, warnings } = comparison;
  const byMetric = Map.groupBy(rows, ({ metric }) => metric);
  const legend =
    'Medians over replicates; in brackets the difference to the baseline. `~`: within chance, ' +
    'judged by a 95 % bootstrap interval over replicates. `?`: one replicate, no interval.';
  const lines = [
    `# Comparison of ${kind}`,
    '',
    `Baseline: ${escapeCell(subjects[baseline]?.name ?? 'none')}. ${legend}`,
    '',
    ...warnings.map((warning) => `- ${escapeCell(warning)}`),
    ...(warnings.length > 0 ? [''] : []),
    ...differencesTable(comparison),
    ...[...byMetric].flatMap(([metric, own]) => metricTable(comparison, metric, own)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
