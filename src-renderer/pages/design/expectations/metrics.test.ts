import { expect, it } from 'vitest';
import { readMetric } from '#contract';
import { expectationWords, METRICS, SELECTION_KEYS, valuesOfSelection } from './metrics.ts';

it('offers only metrics that can be read', () => {
  expect(METRICS.filter((metric) => !readMetric(metric).ok)).toEqual([]);
  expect(new Set(METRICS).size).toBe(METRICS.length);
});

it('offers what the draft has to select from', () => {
  const draft = {
    layouts: [{ name: 'a' }, { name: 'b' }],
    strategies: [{ id: 'today' }, { id: 'folio-vec', name: 'mine' }],
    workload: { blockSize: '4KiB', api: 'register' },
    sweep: { 'workload.blockSize': ['4KiB', 512] },
  };

  expect(valuesOfSelection(draft, 'layout')).toEqual(['a', 'b']);
  expect(valuesOfSelection(draft, 'strategy')).toEqual(['today', 'mine']);
  expect(valuesOfSelection(draft, 'blockSize')).toEqual(['4KiB', '512']);
  expect(valuesOfSelection(draft, 'api')).toEqual(['register']);
  expect(valuesOfSelection(draft, 'tracer')).toEqual([]);
  expect(SELECTION_KEYS).toContain('layout');
});

it('puts a claim into words', () => {
  expect(
    expectationWords({
      metric: 'total.mean',
      of: { strategy: ['a', 'b'], layout: 'x' },
      relation: 'less',
      than: { strategy: 'today' },
      factor: 0.2,
    }),
  ).toBe('total.mean of strategy a, b, layout x: less 0.2 × strategy today');
  expect(expectationWords({ metric: 'iops', relation: 'equal', value: 5 })).toBe(
    'iops of every trial: equal 5',
  );
});
