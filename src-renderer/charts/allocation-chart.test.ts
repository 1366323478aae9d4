import { expect, it } from 'vitest';
import { buildAllocationChart, tableOfAllocations } from './allocation-chart.ts';
import { SAMPLE_TOKENS, sampleIdentity } from './testing/chart-samples.ts';

const perIo = {
  ...sampleIdentity('per-io'),
  sources: [{ source: 'result/kmalloc-1k', countPerIo: 1, bytesPerIo: 1024, peakBytes: 2048 }],
};
const batch = {
  ...sampleIdentity('batch', 1),
  sources: [{ source: 'stack', countPerIo: 0, bytesPerIo: 0, peakBytes: 752 }],
};
const nothing = { ...sampleIdentity('nothing', 2), sources: [] };

it('draws number, bytes and the most held, each source in one colour', () => {
  const { option } = buildAllocationChart([perIo, batch], SAMPLE_TOKENS);

  const bars = [option.series ?? []].flat().filter(({ name }) => name !== undefined);
  expect(bars.map(({ id, color, data }) => [id, color, data])).toEqual([
    ['countPerIo/result/kmalloc-1k', '#100000', [1, 0]],
    ['countPerIo/stack', '#200000', [0, 0]],
    ['bytesPerIo/result/kmalloc-1k', '#100000', [1024, 0]],
    ['bytesPerIo/stack', '#200000', [0, 0]],
    ['peakBytes/result/kmalloc-1k', '#100000', [2048, 0]],
    ['peakBytes/stack', '#200000', [0, 752]],
  ]);
});

it('says what a strategy takes from where', () => {
  const { tooltip } = buildAllocationChart([perIo, batch, nothing], SAMPLE_TOKENS);

  const values = [0, 1, 2].map((position) => tooltip({ kind: 'axis', position })?.rows[0]);
  expect(values).toEqual([
    {
      colour: '#100000',
      name: 'result/kmalloc-1k',
      value: '1 × · 1 KiB per I/O · 2 KiB at most',
    },
    { colour: '#200000', name: 'stack', value: '752 B on the stack' },
    { colour: null, name: 'no memory of its own', value: '' },
  ]);
});

it('has a row for a strategy that allocates nothing', () => {
  expect(tableOfAllocations([perIo, nothing]).rows).toEqual([
    ['per-io', 'result/kmalloc-1k', 1, 1024, 2048],
    ['nothing', 'none', 0, 0, 0],
  ]);
});
