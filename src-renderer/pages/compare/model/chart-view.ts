import { LATENCY_PHASES } from '#core';
import type { LatencyPhase } from '#core';
import { SCALE_KINDS } from '../../../charts/scales.ts';
import type { ScaleKind } from '../../../charts/scales.ts';
import { metricNamed } from './metrics.ts';

/** The charts of the page, in the order of their tabs. */
export const CHART_KINDS = [
  { id: 'percentiles', title: 'Percentiles' },
  { id: 'cdf', title: 'CDF' },
  { id: 'histogram', title: 'Histogram' },
  { id: 'cost', title: 'Cost by phase' },
  { id: 'allocations', title: 'Allocations' },
  { id: 'tradeoff', title: 'Latency against memory' },
  { id: 'heat', title: 'Heat map' },
  { id: 'parallel', title: 'Parallel' },
  { id: 'intervals', title: 'Intervals' },
] as const;
export type ChartKind = (typeof CHART_KINDS)[number]['id'];

/** How a user looks at charts: kept on this machine. */
export type ChartView = {
  readonly kind: ChartKind;
  readonly phase: LatencyPhase;
  readonly scale: ScaleKind;
  readonly isShare: boolean;
  /** Names of metrics. */
  readonly memory: string;
  readonly latency: string;
  readonly heat: string;
  readonly interval: string;
  /** Names of the metrics that have an axis, in their order. */
  readonly parallel: readonly string[];
  readonly showsChange: boolean;
};

export const FIRST_CHART_VIEW: ChartView = {
  kind: 'percentiles',
  phase: 'total',
  scale: 'zero',
  isShare: false,
  memory: 'allocations.bytes',
  latency: 'total.p50',
  heat: 'total.p50',
  interval: 'total.p50',
  parallel: ['allocations.bytes', 'events.lock_op', 'total.p50', 'total.p99'],
  showsChange: true,
};

/** Whether a chart draws all cases the table shows, the selected ones brought forward; others draw those alone. */
export function drawsWhatIsShown(kind: ChartKind): boolean {
  return kind === 'tradeoff' || kind === 'heat' || kind === 'parallel';
}

export function isChartKind(value: unknown): value is ChartKind {
  return CHART_KINDS.some(({ id }) => id === value);
}
export function isScaleKind(value: unknown): value is ScaleKind {
  return SCALE_KINDS.some((kind) => kind === value);
}
export function isLatencyPhase(value: unknown): value is LatencyPhase {
  return LATENCY_PHASES.some((phase) => phase === value);
}

function isMetricName(value: unknown): boolean {
  return typeof value === 'string' && metricNamed(value) !== undefined;
}

function areMetricNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isMetricName);
}

/** Whether what was remembered is a view of this version. */
export function isChartView(value: unknown): value is ChartView {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    isChartKind(fields.get('kind')) &&
    isLatencyPhase(fields.get('phase')) &&
    isScaleKind(fields.get('scale')) &&
    typeof fields.get('isShare') === 'boolean' &&
    typeof fields.get('showsChange') === 'boolean' &&
    ['memory', 'latency', 'heat', 'interval'].every((name) => isMetricName(fields.get(name))) &&
    areMetricNames(fields.get('parallel'))
  );
}
