import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  buildHistogramChart,
  chooseBins,
  sharesInBins,
  tableOfHistogram,
} from './histogram-chart.ts';
import { distributionOf, SAMPLE_TOKENS, sampleSeries } from './testing/chart-samples.ts';

const times = fc.array(
  fc.integer({ min: 0, max: 5_000_000 }).map((picoseconds) => picoseconds / 1000),
  { minLength: 1, maxLength: 60 },
);

it('loses no I/O between its bins', () => {
  fc.assert(
    fc.property(times, times, (first, second) => {
      const distributions = [distributionOf(first), distributionOf(second)];
      const bins = chooseBins(distributions);
      for (const distribution of distributions) {
        const { zero, shares } = sharesInBins(distribution, bins);
        expect(shares.reduce((sum, share) => sum + share, zero)).toBeCloseTo(1, 9);
      }
    }),
  );
});

it('keeps a bin for no time at all, which has no logarithm', () => {
  const distribution = distributionOf([0, 0, 0, 100]);

  const bins = chooseBins([distribution]);

  expect(bins.hasZero).toBe(true);
  expect(sharesInBins(distribution, bins)).toEqual({ zero: 0.75, shares: [0.25] });
});

it('has bins of equal ratio, and one around a constant', () => {
  const { edgesNs } = chooseBins([distributionOf([10, 1000])]);
  const ratios = edgesNs.slice(1).map((edge, index) => edge / (edgesNs[index] ?? 1));

  expect(Math.max(...ratios) / Math.min(...ratios)).toBeCloseTo(1, 9);
  expect(chooseBins([distributionOf([84.2, 84.2])]).edgesNs).toHaveLength(2);
});

it('has no bins where nothing takes time', () => {
  expect(chooseBins([distributionOf([0])])).toEqual({ edgesNs: [], hasZero: true });
});

it('says what is in the bin under the pointer', () => {
  const { tooltip } = buildHistogramChart(
    [sampleSeries('a', [0, 0, 100, 100])],
    { phase: 'wait' },
    SAMPLE_TOKENS,
  );

  expect(tooltip({ kind: 'axis', position: 0 })).toEqual({
    title: 'No time at all',
    rows: [{ colour: '#100000', name: 'a', value: '50.00 %' }],
  });
  expect(tooltip({ kind: 'axis', position: Math.log10(99.8) })?.rows[0]?.value).toBe('50.00 %');
  expect(tooltip({ kind: 'axis', position: 9 })).toBeNull();
});

it('has a table that begins with the zeros', () => {
  const { rows } = tableOfHistogram([sampleSeries('a', [0, 100])]);

  expect(rows[0]).toEqual(['a', 0, 0, 0.5]);
  expect(rows).toHaveLength(2);
});
