import { expect, it } from 'vitest';
import { parseExperimentFile } from '#contract';
import { NEW_EXPERIMENT } from '../draft/new-parts.ts';
import { tooSmallWords } from './too-small.ts';

function wordsOf(text: string): readonly string[] {
  const parsed = parseExperimentFile(text, 'draft');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return tooSmallWords(parsed.file);
}

it('has nothing to say where every I/O fits', () => {
  expect(wordsOf(NEW_EXPERIMENT)).toEqual([]);
});

it('[SIM-2] names the layouts that are too small, and for what', () => {
  const swept = `${NEW_EXPERIMENT}sweep: { workload.blockSize: [4KiB, 64MiB, 128MiB] }\n`;

  expect(wordsOf(swept)).toEqual([
    'base-4k holds no I/O of 128 MiB',
    'mthp-128k holds no I/O of 128 MiB',
  ]);
});

it('[SIM-2] counts offsets from virtual page 0, and no I/O across a gap', () => {
  const gap = NEW_EXPERIMENT.replace(
    'uniform: { size: 64MiB, order: 5, frames: scattered }',
    'extents: [[0, 64, 16, 4, pte, anon], [16, 160, 16, 4, pte, anon], [33, 320, 16, 4, pte, anon]]',
  );
  const shifted = NEW_EXPERIMENT.replace('order: 0,', 'order: 0, misalignment: 4KiB,');

  expect(wordsOf(gap)).toEqual([]);
  expect(wordsOf(gap.replace('[16, 160', '[17, 160'))).toEqual([
    'mthp-128k holds no I/O of 128 KiB',
  ]);
  expect(wordsOf(shifted.replace('blockSize: 128KiB', 'blockSize: 64MiB'))).toEqual([
    'base-4k holds no I/O of 64 MiB',
  ]);
});
