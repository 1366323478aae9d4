import { describe, expect, it } from 'vitest';
import { unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { strategyFrom } from '../testing/explained.ts';
import { workloadWith } from '../testing/trials.ts';
import type { Experiment } from './experiment.ts';
import { countTrials, planTrials } from './plan.ts';
import { trialId } from './trial-id.ts';

const experiment: Experiment = {
  name: 'test',
  seed: 7,
  replicates: 2,
  layouts: [
    { name: 'one', layout: layoutFromText('A0-7', { A: 3 }) },
    { name: 'two', layout: layoutFromText('A0-7') },
  ],
  strategies: [strategyFrom('per-page'), strategyFrom('today')],
  points: [4096, 8192].map((blockBytes) => ({
    workload: workloadWith({ blockBytes }),
    costModel: unitCosts,
    tracer: 'off',
  })),
};

function listed(planned: Experiment): string[] {
  return planTrials(planned).map(
    ({ layout, workload, strategy, replicate }) =>
      `${layout.name} ${workload.blockBytes} ${strategy.id} ${replicate}`,
  );
}

describe('planTrials', () => {
  it('[PLAN-1] crosses layouts, points, strategies and replicates, in that order', () => {
    expect(listed(experiment)).toEqual([
      'one 4096 per-page 0',
      'one 4096 per-page 1',
      'one 4096 today 0',
      'one 4096 today 1',
      'one 8192 per-page 0',
      'one 8192 per-page 1',
      'one 8192 today 0',
      'one 8192 today 1',
      'two 4096 per-page 0',
      'two 4096 per-page 1',
      'two 4096 today 0',
      'two 4096 today 1',
      'two 8192 per-page 0',
      'two 8192 per-page 1',
      'two 8192 today 0',
      'two 8192 today 1',
    ]);
    expect(countTrials(experiment)).toBe(16);
  });

  it('[PLAN-2] gives each trial the id of what it says', () => {
    const trials = planTrials(experiment);

    expect(new Set(trials.map(({ id }) => id)).size).toBe(16);
    for (const { id, ...described } of trials) expect(trialId(described)).toBe(id);
    expect(trials.every(({ seed }) => seed === 7)).toBe(true);
  });

  it('[PLAN-2] plans trials that mean the same once, under the first name', () => {
    const [first, second] = experiment.layouts;
    if (first === undefined || second === undefined) throw new Error('two layouts are drawn above');
    const repeated: Experiment = {
      ...experiment,
      replicates: 1,
      layouts: [first, { name: 'again', layout: layoutFromText('A0-7', { A: 3 }) }, second],
      strategies: [...experiment.strategies, strategyFrom({ id: 'today', name: 'mine' })],
    };

    expect(listed(repeated)).toEqual([
      'one 4096 per-page 0',
      'one 4096 today 0',
      'one 8192 per-page 0',
      'one 8192 today 0',
      'two 4096 per-page 0',
      'two 4096 today 0',
      'two 8192 per-page 0',
      'two 8192 today 0',
    ]);
    // An upper bound: what means the same shows only when it is planned.
    expect(countTrials(repeated)).toBe(18);
  });
});
