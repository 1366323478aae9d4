import type { ChangeInterval } from '../../../charts/interval-chart.ts';
import type { Case } from './comparison.ts';
import type { CaseSeries } from './chart-input.ts';
import type { ChangeReading } from './figure-format.ts';
import { medianOfSample } from './differences.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';

/** The changes of what is drawn; the baseline and what has no partner in it have none. */
export function changeIntervalsFrom(
  series: readonly CaseSeries[],
  metric: Metric,
  figures: FigureReader,
  readChange: (one: Case, metric: Metric) => ChangeReading | null,
): readonly ChangeInterval[] {
  return series.flatMap(({ one, id, name, style }) => {
    const reading = readChange(one, metric);
    const pair = figures.samplesOf(one, metric);
    if (reading === null || pair === null) return [];
    const { change, certainty } = reading;
    return {
      id,
      name,
      style,
      delta: change.delta,
      interval: certainty === null ? null : { lower: certainty.lower, upper: certainty.upper },
      isIndistinguishable: certainty?.isIndistinguishable ?? null,
      baseline: medianOfSample(pair.baseline),
      replicates: pair.candidate.figures.length,
    };
  });
}
