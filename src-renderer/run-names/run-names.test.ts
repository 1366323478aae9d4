import { describe, expect, it } from 'vitest';
import { sampleId, sampleRun } from '../testing/lab-contents.ts';
import { experimentChanges } from './experiment-changes.ts';
import { experimentParameters } from './experiment-parameters.ts';
import { experimentValue } from './experiment-value.ts';
import { runOrigin } from './origin-words.ts';
import { changesText, createExperimentReader, runChanges, runPairs } from './run-changes.ts';

const TEXT = `schema: folio-lab/experiment@1
name: reads
title: Reads
seed: 1
replicates: 3
layouts:
  - name: base-4k
    uniform: { size: 64MiB, order: 0 }
  - name: mthp-64k
    uniform: { size: 64MiB, order: 4 }
workload: { api: direct-io, operation: read, blockSize: 128KiB, access: random, count: 20000 }
strategies:
  - { id: today }
  - { id: folio-batch, name: batch of 31, parameters: { entries: 31 } }
costModel: textbook
sweep:
  workload.blockSize: [4KiB, 64KiB]
`;

function changesOf(...replacements: readonly (readonly [string, string])[]): readonly string[] {
  const after = replacements.reduce((text, [from, to]) => text.replace(from, to), TEXT);
  return experimentChanges(experimentValue(TEXT), experimentValue(after));
}

describe('what changed', () => {
  it('is said of values, with what they were', () => {
    expect([
      changesOf(['seed: 1', 'seed: 2'], ['count: 20000', 'count: 50000']),
      changesOf(['entries: 31', 'entries: 15']),
      changesOf(['order: 4', 'order: 9']),
      changesOf(['[4KiB, 64KiB]', '[4KiB]']),
      changesOf(['costModel: textbook\n', 'costModel: textbook\ntracer: function-graph\n']),
    ]).toEqual([
      ['seed 1 → 2', 'count 20000 → 50000'],
      ['batch of 31 entries 31 → 15'],
      ['mthp-64k uniform order 4 → 9'],
      ['sweep workload.blockSize 4KiB, 64KiB → 4KiB'],
      ['tracer function-graph'],
    ]);
  });

  it('is said of layouts and strategies by their names', () => {
    expect([
      changesOf(['  - { id: today }\n', '']),
      changesOf(['{ id: today }', '{ id: folio-vec }']),
      changesOf(['replicates: 3\n', '']),
    ]).toEqual([['− today'], ['+ folio-vec', '− today'], ['no replicates']]);
  });

  it('is nothing where only words changed, and never fails', () => {
    expect(changesOf(['title: Reads', 'title: Reads, again'])).toEqual([]);
    expect(experimentChanges(experimentValue('- 1'), experimentValue('a text'))).toEqual([]);
  });
});

describe('the name of a run', () => {
  const [first, second, third] = [1, 2, 3].map((index) =>
    sampleRun({
      id: sampleId('run', index),
      experimentText: TEXT,
      startedAt: `2026-03-01T10:0${index}:00.000Z`,
    }),
  );
  if (first === undefined || second === undefined || third === undefined) throw new Error('three');

  it('tells a run apart from the one it comes from, else from the one before it', () => {
    const forked = { ...third, parentRunId: first.id };
    const other = sampleRun({ id: sampleId('run', 4), experimentName: 'other' });

    expect(runPairs([other, forked, second, first])).toEqual([
      { run: second, before: first },
      { run: forked, before: first },
    ]);
  });

  it('says what changed, that nothing did, or that it is the rest of another', () => {
    const read = createExperimentReader();
    const cut = { ...first, status: 'interrupted' as const };
    const seeded = { ...second, experimentText: TEXT.replace('seed: 1', 'seed: 9') };

    expect([
      runChanges({ run: seeded, before: first }, read),
      runChanges({ run: second, before: first }, read),
      runChanges({ run: { ...second, parentRunId: cut.id }, before: cut }, read),
    ]).toEqual([['seed 1 → 9'], ['again'], ['resumed']]);
  });

  it('is one line', () => {
    expect([changesText(['a', 'b']), changesText(['a', 'b', 'c', 'd', 'e'])]).toEqual([
      'a · b',
      'a · b · c and 2 more',
    ]);
  });
});

it('lists the parameters of an experiment', () => {
  expect(experimentParameters(experimentValue(TEXT))).toEqual([
    ['Layouts', 'base-4k, mthp-64k'],
    ['Strategies', 'today, batch of 31'],
    ['Workload', 'direct-io, read, 128KiB, random, 20,000 I/Os a trial'],
    ['Sweep', 'workload.blockSize: 4KiB, 64KiB'],
    ['Cost model', 'textbook'],
    ['Replicates', '3'],
  ]);
  expect(experimentParameters(experimentValue('layouts: ['))).toEqual([]);
});

it('says whether a run that repeats another found the same', () => {
  const origin = sampleRun();
  const run = sampleRun({ parentRunId: origin.id });
  const check = { originalRunId: origin.id, compared: 12, identical: 12 };
  const cut = { ...origin, status: 'interrupted' as const };

  expect([
    runOrigin(run, origin, check),
    runOrigin(run, origin, { ...check, compared: 4, identical: 4 }),
    runOrigin(run, origin, { ...check, identical: 11 }),
    runOrigin(run, origin, null),
    runOrigin(run, cut, null),
    runOrigin(run, undefined, null),
  ]).toEqual([
    { sentence: 'Identical to run 9e3779b1: 12 of 12 trials.', isIdentical: true },
    { sentence: 'Identical to run 9e3779b1 in the 4 trials they share.', isIdentical: true },
    {
      sentence: 'Differs from run 9e3779b1: only 11 of 12 trials are identical.',
      isIdentical: false,
    },
    { sentence: 'It comes from run 9e3779b1.', isIdentical: null },
    { sentence: 'It goes on where run 9e3779b1 ended.', isIdentical: null },
    { sentence: 'It comes from a run that is not in the library.', isIdentical: null },
  ]);
});
