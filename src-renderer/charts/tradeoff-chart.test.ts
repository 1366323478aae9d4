import { expect, it } from 'vitest';
import { SAMPLE_TOKENS, sampleIdentity } from './testing/chart-samples.ts';
import { buildTradeoffChart, tableOfTradeoffs } from './tradeoff-chart.ts';
import type { TradeoffPoint, TradeoffView } from './tradeoff-chart.ts';

const view: TradeoffView = {
  x: {
    title: 'Allocated per I/O',
    name: 'allocated_bytes_per_io',
    quantity: 'bytes',
    scale: 'zero',
  },
  y: { title: 'Total p50', name: 'total_p50_ns', quantity: 'time', scale: 'zero' },
};
function point(name: string, x: number, y: number, rest: Partial<TradeoffPoint>): TradeoffPoint {
  const subject = name.split(' ')[0] ?? '';
  return { ...sampleIdentity(name), subject, group: 'small', x, y, isSelected: false, ...rest };
}
const points = [
  point('today small', 0, 900, { isSelected: true }),
  point('vec small', 1024, 300, {}),
  point('batch small', 0, 300, {}),
  point('today large', 4096, 9000, { group: 'large' }),
];

function fronts(shown: readonly TradeoffPoint[]): unknown {
  const { option } = buildTradeoffChart(shown, view, SAMPLE_TOKENS);
  return [option.series ?? []]
    .flat()
    .filter(({ type }) => type === 'line')
    .map(({ id, data }) => [id, data]);
}

it('draws the front of the selected group, from the top of the plot to its right', () => {
  expect(fronts(points)).toEqual([
    [
      'front/small',
      [
        [0, 10_000],
        [0, 300],
        [4096, 300],
      ],
    ],
  ]);
});

it('draws no front across groups that nobody selected', () => {
  expect(fronts(points.map((one) => ({ ...one, isSelected: false })))).toEqual([]);
});

it('names everything at the place under the pointer, and selects the one on top', () => {
  const same = [
    ...points,
    point('other small', 1024, 300, { style: { colour: 2, symbol: 2, dash: 0 } }),
  ];
  const { tooltip, idsAt } = buildTradeoffChart(same, view, SAMPLE_TOKENS);
  const hover = { kind: 'item', seriesId: 'points/vec', index: 0 } as const;

  expect(tooltip(hover)).toEqual({
    title: 'Total p50 300 ns · allocated per I/O 1 KiB',
    rows: [
      { colour: '#100000', name: 'vec small', value: '' },
      { colour: '#300000', name: 'other small', value: '' },
    ],
  });
  expect(idsAt(hover)).toEqual(['id of vec small']);
});

it('has a table that says which points are on the front of their group', () => {
  expect(tableOfTradeoffs(points, view).rows).toEqual([
    ['today small', 0, 900, 'no'],
    ['vec small', 1024, 300, 'no'],
    ['batch small', 0, 300, 'yes'],
    ['today large', 4096, 9000, 'yes'],
  ]);
});
