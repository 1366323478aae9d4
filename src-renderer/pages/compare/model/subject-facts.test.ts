import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { subjectFacts } from './subject-facts.ts';
import { FOUR_TRIALS, otherRun, sampleDocument } from '../../../testing/run-documents.ts';

function differing(runs: Parameters<typeof compareDocuments>[0]): unknown {
  return subjectFacts(compareDocuments(runs, false))
    .filter(({ isDifferent }) => isDifferent)
    .map(({ title, values }) => [title, ...values]);
}

it('tells runs apart by their environment and parameters', () => {
  const run = sampleDocument(FOUR_TRIALS);
  const other = otherRun([...FOUR_TRIALS, { blockSize: 16_384 }], { seed: 8 });

  expect(differing([run, other])).toEqual([
    ['Seed', '7', '8'],
    ['Trials', '4 of 4', '5 of 5'],
    ['Block size', '4KiB, 128KiB', '4KiB, 16KiB, 128KiB'],
  ]);
});

it('tells strategies apart by their own parameters', () => {
  const run = sampleDocument([{ strategy: 'today' }, { strategy: 'batch', entries: 31 }]);

  expect(differing([run])).toEqual([['Of the strategy', '–', 'entries=31']]);
});
