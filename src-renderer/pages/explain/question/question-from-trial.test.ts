import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunDocumentTrial } from '#contract';
import { recordFromKeys } from '#core';
import type { CostModel } from '#core';
import { MADE_UP_MODELS } from '../testing/made-up-models.ts';
import { cachesOfTrial, questionFromTrial } from './question-from-trial.ts';
import { UNIFORM_DEFAULTS } from './question.ts';
import { readLayoutWords } from './read-layout.ts';

const TRIAL: RunDocumentTrial = {
  id: 'trial',
  layout: 'base-4k',
  strategy: 'folio-batch',
  strategyName: 'batch of 15',
  parameters: {
    ...{ entries: 15, form: 'range', api: 'direct-io', operation: 'write', path: 'async' },
    ...{ blockSize: 131_072, offset: 512, pagesPerCall: null },
  },
  policies: { visit: 'batched', naturalBoundary: true },
  costModel: 'textbook',
  tracer: 'off',
  seed: 7,
  replicate: 0,
  status: 'not-applicable',
  reason: '',
  samples: 0,
  ...recordFromKeys(['countersPerIo', 'latency', 'iops', 'cpuNsPerIo'], () => null),
  ...recordFromKeys(['figures', 'allocations'], () => null),
};

function experiment(name: string): { readonly experimentText: string; readonly seed: number } {
  const url = new URL(`../../../../experiments/${name}.yaml`, import.meta.url);
  return { experimentText: readFileSync(url, 'utf8'), seed: 7 };
}

describe('a trial', () => {
  it('becomes the question it answered, with the seed its frames were drawn with', () => {
    expect(questionFromTrial(experiment('allocation-policies'), TRIAL)).toEqual({
      layout: {
        ...{ kind: 'uniform', size: '64MiB', order: '0', frames: 'scattered', leaf: 'pte' },
        ...{ misalignment: '0', flags: '', seed: '7' },
      },
      ...{ api: 'direct-io', operation: 'write', path: 'async', offset: '512', length: '128KiB' },
      pagesPerCall: '',
      strategy: {
        id: 'folio-batch',
        parameters: { entries: '15' },
        policies: { visit: 'batched', naturalBoundary: 'true' },
      },
      beside: null,
      costModel: 'textbook',
      tracer: 'off',
    });
  });

  it('of a captured layout names it as the catalogue does', () => {
    const question = questionFromTrial(experiment('real-layouts'), { ...TRIAL, layout: 'thp2m' });

    expect(question?.layout).toMatchObject({ kind: 'catalogue', name: 'thp2m' });
  });

  it('of a layout that is described row by row, or by weights, has the same description', () => {
    const { experimentText, seed } = experiment('allocation-policies');
    const described = (layout: string) =>
      questionFromTrial(
        {
          experimentText: experimentText.replace(/uniform: .*/, layout),
          seed,
        },
        TRIAL,
      )?.layout;

    expect(
      described('extents: [[0, 4096, 16, 4, pte, anon], [16, 9001, 1, 0, pte, file|shared]]'),
    ).toEqual({ kind: 'rows', text: '0,4096,16,4\n16,9001,1,0,pte,file|shared' });
    expect(
      described(
        'mixed: { size: 1MiB, weights: [{ order: 0, weight: 3 }, { order: 4, weight: 1 }] }',
      ),
    ).toMatchObject({ kind: 'mixed', size: '1MiB', weights: '0:3+4:1', seed: '7' });
    expect(
      described('buddy: { size: 1MiB, orders: [4, 9], zone: 16MiB, fragmentation: 0.25 }'),
    ).toMatchObject({
      ...{ kind: 'buddy', size: '1MiB', orders: '4+9', zone: '16MiB', occupancy: '0.5' },
      ...{ fragmentation: '0.25', misalignment: '0', flags: '', seed: '7' },
    });
  });

  it('of a layout that the experiment does not have is none', () => {
    expect(questionFromTrial(experiment('real-layouts'), { ...TRIAL, layout: 'x' })).toBeNull();
    expect(questionFromTrial({ experimentText: 'name:', seed: 1 }, TRIAL)).toBeNull();
  });

  const trialOf = (costModel: string, access = 'random') => ({
    costModel,
    parameters: { ...TRIAL.parameters, access },
  });

  it('[COLD-4] over more memory than fits into the cache is explained as it was simulated', () => {
    const models = MADE_UP_MODELS.map((model): CostModel => ({ ...model, cacheBytes: 1_048_576 }));
    const layoutOf = (size: string) =>
      readLayoutWords({ ...UNIFORM_DEFAULTS, size }, new Map(), []);

    expect(cachesOfTrial(trialOf('textbook'), layoutOf('64MiB'), models)).toBe('cold');
    expect(cachesOfTrial(trialOf('textbook', 'sequential'), layoutOf('64MiB'), models)).toBe(
      'evicted',
    );
    expect(cachesOfTrial(trialOf('textbook'), layoutOf('32MiB'), models)).toBe('hot');
    expect(cachesOfTrial(trialOf('textbook'), layoutOf('64MiB'), MADE_UP_MODELS)).toBe('hot');
  });

  it('of memory or prices that are not known here is asked about hot', () => {
    const models = MADE_UP_MODELS.map((model): CostModel => ({ ...model, cacheBytes: 1 }));
    const layout = readLayoutWords(UNIFORM_DEFAULTS, new Map(), []);
    const unknown = readLayoutWords({ kind: 'catalogue', name: 'x' }, new Map(), []);

    expect(cachesOfTrial(trialOf('textbook'), layout, models)).toBe('cold');
    expect(cachesOfTrial(trialOf('another'), layout, models)).toBe('hot');
    expect(cachesOfTrial(trialOf('textbook'), unknown, models)).toBe('hot');
  });
});
