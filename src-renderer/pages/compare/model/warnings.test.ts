import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { otherRun, sampleDocument } from '../../../testing/run-documents.ts';
import { comparabilityHeadline, comparabilityWarnings } from './warnings.ts';

const twice = [{ replicate: 0 }, { replicate: 1 }];

function warningsOf(...runs: Parameters<typeof compareDocuments>[0]): readonly string[] {
  return comparabilityWarnings(compareDocuments(runs, false));
}

it('has nothing against two runs of the same', () => {
  expect(warningsOf(sampleDocument(twice), otherRun(twice))).toEqual([]);
});

it('warns of other I/Os, other rules, other prices and other numbers', () => {
  const run = sampleDocument(twice);
  const other = otherRun(
    twice.map((trial) => ({ ...trial, count: 5000, costModel: 'epyc' })),
    { seed: 8, environment: { ...run.environment, coreVersion: '2' } },
  );

  expect(warningsOf(run, other)).toEqual([
    'The runs differ in seed (7, 8): they drew different I/Os.',
    'The runs differ in version of the core (1, 2): they were simulated by different rules.',
    'The runs differ in cost model (textbook, epyc): they are priced by different cost models.',
    'The runs differ in I/Os (1,000, 5,000): they measured different numbers of I/Os.',
  ]);
});

it('warns of a name that stands for two things', () => {
  const run = sampleDocument(twice);
  const other = otherRun(twice);
  const changed = { ...other, trials: other.trials.map((trial) => ({ ...trial, id: 'changed' })) };

  expect(warningsOf(run, changed)).toEqual([
    'A layout or cost model of the same name does not have the same contents in all runs.',
  ]);
});

it('warns of what is missing: trials, partners, replicates', () => {
  const run = sampleDocument(
    [
      { strategy: 'today', layout: 'a' },
      { strategy: 'batch', layout: 'a' },
      { strategy: 'today', layout: 'b', reason: 'too small' },
    ],
    { status: 'running', plannedTrials: 12 },
  );

  expect(warningsOf(run)).toEqual([
    'Run b0000000 is running: it has 3 of 12 trials.',
    '1 group of 2 cannot be compared throughout: not all have such trials.',
    '1 trial could not run: too small.',
    'One replicate says nothing about chance: changes have no interval. Ask for replicates in the experiment to get one.',
  ]);
});

it('sums up in one sentence what is not alike, once it is more than one thing', () => {
  const run = sampleDocument(twice);
  const headline = (fields: Parameters<typeof otherRun>[1]): string =>
    comparabilityHeadline(compareDocuments([run, otherRun(twice, fields)], false));
  const environment = { ...run.environment, coreVersion: '2' };

  expect([headline({ seed: 8 }), headline({ seed: 8, environment })]).toEqual([
    '',
    'The runs differ in seed and version of the core: not all of a change is what was changed on purpose.',
  ]);
});

it('says first of all when nothing can be compared', () => {
  const mine = sampleDocument([
    { layout: 'a', blockSize: 4096 },
    { layout: 'a', blockSize: 8192 },
  ]);
  const theirs = otherRun([
    { layout: 'b', blockSize: 512 },
    { layout: 'c', blockSize: 512 },
  ]);

  expect(comparabilityHeadline(compareDocuments([mine, theirs], false))).toBe(
    'Nothing can be held against the baseline: no trials of two runs agree in layout and block size.',
  );
});
