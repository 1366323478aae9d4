import { expect, it } from 'vitest';
import { FIRST_CHART_VIEW, isChartView } from './chart-view.ts';

it('takes back what it remembered, and nothing an older version may have left', () => {
  const remembered: unknown = JSON.parse(JSON.stringify(FIRST_CHART_VIEW));

  expect(
    [remembered, { ...FIRST_CHART_VIEW, phase: 'elsewhere' }, { kind: 'cdf' }, null].map(
      isChartView,
    ),
  ).toEqual([true, false, false, false]);
});
