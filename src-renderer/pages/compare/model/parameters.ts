import { sizeText } from '#contract';
import type { RunDocumentTrial } from '#contract';
import { formatCount, formatNs } from '../../../format.ts';

/** What tells one trial of a run from another, apart from the replicate. */
export const TRIAL_PARAMETERS = [
  'layout',
  'strategy',
  'costModel',
  'tracer',
  'api',
  'operation',
  'path',
  'blockSize',
  'offset',
  'logicalBlockSize',
  'access',
  'count',
  'warmUp',
  'threads',
  'queueDepth',
  'pagesPerCall',
  'deviceParallelism',
  'serviceDistribution',
  'serviceMeanNs',
  'serviceSigma',
] as const;
export type TrialParameter = (typeof TRIAL_PARAMETERS)[number];
export type ParameterValue = string | number | null;
export type ParameterValues = Readonly<Record<TrialParameter, ParameterValue>>;

const TITLES: Readonly<Record<TrialParameter, string>> = {
  layout: 'Layout',
  strategy: 'Strategy',
  costModel: 'Cost model',
  tracer: 'Tracer',
  api: 'API',
  operation: 'Operation',
  path: 'Path',
  blockSize: 'Block size',
  offset: 'Offset',
  logicalBlockSize: 'Logical block',
  access: 'Access',
  count: 'I/Os',
  warmUp: 'Warm-up I/Os',
  threads: 'Threads',
  queueDepth: 'Queue depth',
  pagesPerCall: 'Pages per call',
  deviceParallelism: 'Device parallelism',
  serviceDistribution: 'Service distribution',
  serviceMeanNs: 'Service mean',
  serviceSigma: 'Service sigma',
};
const SIZES: ReadonlySet<TrialParameter> = new Set(['blockSize', 'offset', 'logicalBlockSize']);

export function parameterTitle(name: TrialParameter): string {
  return TITLES[name];
}

/** How a CSV file heads a parameter, or another column by its id: `block_size`. */
export function columnName(id: string): string {
  return id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A value as it is shown: `128KiB`, as experiment files write it, or `1.5 µs`. */
export function parameterText(name: TrialParameter, value: ParameterValue): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (SIZES.has(name)) return String(sizeText(value));
  return name === 'serviceMeanNs' ? formatNs(value) : formatCount(value);
}

/** The parameters of a trial; a truth value, which none of them is, would stand as a word. */
export function parametersOf(trial: RunDocumentTrial): ParameterValues {
  const { layout, strategyName, costModel, tracer, parameters } = trial;
  const workload = (name: TrialParameter): ParameterValue => {
    const value = parameters[name] ?? null;
    return typeof value === 'boolean' ? String(value) : value;
  };
  return {
    layout,
    strategy: strategyName,
    costModel,
    tracer,
    api: workload('api'),
    operation: workload('operation'),
    path: workload('path'),
    blockSize: workload('blockSize'),
    offset: workload('offset'),
    logicalBlockSize: workload('logicalBlockSize'),
    access: workload('access'),
    count: workload('count'),
    warmUp: workload('warmUp'),
    threads: workload('threads'),
    queueDepth: workload('queueDepth'),
    pagesPerCall: workload('pagesPerCall'),
    deviceParallelism: workload('deviceParallelism'),
    serviceDistribution: workload('serviceDistribution'),
    serviceMeanNs: workload('serviceMeanNs'),
    serviceSigma: workload('serviceSigma'),
  };
}

function isTrialParameter(name: string): name is TrialParameter {
  return TRIAL_PARAMETERS.some((known) => known === name);
}

/** Parameters and changed policies of the strategy alone, `entries=31 form=range`. */
export function strategyText(trial: RunDocumentTrial): string {
  const own = Object.entries(trial.parameters).filter(([name]) => !isTrialParameter(name));
  return [...own, ...Object.entries(trial.policies)]
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

/** Order of two values of a parameter: figures by size, words as they first occurred. */
export function compareValues(left: ParameterValue, right: ParameterValue): number {
  return typeof left === 'number' && typeof right === 'number' ? left - right : 0;
}
