import { expect, it } from 'vitest';
import { buildPercentileChart, percentilePoints, tableOfPercentiles } from './percentile-chart.ts';
import { scaleFor } from './scales.ts';
import { distributionOf, SAMPLE_TOKENS, sampleSeries } from './testing/chart-samples.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
const view = { phase: 'total', scale: 'zero' } as const;

it('draws the maximum, at one in as many I/Os as there are', () => {
  const distribution = distributionOf([...hundred, 5000]);

  const points = percentilePoints(distribution, scaleFor('zero', [5000], 'time'));

  expect(points.at(-1)).toEqual({ x: Math.log10(101), y: 5000, isMarked: true });
});

it('thins a long staircase without losing its marks and its end', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => 1 + index / 10);

  const points = percentilePoints(distributionOf(many), scaleFor('zero', [2001], 'time'));

  expect(points.length).toBeLessThan(600);
  expect(points.filter(({ isMarked }) => isMarked)).toHaveLength(6);
  expect(points.at(-1)?.y).toBe(Math.max(...many));
});

it('labels the decades of one in so many, and the maximum where all series end', () => {
  const { option } = buildPercentileChart([sampleSeries('a', hundred)], view, SAMPLE_TOKENS);

  expect(option.xAxis).toMatchObject({ axisLabel: { customValues: [-0, Math.log10(2), 1, 2] } });
});

it('says what each series takes at most, and beyond its end its maximum', () => {
  const { tooltip } = buildPercentileChart(
    [sampleSeries('short', [10, 20]), sampleSeries('long', hundred, 1)],
    view,
    SAMPLE_TOKENS,
  );

  expect(tooltip({ kind: 'axis', position: 1 })).toEqual({
    title: '90.0 % take at most',
    rows: [
      { colour: '#100000', name: 'short', value: '20 ns (max)' },
      { colour: '#200000', name: 'long', value: '90 ns' },
    ],
  });
});

it('has a table that ends every series with its maximum', () => {
  const { rows } = tableOfPercentiles([sampleSeries('a', [1, 1.5, 1.75, 2])]);

  expect(rows).toEqual([
    ['a', 0, 1, 4],
    ['a', 50, 1.5, 4],
    ['a', 100, 2, 4],
  ]);
});

it('says why there is nothing to see', () => {
  const reasons = [[], [sampleSeries('a', [0, 0])], [sampleSeries('a', [0, 1])]].map(
    (series) => buildPercentileChart(series, { ...view, phase: 'wait' }, SAMPLE_TOKENS).emptyReason,
  );

  expect(reasons).toEqual([
    'Nothing is selected: tick trials in the table.',
    'No selected trial spends any time in wait.',
    null,
  ]);
});
