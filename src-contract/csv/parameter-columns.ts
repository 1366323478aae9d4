import { POLICY_KEYS } from '#core';
import type { PolicyValue, Workload } from '#core';
import type { TrialParameters } from '../stored-run.ts';
import { columnName, numberColumn, textColumn } from './column.ts';
import type { Column } from './column.ts';
import type { TrialRow } from './trial-row.ts';

type TrialColumn = Column<TrialRow>;

function words(
  name: string,
  meaning: string,
  valueOf: (parameters: TrialParameters) => string | null,
): TrialColumn {
  return textColumn(name, meaning, (row) => valueOf(row.parameters));
}

function figure(
  name: string,
  meaning: string,
  valueOf: (parameters: TrialParameters) => number | null,
): TrialColumn {
  return numberColumn(name, meaning, (row) => valueOf(row.parameters));
}

function workloadWords(
  name: string,
  meaning: string,
  valueOf: (workload: Workload) => string | null,
): TrialColumn {
  return words(name, meaning, ({ workload }) => valueOf(workload));
}

function workloadFigure(
  name: string,
  meaning: string,
  valueOf: (workload: Workload) => number | null,
): TrialColumn {
  return figure(name, meaning, ({ workload }) => valueOf(workload));
}

/** `entries=31 form=range`. */
function assignments(values: Readonly<Record<string, PolicyValue>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
}

const identity: readonly TrialColumn[] = [
  textColumn('run_id', 'UUID of the run', (row) => row.runId),
  words('trial_id', 'digest of everything that decides the result', ({ id }) => id),
  figure('position', 'place in the plan of the run, from 0', ({ position }) => position),
  words('layout', 'name of the layout', ({ layoutName }) => layoutName),
  words('layout_digest', 'digest of its extents', ({ layoutDigest }) => layoutDigest),
  words('strategy', 'name of the strategy', ({ strategy }) => strategy.name),
  words('strategy_id', 'preset it is made from', ({ strategy }) => strategy.id),
  words('strategy_parameters', 'parameters of the preset, name=value', ({ strategy }) =>
    assignments(strategy.parameters),
  ),
  words('strategy_overrides', 'policies that depart from the preset, name=value', (each) =>
    assignments(each.strategy.overrides),
  ),
];

const policies: readonly TrialColumn[] = POLICY_KEYS.map((key) =>
  words(`policy_${columnName(key)}`, `policy \`${key}\` of the composition`, ({ strategy }) =>
    String(strategy.policies[key]),
  ),
);

const workload: readonly TrialColumn[] = [
  workloadWords('api', 'who pins', ({ api }) => api),
  workloadWords('operation', 'read from the device, or write to it', (each) => each.operation),
  workloadWords('path', 'asynchronous or synchronous submission', ({ path }) => path),
  workloadFigure('block_bytes', 'length of one I/O', ({ blockBytes }) => blockBytes),
  workloadFigure('offset_bytes', 'offset of each I/O within its block', (each) => each.offsetBytes),
  workloadFigure('logical_block_bytes', 'what the device addresses', (each) => {
    return each.logicalBlockBytes;
  }),
  workloadWords('access', 'random or sequential offsets', ({ access }) => access),
  workloadFigure('count', 'I/Os asked to be measured', ({ count }) => count),
  workloadFigure('warm_up_count', 'I/Os run before measuring starts', (each) => each.warmUpCount),
  workloadFigure('threads', 'threads, each with its own queue', ({ threads }) => threads),
  workloadFigure('queue_depth', 'I/Os in flight for each thread', ({ queueDepth }) => queueDepth),
  workloadFigure('device_parallelism', 'I/Os the device works on at once', ({ device }) => {
    return device?.parallelism ?? null;
  }),
  workloadWords(
    'service_distribution',
    'distribution of the service time of the device',
    ({ device }) => {
      return device?.service.distribution ?? null;
    },
  ),
  workloadFigure('service_mean_ns', 'mean service time of the device', ({ device }) => {
    return device?.service.meanNs ?? null;
  }),
  workloadFigure('service_sigma', 'sigma of a log-normal service time', ({ device }) => {
    return device?.service.distribution === 'log-normal' ? device.service.sigma : null;
  }),
  workloadFigure('pages_per_call', 'pages one gup_test call pins', (each) => each.pagesPerCall),
];

const conditions: readonly TrialColumn[] = [
  words('cost_model', 'id of the cost model', ({ costModelId }) => costModelId),
  words('cost_model_digest', 'digest of its figures', (each) => each.costModelDigest),
  words('tracer', 'off, or function-graph', ({ tracer }) => tracer),
  figure('seed', 'seed of the experiment', ({ seed }) => seed),
  figure('replicate', 'number of the repetition, from 0', ({ replicate }) => replicate),
];

/** Columns that say which trial a row is. */
export const parameterColumns: readonly TrialColumn[] = [
  ...identity,
  ...policies,
  ...workload,
  ...conditions,
];
