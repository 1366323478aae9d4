import type { TableColumn } from '../../../components/data-table/columns.ts';
import { formatChange } from '../../../format.ts';
import type { Case, Comparison } from './comparison.ts';
import { figureWithUnit } from './figure-format.ts';
import type { ChangeForm } from './figure-format.ts';
import type { FigureReader } from './figures.ts';
import { DEFAULT_METRIC_NAMES, METRICS } from './metrics.ts';
import type { Metric } from './metrics.ts';
import { parameterText, parameterTitle, strategyText } from './parameters.ts';
import type { TrialParameter } from './parameters.ts';

type CaseColumn = TableColumn<Case>;

const METRIC_WIDTH = 136;
const METRIC_WIDTH_WITH_INTERVAL = 214;
const CHANGE_WIDTH = 110;
const UNITS = { ns: 'ns', bytes: 'bytes', count: null } as const;

/** Which column shows the change of a metric, next to the one of its figure. */
export function changeColumnId(metric: Metric): string {
  return `${metric.name}.change`;
}

function parameterColumn(name: TrialParameter, isHiddenAtFirst: boolean): CaseColumn {
  const isName = name === 'layout' || name === 'strategy';
  return {
    id: name,
    title: parameterTitle(name),
    value: ({ parameters }) => parameters[name],
    text: ({ parameters }) => parameterText(name, parameters[name]),
    width: isName ? 130 : 104,
    group: 'Parameters',
    isHiddenAtFirst,
  };
}

function identityColumns(comparison: Comparison): readonly CaseColumn[] {
  const { kind, subjects, matched, differing, constant, mostReplicates } = comparison;
  const areReplicatesAlike = comparison.cases.every(
    ({ trials }) => trials.length === mostReplicates,
  );
  const isApart = comparison.cases.some(({ replicate }) => replicate !== null);
  // With a single run its strategies are the subjects and need no second column.
  const isOther = (name: TrialParameter): boolean => kind === 'runs' || name !== 'strategy';
  return [
    {
      id: 'subject',
      title: kind === 'runs' ? 'Run' : 'Strategy',
      value: ({ subject }) => subjects[subject]?.name ?? '',
      width: kind === 'runs' ? 248 : 204,
      isAlwaysShown: true,
      isFrozen: true,
      group: 'Parameters',
    },
    ...matched.filter(isOther).map((name) => parameterColumn(name, false)),
    // Runs are named by what sets them apart, and the banner and the parameters have it in words.
    ...differing.filter(isOther).map((name) => parameterColumn(name, kind === 'runs')),
    ...constant.filter(isOther).map((name) => parameterColumn(name, true)),
    {
      id: 'strategyParameters',
      title: 'Of the strategy',
      description: 'parameters of the preset, and policies that depart from it',
      value: ({ trials }) => (trials[0] === undefined ? '' : strategyText(trials[0].trial)),
      width: 190,
      group: 'Parameters',
      isHiddenAtFirst: true,
    },
    {
      id: 'replicate',
      title: 'Replicate',
      value: ({ replicate }) => replicate,
      isNumeric: true,
      width: 90,
      group: 'Parameters',
      isHiddenAtFirst: !isApart,
    },
    {
      id: 'replicates',
      title: 'Replicates',
      description: 'trials of this row that differ in their replicate only',
      value: ({ trials }) => trials.length,
      isNumeric: true,
      width: 96,
      group: 'Parameters',
      isHiddenAtFirst: isApart || areReplicatesAlike,
    },
    {
      id: 'samples',
      title: 'I/Os measured',
      value: ({ trials }) => trials.reduce((sum, { trial }) => sum + trial.samples, 0),
      isNumeric: true,
      group: 'Parameters',
      isHiddenAtFirst: true,
    },
    {
      id: 'status',
      title: 'Status',
      value: ({ trials }) => trials[0]?.trial.reason ?? trials[0]?.trial.status ?? '',
      width: 150,
      group: 'Parameters',
      isHiddenAtFirst: !comparison.cases.some(({ trials }) =>
        trials.some(({ trial }) => trial.status !== 'done'),
      ),
    },
  ];
}

function metricColumns(
  metric: Metric,
  figures: FigureReader,
  changeForm: ChangeForm,
): readonly CaseColumn[] {
  const unit = UNITS[metric.unit];
  return [
    {
      id: metric.name,
      title: metric.title,
      description: metric.description,
      value: (one) => figures.medianOf(one, metric),
      text: (one) => figureWithUnit(figures.medianOf(one, metric), metric.unit),
      ...(unit === null ? {} : { unit }),
      isNumeric: true,
      width: changeForm === 'interval' ? METRIC_WIDTH_WITH_INTERVAL : METRIC_WIDTH,
      group: metric.group,
      isHiddenAtFirst: !DEFAULT_METRIC_NAMES.includes(metric.name),
    },
    {
      id: changeColumnId(metric),
      title: `Δ ${metric.title}`,
      description: `change of ${metric.title} against the baseline, as a share`,
      value: (one) => figures.changeOf(one, metric)?.share ?? null,
      text: (one) => formatChange(figures.changeOf(one, metric)?.share),
      isNumeric: true,
      width: CHANGE_WIDTH,
      group: metric.group,
      isHiddenAtFirst: true,
    },
  ];
}

/** The columns of the trial table: what a case is, then every figure and its change. */
export function trialColumns(
  comparison: Comparison,
  figures: FigureReader,
  changeForm: ChangeForm,
): readonly CaseColumn[] {
  return [
    ...identityColumns(comparison),
    ...METRICS.flatMap((metric) => metricColumns(metric, figures, changeForm)),
  ];
}
