import { expect, it } from 'vitest';
import { recordFromKeys } from '#core';
import { buildPhaseCostChart, COST_PHASES, tableOfPhaseCosts } from './phase-cost-chart.ts';
import type { CostPhase, PhaseCosts } from './phase-cost-chart.ts';
import { SAMPLE_TOKENS, sampleIdentity } from './testing/chart-samples.ts';

function costs(name: string, meanNs: Partial<Record<CostPhase, number>>): PhaseCosts {
  return {
    ...sampleIdentity(name),
    meanNs: recordFromKeys(COST_PHASES, (one) => meanNs[one] ?? 0),
  };
}
const today = costs('today', { release: 40, walk: 60, grab: 100 });
const nothing = costs('nothing', {});

function valuesOf(option: ReturnType<typeof buildPhaseCostChart>['option']): unknown {
  return [option.series ?? []].flat().map(({ name, data }) => [name, data]);
}

it('stacks the phases in the order of an I/O and leaves out those nobody enters', () => {
  const { option } = buildPhaseCostChart([today, nothing], { isShare: false }, SAMPLE_TOKENS);

  expect(valuesOf(option)).toEqual([
    ['walk', [60, 0]],
    ['grab', [100, 0]],
    ['release', [40, 0]],
    [undefined, [0, 0]],
  ]);
});

it('shows shares of the whole, and none of nothing', () => {
  const { option } = buildPhaseCostChart([today, nothing], { isShare: true }, SAMPLE_TOKENS);

  expect(valuesOf(option)).toEqual([
    ['walk', [30, 0]],
    ['grab', [50, 0]],
    ['release', [20, 0]],
    [undefined, [0, 0]],
  ]);
  expect(option.xAxis).toMatchObject({ name: 'Share of the mean, %' });
});

it('has a table whose shares and totals add up', () => {
  expect(tableOfPhaseCosts([today]).rows).toEqual([
    ['today', 'walk', 60, 0.3],
    ['today', 'grab', 100, 0.5],
    ['today', 'release', 40, 0.2],
    ['today', 'total', 200, 1],
  ]);
});

it('tells a whole bar, and which trial it is', () => {
  const { tooltip, idsAt } = buildPhaseCostChart([today], { isShare: false }, SAMPLE_TOKENS);

  expect(tooltip({ kind: 'axis', position: 0 })).toEqual({
    title: 'today',
    rows: [
      { colour: '#100000', name: 'walk', value: '60 ns · 30 %' },
      { colour: '#200000', name: 'grab', value: '100 ns · 50 %' },
      { colour: '#400000', name: 'release', value: '40 ns · 20 %' },
      { colour: null, name: 'total', value: '200 ns' },
    ],
  });
  expect(idsAt({ kind: 'item', seriesId: 'cost/walk', index: 0 })).toEqual(['id of today']);
});
