import { expect, it } from 'vitest';
import { compareDocuments, namesOf, sharedBy } from './comparison.ts';
import { FOUR_TRIALS, otherRun, sampleDocument } from '../../../testing/run-documents.ts';

it('compares the strategies of a single run, those of a group beside each other', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);

  expect(comparison).toMatchObject({
    kind: 'strategies',
    subjects: [
      { id: 'today', name: 'today' },
      { id: 'batch', name: 'batch' },
    ],
    matched: ['blockSize'],
    differing: ['strategy'],
  });
  expect(comparison.cases.map(({ subject, group }) => [subject, group])).toEqual([
    [0, '[4096]'],
    [1, '[4096]'],
    [0, '[131072]'],
    [1, '[131072]'],
  ]);
});

it('compares several runs, and lets what tells them apart match no rows', () => {
  const comparison = compareDocuments(
    [
      sampleDocument([{ strategy: 'today' }, { strategy: 'batch' }]),
      otherRun([
        { strategy: 'today', costModel: 'epyc' },
        { strategy: 'batch', costModel: 'epyc' },
      ]),
    ],
    false,
  );

  expect(comparison).toMatchObject({
    kind: 'runs',
    matched: ['strategy'],
    differing: ['costModel'],
    subjects: [{ name: 'textbook' }, { name: 'epyc' }],
  });
});

it('calls runs by their experiments where those differ, else by seed and figures, else by id', () => {
  const other = otherRun([{ count: 20_000 }], { seed: 8 });
  const names = [
    [sampleDocument([{}]), { ...other, experiment: 'another' }],
    [sampleDocument([{}]), other],
    [sampleDocument([{}]), otherRun([{}])],
  ].map((runs) => compareDocuments(runs, false).subjects.map(({ name }) => name));

  expect(names).toEqual([
    ['example', 'another'],
    ['I/Os 1,000 · seed 7', 'I/Os 20,000 · seed 8'],
    ['example · b0000000', 'example · c0000000'],
  ]);
});

it('puts replicates into one row, or each into its own', () => {
  const run = sampleDocument([{ replicate: 1 }, { replicate: 0 }, { replicate: 2 }]);
  const [together, apart] = [false, true].map((areApart) => compareDocuments([run], areApart));

  expect(together?.cases.map(({ trials }) => trials.map(({ trial }) => trial.replicate))).toEqual([
    [0, 1, 2],
  ]);
  expect(apart?.cases.map(({ replicate }) => replicate)).toEqual([1, 0, 2]);
  expect([together?.mostReplicates, apart?.mostReplicates]).toEqual([3, 3]);
});

it('names a selection by what its members do not share', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const names = (selection: readonly number[]): readonly string[] => {
    const chosen = selection.flatMap((index) => comparison.cases[index] ?? []);
    return [...namesOf(comparison, chosen).values()];
  };

  expect([names([0, 1]), names([0, 2]), names([0, 3]), names([1])]).toEqual([
    ['today', 'batch'],
    ['4KiB', '128KiB'],
    ['today · 4KiB', 'batch · 128KiB'],
    ['batch'],
  ]);
});

it('has nothing to say of no runs', () => {
  expect(compareDocuments([], false)).toMatchObject({ subjects: [], cases: [], mostReplicates: 0 });
});

it('tells what a selection has in common, which its names leave out', () => {
  const { cases, ...rest } = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const comparison = { ...rest, cases };
  const selections = [cases, cases.slice(0, 2), cases.filter(({ subject }) => subject === 1), []];

  expect(
    selections.map((selection) => sharedBy(comparison, selection).map(({ text }) => text)),
  ).toEqual([[], ['4KiB'], ['batch'], []]);
});
