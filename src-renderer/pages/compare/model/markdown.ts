import { escapedCell, markdownTable, wrapped } from '../../../charts/markdown-table.ts';
import { lowerFirst } from '../../../charts/words.ts';
import type { Case, Comparison } from './comparison.ts';
import { changeText, figureWithUnit } from './figure-format.ts';
import type { ChangeReading } from './figure-format.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';
import { parameterText, parameterTitle } from './parameters.ts';
import type { ParameterValue, TrialParameter } from './parameters.ts';

/** Told in words of their own, or changed by almost nobody. */
const NOT_LISTED: ReadonlySet<TrialParameter> = new Set([
  ...([
    'api',
    'operation',
    'count',
    'warmUp',
    'logicalBlockSize',
    'offset',
    'pagesPerCall',
  ] as const),
]);

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
  const columns = [
    ...heads.map((title) => ({ title, isNumeric: false })),
    ...shown.map(({ name }) => ({ title: name, isNumeric: true })),
  ];
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
  return [`## ${metric.title}`, '', ...markdownTable(columns, rows), ''];
}

function together(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}

/** What all trials share; who reads a cover letter has no page to look it up on. */
function settingText({ comparison, cases }: MarkdownSource): string {
  const { constant, runs, mostReplicates } = comparison;
  const parameters = cases[0]?.parameters;
  const valueOf = (name: TrialParameter): ParameterValue =>
    constant.includes(name) ? (parameters?.[name] ?? null) : null;
  const listed = constant.flatMap((name) => {
    const value = valueOf(name);
    if (value === null || NOT_LISTED.has(name)) return [];
    return `${lowerFirst(parameterTitle(name))} ${parameterText(name, value)}`;
  });
  const io = [valueOf('api'), valueOf('operation')].filter((word) => word !== null).join(' ');
  const count = valueOf('count');
  const parts = [
    ...(io === '' ? [] : [io]),
    ...listed,
    ...(count === null ? [] : [`${parameterText('count', count)} I/Os a trial`]),
    ...(mostReplicates > 1 ? [`${mostReplicates} replicates`] : []),
  ];
  const title = together(runs.map((run) => run.title));
  return `${title}: ${parts.join(', ')}. Times are estimates by the cost model; counts are exact.`;
}

function legendText({ comparison, baseline }: MarkdownSource): string {
  const name = comparison.subjects[baseline]?.name ?? 'none';
  return (
    `Baseline: ${name}. Medians over replicates; in brackets the change against the baseline. ` +
    '`~`: within chance, judged by a 95 % bootstrap interval over replicates. ' +
    '`?`: one replicate, no interval.'
  );
}

/** A comparison as Markdown, a table for each metric: ready for the cover letter of a patch. */
export function markdownFromComparison(source: MarkdownSource): string {
  const { comparison, warnings, metrics, origin } = source;
  const name = together(comparison.runs.map(({ experiment }) => experiment));
  const lines = [
    `# ${escapedCell(name)}`,
    '',
    ...wrapped(escapedCell(settingText(source))),
    '',
    ...wrapped(escapedCell(legendText(source))),
    '',
    ...warnings.flatMap((warning) => wrapped(`- ${escapedCell(warning)}`, '  ')),
    ...(warnings.length > 0 ? [''] : []),
    ...metrics.flatMap((metric) => metricTable(source, metric)),
    `_${escapedCell(origin)}_`,
  ];
  return `${lines.join('\n')}\n`;
}
