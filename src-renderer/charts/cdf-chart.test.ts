import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildCdfChart, cdfPoints, tableOfCdf } from './cdf-chart.ts';
import { scaleFor } from './scales.ts';
import { distributionOf, SAMPLE_TOKENS, sampleSeries } from './testing/chart-samples.ts';

it('rises from 0 to 1 and never falls', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1 }), (values) => {
      const points = cdfPoints(distributionOf(values), scaleFor('fit', values, 'time'));

      expect([points[0]?.y, points.at(-1)?.y]).toEqual([0, 1]);
      const isRising = points.every(({ x, y }, index) => {
        const before = points[index - 1];
        return before === undefined || (x >= before.x && y >= before.y);
      });
      expect(isRising).toBe(true);
    }),
  );
});

it('says which share takes at most so long', () => {
  const { tooltip } = buildCdfChart(
    [sampleSeries('a', [10, 20, 30]), sampleSeries('b', [25, 25], 1)],
    { phase: 'total', scale: 'zero' },
    SAMPLE_TOKENS,
  );

  expect(tooltip({ kind: 'axis', position: 22 })).toEqual({
    title: 'At most 22 ns',
    rows: [
      { colour: '#100000', name: 'a', value: '66.67 %' },
      { colour: '#200000', name: 'b', value: '0.00 %' },
    ],
  });
});

it('has a table of its steps', () => {
  expect(tableOfCdf([sampleSeries('a', [1, 2, 2, 4])]).rows).toEqual([
    ['a', 1, 0.25],
    ['a', 2, 0.75],
    ['a', 4, 1],
  ]);
});
