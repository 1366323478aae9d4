import { counted } from '../sentences.ts';
import { isMap, nameOf, shortText } from './experiment-value.ts';
import type { ExperimentMap } from './experiment-value.ts';

/** A parameter as a line of a list. */
export type Parameter = readonly [title: string, text: string];

function namesText(list: unknown): string {
  return Array.isArray(list) ? list.map((element) => nameOf(element) ?? '?').join(', ') : '';
}

function workloadText(workload: unknown): string {
  if (!isMap(workload)) return '';
  const words = ['api', 'operation', 'blockSize', 'access'].map((key) => shortText(workload[key]));
  const { count } = workload;
  const amount = typeof count === 'number' ? [`${counted(count, 'I/O')} a trial`] : [];
  return [...words.filter((word) => word !== null && word !== 'undefined'), ...amount].join(', ');
}

function sweepText(sweep: unknown): string {
  if (!isMap(sweep)) return '';
  return Object.entries(sweep)
    .map(([path, values]) => {
      const count = Array.isArray(values) ? values.length : 1;
      return `${path}: ${shortText(values) ?? counted(count, 'value')}`;
    })
    .join('; ');
}

/** What an experiment varies and what it holds, each in one line; what it does not say is left out. */
export function experimentParameters(experiment: ExperimentMap): readonly Parameter[] {
  const { layouts, strategies, workload, sweep, costModel, tracer, replicates } = experiment;
  const parameters: readonly Parameter[] = [
    ['Layouts', namesText(layouts)],
    ['Strategies', namesText(strategies)],
    ['Workload', workloadText(workload)],
    ['Sweep', sweepText(sweep)],
    ['Cost model', shortText(costModel ?? '') ?? ''],
    ['Tracer', shortText(tracer ?? '') ?? ''],
    ['Replicates', shortText(replicates ?? '') ?? ''],
  ];
  return parameters.filter(([, text]) => text !== '');
}
