import { expect, it } from 'vitest';
import { buildIntervalChart, tableOfIntervals } from './interval-chart.ts';
import type { ChangeInterval, IntervalView } from './interval-chart.ts';
import { SAMPLE_TOKENS, sampleIdentity } from './testing/chart-samples.ts';

const view: IntervalView = {
  metricTitle: 'total p50',
  metricName: 'total_p50_ns',
  quantity: 'time',
  baselineName: 'today',
  scale: 'zero',
};
const faster: ChangeInterval = {
  ...sampleIdentity('batch'),
  delta: -500,
  interval: { lower: -540, upper: -460 },
  isIndistinguishable: false,
  baseline: 2000,
  replicates: 5,
};
const byChance: ChangeInterval = {
  ...faster,
  ...sampleIdentity('above'),
  delta: 20,
  interval: { lower: -40, upper: 80 },
  isIndistinguishable: true,
};
const single: ChangeInterval = {
  ...faster,
  ...sampleIdentity('once'),
  interval: null,
  isIndistinguishable: null,
  replicates: 1,
};
const changes = [faster, byChance, single];

it('has room for all intervals and the baseline, in percent of it', () => {
  const { option } = buildIntervalChart(changes, view, SAMPLE_TOKENS);

  expect(option).toMatchObject({
    xAxis: { name: 'Change against the baseline, %', min: -30, max: 10 },
    yAxis: { data: ['batch', 'above', 'once'] },
    series: [
      {
        data: [
          [-25, -27, -23, 0],
          [1, -2, 4, 1],
          [-25, -25, -25, 2],
        ],
      },
    ],
  });
});

it('gives up percent where a baseline is zero', () => {
  const fromNothing = { ...faster, baseline: 0, delta: 4000, interval: null };

  expect(buildIntervalChart([fromNothing], view, SAMPLE_TOKENS).option).toMatchObject({
    xAxis: { name: 'Change against the baseline, µs' },
    series: [{ data: [[4000, 4000, 4000, 0]] }],
  });
});

it('says in its table and under the pointer what chance may have made', () => {
  const picture = buildIntervalChart(changes, view, SAMPLE_TOKENS);
  const verdicts = changes.map((_, index) =>
    picture.tooltip({ kind: 'item', seriesId: 'changes', index })?.rows.map(({ value }) => value),
  );

  expect(verdicts).toEqual([
    ['−25 %', '−27 % to −23 %', 'beyond chance'],
    ['+1 %', '−2 % to +4 %', '~'],
    ['−25 %', 'none: 1 replicate', '?'],
  ]);
  expect(tableOfIntervals(changes, view).rows).toEqual([
    ['batch', 2000, -500, -540, -460, -0.25, 5, 'beyond chance'],
    ['above', 2000, 20, -40, 80, 0.01, 5, '~'],
    ['once', 2000, -500, null, null, -0.25, 1, '?'],
  ]);
});

it('says what to do where nothing is held against the baseline', () => {
  expect(buildIntervalChart([], view, SAMPLE_TOKENS).emptyReason).toBe(
    'Nothing that is selected can be held against the baseline: tick trials in the table.',
  );
});
