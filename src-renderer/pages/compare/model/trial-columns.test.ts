import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { FOUR_TRIALS, otherRun, sampleDocument } from '../../../testing/run-documents.ts';
import { trialColumns } from './trial-columns.ts';

function shownFirst(runs: Parameters<typeof compareDocuments>[0]): readonly string[] {
  const comparison = compareDocuments(runs, false);
  return trialColumns(comparison, createFigureReader(comparison, 0), 'percent')
    .filter(({ isHiddenAtFirst }) => isHiddenAtFirst !== true)
    .map(({ title }) => title);
}
const figures = ['total p50', 'total p99', 'CPU per I/O'];

it('shows the parameters by which rows differ, and hides those that are the same or name a run', () => {
  expect(shownFirst([sampleDocument(FOUR_TRIALS)]).slice(0, 5)).toEqual([
    'Strategy',
    'Block size',
    ...figures,
  ]);
  const other = otherRun(FOUR_TRIALS.map((trial) => ({ ...trial, costModel: 'epyc' })));
  expect(shownFirst([sampleDocument(FOUR_TRIALS), other]).slice(0, 6)).toEqual([
    'Run',
    'Strategy',
    'Block size',
    ...figures,
  ]);
});

it('says how many replicates there are where rows differ, or why a trial could not run', () => {
  const twice = [{ replicate: 0 }, { replicate: 1 }];
  expect(shownFirst([sampleDocument([...twice, { strategy: 'batch' }])])).toContain('Replicates');
  expect(shownFirst([sampleDocument(twice)])).not.toContain('Replicates');
  expect(shownFirst([sampleDocument([{ reason: 'too small' }])])).toContain('Status');
});

it('gives a figure and its change to sort by', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const columns = trialColumns(comparison, createFigureReader(comparison, 0), 'percent');
  const [, batch] = comparison.cases;
  const cells = ['total.p50', 'total.p50.change'].map((wanted) => {
    const column = columns.find(({ id }) => id === wanted);
    return batch && [column?.value(batch), column?.text?.(batch)];
  });

  expect(cells).toEqual([
    [110, '110 ns'],
    [0.1, '+10 %'],
  ]);
});
