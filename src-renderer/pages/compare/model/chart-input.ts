import { recordFromKeys } from '#core';
import type { LatencyPhase } from '#core';
import type { TrialDetail } from '#contract';
import type { MemoryUse, SourceFigures } from '../../../charts/allocation-chart.ts';
import { poolDistributions } from '../../../charts/distribution.ts';
import type { DistributionSeries } from '../../../charts/percentile-chart.ts';
import { COST_PHASES } from '../../../charts/phase-cost-chart.ts';
import type { PhaseCosts } from '../../../charts/phase-cost-chart.ts';
import type { Quantity } from '../../../charts/scales.ts';
import { assignStyles } from '../../../charts/series-style.ts';
import type { SeriesIdentity } from '../../../charts/series-style.ts';
import type { TradeoffPoint } from '../../../charts/tradeoff-chart.ts';
import { groupName, namesOf } from './comparison.ts';
import type { Case, Comparison } from './comparison.ts';
import { medianOfSample, sampleOf } from './differences.ts';
import type { FigureReader } from './figures.ts';
import { metricNamed } from './metrics.ts';
import type { Metric } from './metrics.ts';

/** More lines than this cannot be told apart. */
export const MOST_SERIES = 12;

/** A case with the name and look it has in all charts. */
export type CaseSeries = SeriesIdentity & { readonly one: Case };

/** Names and styles for the cases drawn together, subjects by colour and groups by dash. */
export function seriesFrom(
  comparison: Comparison,
  selection: readonly Case[],
  colours: number,
): readonly CaseSeries[] {
  const names = namesOf(comparison, selection);
  const styles = assignStyles(selection, colours);
  return selection.map((one, index) => ({
    one,
    id: one.id,
    name: names.get(one.id) ?? one.id,
    style: styles[index] ?? { colour: 0, symbol: 0, dash: 0 },
  }));
}

/** Cases of which all distributions have been read, replicates pooled. */
export function distributionsFrom(
  series: readonly CaseSeries[],
  phase: LatencyPhase,
  detailOf: (runId: string, trialId: string) => TrialDetail | undefined,
): readonly DistributionSeries[] {
  return series.flatMap(({ one, id, name, style }) => {
    const parts = one.trials.flatMap(({ runId, trial }) => {
      const detail = detailOf(runId, trial.id);
      return detail === undefined || trial.latency === null
        ? []
        : [{ buckets: detail.latency[phase], maxNs: trial.latency[phase].max }];
    });
    const isComplete = parts.length > 0 && parts.length === one.trials.length;
    return isComplete ? [{ id, name, style, distribution: poolDistributions(parts) }] : [];
  });
}

/** Median over replicates of a metric that is only ever asked for by name. */
function median(one: Case, name: string): number {
  const metric = metricNamed(name);
  const sample = metric === undefined ? null : sampleOf(one, metric);
  return sample === null ? 0 : medianOfSample(sample);
}

function ran({ one }: CaseSeries): boolean {
  return one.trials.some(({ trial }) => trial.status === 'done');
}

export function phaseCostsFrom(series: readonly CaseSeries[]): readonly PhaseCosts[] {
  return series.filter(ran).map(({ one, id, name, style }) => ({
    id,
    name,
    style,
    meanNs: recordFromKeys(COST_PHASES, (phase) => median(one, `${phase}.mean`)),
  }));
}

/** Replicates allocate alike but for what their offsets met: their means are given. */
function sourcesOf(one: Case): readonly SourceFigures[] {
  const bySource = new Map<string, { count: number; bytes: number; peak: number }>();
  const done = one.trials.filter(({ trial }) => trial.status === 'done');
  for (const { trial } of done) {
    for (const { source, count, bytes, peakBytes } of trial.allocations ?? []) {
      const sum = bySource.get(source) ?? { count: 0, bytes: 0, peak: 0 };
      sum.count += count / trial.samples / done.length;
      sum.bytes += bytes / trial.samples / done.length;
      sum.peak = Math.max(sum.peak, peakBytes);
      bySource.set(source, sum);
    }
  }
  const stack = median(one, 'figures.stackBytesMost');
  return [
    ...[...bySource].map(([source, { count, bytes, peak }]) => ({
      source,
      countPerIo: count,
      bytesPerIo: bytes,
      peakBytes: peak,
    })),
    ...(stack > 0 ? [{ source: 'stack', countPerIo: 0, bytesPerIo: 0, peakBytes: stack }] : []),
  ];
}

export function memoryUsesFrom(series: readonly CaseSeries[]): readonly MemoryUse[] {
  return series.filter(ran).map(({ one, id, name, style }) => ({
    id,
    name,
    style,
    sources: sourcesOf(one),
  }));
}

/** Every shown case as a point of two metrics. */
export function tradeoffPointsFrom(
  comparison: Comparison,
  shown: readonly Case[],
  selected: ReadonlySet<string>,
  axes: { readonly x: Metric; readonly y: Metric },
  figures: FigureReader,
  colours: number,
): readonly TradeoffPoint[] {
  const names = namesOf(comparison, shown);
  return shown.flatMap((one) => {
    const x = figures.medianOf(one, axes.x);
    const y = figures.medianOf(one, axes.y);
    if (x === null || y === null) return [];
    return {
      id: one.id,
      name: names.get(one.id) ?? one.id,
      style: { colour: one.subject % colours, symbol: one.subject, dash: 0 },
      subject: comparison.subjects[one.subject]?.name ?? '',
      group: groupName(comparison, one),
      x,
      y,
      isSelected: selected.has(one.id),
    };
  });
}

export function quantityOf({ unit }: Metric): Quantity {
  return unit === 'ns' ? 'time' : unit;
}
