import type { FioDocument, FioLatency, FioSeries } from '#contract';
import type { Distribution } from '../charts/distribution.ts';
import { distributionFromFio } from './fio-distribution.ts';

/** Fio's latencies, under its names. */
const LATENCIES = [
  { key: 'total', name: 'lat' },
  { key: 'completion', name: 'clat' },
  { key: 'submission', name: 'slat' },
] as const;
export type FioLatencyName = (typeof LATENCIES)[number]['name'];

/** One latency of one job in one direction, as a chart can draw it. */
export type MeasuredSeries = {
  /** The same every time the measurement is read. */
  readonly id: string;
  readonly measurementId: string;
  /** `measured: NAME` and what tells it from the others of its file. */
  readonly name: string;
  /** The same without the name of the file. */
  readonly shortName: string;
  readonly latency: FioLatencyName;
  readonly distribution: Distribution;
  /** Whether every I/O is in a bin; otherwise only percentiles are known. */
  readonly hasBins: boolean;
};

/** The measurement a series is of. */
type Source = { readonly id: string; readonly name: string };

/** Series that are shown of a file that was just imported: more would hide the simulated ones. */
const MOST_SHOWN_AT_FIRST = 4;

function jobName({ series }: FioDocument, one: FioSeries): string {
  const isOnly = new Set(series.map(({ job }) => job)).size === 1;
  return isOnly ? '' : one.job;
}

/** Each latency of each job and direction of which fio kept a distribution. */
export function measuredSeriesOf(
  { id: measurementId, name }: Source,
  document: FioDocument,
): readonly MeasuredSeries[] {
  return document.series.flatMap((one, index) =>
    LATENCIES.flatMap(({ key, name: latency }): MeasuredSeries[] => {
      const kept: FioLatency | null = one[key];
      const distribution = kept === null ? null : distributionFromFio(kept, one.ios);
      if (kept === null || distribution === null) return [];
      const shortName = [jobName(document, one), one.direction, latency]
        .filter((word) => word !== '')
        .join(' ');
      return [
        {
          id: `${measurementId}:${index}:${latency}`,
          measurementId,
          name: `measured: ${name}, ${shortName}`,
          shortName,
          latency,
          distribution,
          hasBins: kept.bins.length > 0,
        },
      ];
    }),
  );
}

/** The series that stand for a file: total latencies, or completion latencies where fio kept no others. */
export function tellingSeries(series: readonly MeasuredSeries[]): readonly MeasuredSeries[] {
  const total = series.filter(({ latency }) => latency === 'lat');
  const completion = series.filter(({ latency }) => latency === 'clat');
  return (total.length > 0 ? total : completion).slice(0, MOST_SHOWN_AT_FIRST);
}

/** The measurement that a series is of, by its id. */
export function measurementOfSeries(id: string): string {
  return id.split(':', 1)[0] ?? id;
}
