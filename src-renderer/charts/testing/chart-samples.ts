import { Histogram } from '#core';
import type { ChartTokens } from '../../styles/chart-theme.ts';
import { poolDistributions } from '../distribution.ts';
import type { Buckets, Distribution } from '../distribution.ts';
import type { DistributionSeries } from '../percentile-chart.ts';
import type { SeriesIdentity } from '../series-style.ts';

/** Colours that tell in a failing test which one was taken. */
export const SAMPLE_TOKENS: ChartTokens = {
  text: '#000000',
  textMuted: '#555555',
  line: '#dddddd',
  lineStrong: '#bbbbbb',
  surface: '#ffffff',
  surfaceRaised: '#fafafa',
  accent: '#0000ff',
  good: '#00aa00',
  warn: '#aaaa00',
  bad: '#aa0000',
  fontText: 'sans-serif',
  series: ['#100000', '#200000', '#300000', '#400000'],
};

export function sampleIdentity(name: string, colour = 0): SeriesIdentity {
  return { id: `id of ${name}`, name, style: { colour, symbol: colour, dash: 0 } };
}

/** The buckets of recorded values, as a trial detail holds them. */
export function bucketsOf(valuesNs: readonly number[]): Buckets {
  const histogram = new Histogram();
  for (const value of valuesNs) histogram.record(value);
  const buckets = [...histogram.buckets()];
  return {
    lowerNs: buckets.map(({ lowerNs }) => lowerNs),
    upperNs: buckets.map(({ upperNs }) => upperNs),
    count: buckets.map(({ count }) => count),
  };
}

export function distributionOf(valuesNs: readonly number[]): Distribution {
  return poolDistributions([{ buckets: bucketsOf(valuesNs), maxNs: Math.max(0, ...valuesNs) }]);
}

export function sampleSeries(
  name: string,
  valuesNs: readonly number[],
  colour = 0,
): DistributionSeries {
  return { ...sampleIdentity(name, colour), distribution: distributionOf(valuesNs) };
}
