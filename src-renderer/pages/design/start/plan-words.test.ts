import { expect, it } from 'vitest';
import { parseExperimentFile } from '#contract';
import { NEW_EXPERIMENT } from '../draft/new-parts.ts';
import { factorWords, planWords } from './plan-words.ts';

function factorsOf(text: string): string {
  const parsed = parseExperimentFile(text, 'draft');
  return parsed.ok ? factorWords(parsed.file) : 'with mistakes';
}

it('says how the trials come about', () => {
  expect(factorsOf(NEW_EXPERIMENT)).toBe('2 layouts × 2 strategies');
  expect(
    factorsOf(
      `${NEW_EXPERIMENT.replace('replicates: 1', 'replicates: 3')}sweep: { tracer: ['off', function-graph] }\n`,
    ),
  ).toBe('2 layouts × 2 strategies × 2 points × 3 replicates');
});

it('says what a run will take', () => {
  const plan = { problems: [], trials: 210, ios: 8_610_000, estimatedSeconds: 3.4 };

  expect(planWords(plan)).toBe('210 trials · 8.61 M I/Os · about 3 s');
  expect(planWords({ ...plan, trials: 1, ios: 1000, estimatedSeconds: 0.2 })).toBe(
    '1 trial · 1,000 I/Os · less than a second',
  );
});
