import type { ParallelAxis, ParallelLine } from '../../../charts/parallel-chart.ts';
import { quantityOf } from './chart-input.ts';
import { namesOf } from './comparison.ts';
import type { Case, Comparison } from './comparison.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';
import { columnName, parameterText, parameterTitle } from './parameters.ts';
import { valuesOf } from './selection.ts';

/** More lines than this are a grey mass, and take long to draw. */
export const MOST_LINES = 1_000;

/** Parameters by which shown cases differ, then the figures asked for, as axes with a line a case. */
export function parallelFrom(
  comparison: Comparison,
  shown: readonly Case[],
  selected: ReadonlySet<string>,
  metrics: readonly Metric[],
  figures: FigureReader,
  colours: number,
): { readonly axes: readonly ParallelAxis[]; readonly lines: readonly ParallelLine[] } {
  const drawn = shown.slice(0, MOST_LINES);
  const names = namesOf(comparison, drawn);
  const parameters = [...comparison.differing, ...comparison.matched]
    .filter((name) => comparison.kind === 'runs' || name !== 'strategy')
    .map((name) => ({ name, values: valuesOf(drawn, name) }));
  const subjectTitle = comparison.kind === 'runs' ? 'Run' : 'Strategy';
  const axes: readonly ParallelAxis[] = [
    {
      kind: 'parameter',
      title: subjectTitle,
      name: subjectTitle.toLowerCase(),
      values: comparison.subjects.map(({ name }) => name),
    },
    ...parameters.map(({ name, values }) => ({
      kind: 'parameter' as const,
      title: parameterTitle(name),
      name: columnName(name),
      values: values.map((value) => parameterText(name, value)),
    })),
    ...metrics.map((metric) => ({
      kind: 'figure' as const,
      title: metric.title,
      name: metric.csvName,
      quantity: quantityOf(metric),
    })),
  ];
  const lines = drawn.map((one) => ({
    id: one.id,
    name: names.get(one.id) ?? one.id,
    style: {
      colour: one.subject % colours,
      symbol: one.subject,
      dash: Math.floor(one.subject / colours),
    },
    subject: comparison.subjects[one.subject]?.name ?? '',
    isSelected: selected.has(one.id),
    values: [
      one.subject,
      ...parameters.map(({ name, values }) => values.indexOf(one.parameters[name])),
      ...metrics.map((metric) => figures.medianOf(one, metric)),
    ],
  }));
  return { axes, lines };
}
