import type { Case, Comparison } from './comparison.ts';
import { changeText, figureWithUnit } from './figure-format.ts';
import type { ChangeReading } from './figure-format.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';
import { parameterText, parameterTitle } from './parameters.ts';

export type MarkdownSource = {
  readonly comparison: Comparison;
  /** The rows to tell of, in their order. */
  readonly cases: readonly Case[];
  readonly metrics: readonly Metric[];
  readonly baseline: number;
  readonly figures: Pick<FigureReader, 'medianOf'>;
  readonly readChange: (one: Case, metric: Metric) => ChangeReading | null;
  readonly warnings: readonly string[];
  /** Where the figures come from, in one line. */
  readonly origin: string;
};

function escaped(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`;
}

function cellText(source: MarkdownSource, one: Case | undefined, metric: Metric): string {
  if (one === undefined) return '';
  const figure = figureWithUnit(source.figures.medianOf(one, metric), metric.unit);
  const reading = source.readChange(one, metric);
  return reading === null ? figure : `${figure} (${changeText(reading, 'percent')})`;
}

function metricTable(source: MarkdownSource, metric: Metric): string[] {
  const { comparison, cases } = source;
  const { matched, subjects } = comparison;
  const shown = subjects
    .map((subject, index) => ({ ...subject, index }))
    .filter(({ index }) => cases.some((one) => one.subject === index));
  const groups = Map.groupBy(cases, ({ group }) => group);
  const hasReplicates = cases.some(({ replicate }) => replicate !== null);
  const heads = [...matched.map(parameterTitle), ...(hasReplicates ? ['Replicate'] : [])];
  const rule = [...heads.map(() => '---'), ...shown.map(() => '---:')];
  const rows = [...groups.values()].map((members) => {
    const [first] = members;
    const labels = matched.map((name) => parameterText(name, first?.parameters[name] ?? null));
    return [
      ...labels,
      ...(hasReplicates ? [String(first?.replicate ?? '')] : []),
      ...shown.map(({ index }) =>
        cellText(
          source,
          members.find(({ subject }) => subject === index),
          metric,
        ),
      ),
    ];
  });
  return [
    `## ${metric.title}`,
    '',
    line([...heads, ...shown.map(({ name }) => name)]),
    `| ${rule.join(' | ')} |`,
    ...rows.map(line),
    '',
  ];
}

/** A comparison as Markdown, a table for each metric: ready for the cover letter of a patch. */
export function markdownFromComparison(source: MarkdownSource): string {
  const { comparison, baseline, warnings, metrics, origin } = source;
  const lines = [
    `Baseline: ${escaped(comparison.subjects[baseline]?.name ?? 'none')}. Medians over replicates; in brackets the change against the baseline. ` +
      '`~`: within chance, judged by a 95 % bootstrap interval over replicates. `?`: one replicate, no interval.',
    '',
    ...warnings.map((warning) => `- ${escaped(warning)}`),
    ...(warnings.length > 0 ? [''] : []),
    ...metrics.flatMap((metric) => metricTable(source, metric)),
    `_${escaped(origin)}_`,
  ];
  return `${lines.join('\n')}\n`;
}
