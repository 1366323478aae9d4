import { expect, it } from 'vitest';
import { buildParallelChart, tableOfParallel, varyingAxes } from './parallel-chart.ts';
import type { ParallelAxis, ParallelLine } from './parallel-chart.ts';
import { SAMPLE_TOKENS, sampleIdentity } from './testing/chart-samples.ts';

const axes: readonly ParallelAxis[] = [
  { kind: 'parameter', title: 'Strategy', name: 'strategy', values: ['today', 'batch'] },
  { kind: 'parameter', title: 'Layout', name: 'layout', values: ['base-4k'] },
  { kind: 'figure', title: 'total p50', name: 'total_p50_ns', quantity: 'time' },
];
function line(subject: string, isSelected: boolean, values: ParallelLine['values']): ParallelLine {
  return { ...sampleIdentity(subject), subject, isSelected, values };
}
const lines = [line('today', true, [0, 0, 1000]), line('batch', false, [1, 0, 10])];

function build(own = lines, scale: 'zero' | 'log' = 'zero') {
  return buildParallelChart(axes, own, scale, SAMPLE_TOKENS);
}

it('leaves out the axes in which all lines agree', () => {
  const kept = varyingAxes(axes, lines);

  expect(kept.axes.map(({ title }) => title)).toEqual(['Strategy', 'total p50']);
  expect(kept.lines.map(({ values }) => values)).toEqual([
    [0, 1000],
    [1, 10],
  ]);
});

it('has an axis with its unit for each figure, and the values of a parameter in words', () => {
  expect(build().option).toMatchObject({
    parallelAxis: [
      { dim: 0, type: 'category', name: 'Strategy', data: ['today', 'batch'] },
      { dim: 1, type: 'value', name: 'total p50, ns', min: 0, max: 1000 },
    ],
    series: [
      { id: 'lines/today', data: [{ value: [0, 1000], lineStyle: { opacity: 1 } }] },
      { id: 'lines/batch', data: [{ value: [1, 10], lineStyle: { opacity: 0.16 } }] },
    ],
  });
});

it('draws figures by powers of ten where they are wanted so, and a gap where there is none', () => {
  const own = [...lines, line('above', false, [1, 0, null])];

  expect(build(own, 'log').option).toMatchObject({
    parallelAxis: [{}, { name: 'total p50 (log)' }],
    series: [
      { data: [{ value: [0, 3] }] },
      { data: [{ value: [1, 1] }] },
      { data: [{ value: [1, '-'] }] },
    ],
  });
});

it('knows a line under the pointer', () => {
  const { idsAt, tooltip } = build();
  const hover = { kind: 'item', seriesId: 'lines/batch', index: 0 } as const;

  expect([idsAt(hover), idsAt({ kind: 'axis', position: 0 })]).toEqual([['id of batch'], []]);
  expect(tooltip(hover)).toEqual({
    title: 'batch',
    rows: [
      { colour: null, name: 'Strategy', value: 'batch' },
      { colour: null, name: 'total p50', value: '10 ns' },
    ],
  });
});

it('has the figures behind the lines, and says why a single line is none', () => {
  expect(tableOfParallel(axes, lines).rows).toEqual([
    ['today', 'today', 'base-4k', 1000],
    ['batch', 'batch', 'base-4k', 10],
  ]);
  expect([build().emptyReason, build(lines.slice(0, 1)).emptyReason]).toEqual([
    null,
    'Lines need two trials in the table that differ in two parameters or figures.',
  ]);
});
