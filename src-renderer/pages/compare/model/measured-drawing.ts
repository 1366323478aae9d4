import type { MeasurementRecord } from '#contract';
import type { MeasuredSeries } from '../../../measured-series/measured-series.ts';
import type { DistributionSeries } from '../../../charts/percentile-chart.ts';
import { measuredStyle } from '../../../charts/series-style.ts';
import type { ChartKind } from './chart-view.ts';
import type { Case } from './comparison.ts';

/** Whether a chart draws measured series beside the simulated ones. */
export function drawsMeasured(kind: ChartKind): boolean {
  return kind === 'percentiles' || kind === 'cdf';
}

/** The chosen series in the order of choice, as charts draw them. */
export function measuredDistributions(
  series: readonly MeasuredSeries[],
  chosenIds: readonly string[],
): readonly DistributionSeries[] {
  const byId = new Map(series.map((one) => [one.id, one]));
  return chosenIds.flatMap((id, index) => {
    const one = byId.get(id);
    if (one === undefined) return [];
    const { name, distribution } = one;
    return [{ id, name, style: measuredStyle(index), distribution }];
  });
}

const SHORT_DIGEST = 12;

/** Where measured series come from, for the files that are made of a chart. */
export function measuredSources(
  records: readonly MeasurementRecord[],
  chosen: readonly MeasuredSeries[],
): readonly string[] {
  const ids = new Set(chosen.map(({ measurementId }) => measurementId));
  return records
    .filter(({ id }) => ids.has(id))
    .map(
      ({ fileName, sha256 }) => `measured ${fileName} (SHA-256 ${sha256.slice(0, SHORT_DIGEST)})`,
    );
}

/** What to keep in mind where measured latencies stand beside these cases. */
export function measuredNote(cases: readonly Case[]): string {
  const hasDevice = cases.some(({ trials }) =>
    trials.some(({ trial }) => trial.parameters['deviceParallelism'] !== null),
  );
  return hasDevice
    ? 'Measured latencies hold the whole way to a device and back; modelled ones hold pinning, building the bio and the service time of the modelled device.'
    : 'Measured latencies hold the time of a device; the model has pinning and building the bio alone.';
}
