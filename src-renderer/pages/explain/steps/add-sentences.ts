import { formatBytes, formatCount } from '../../../format.ts';
import { frameText } from '../frame-text.ts';
import { counted } from '../../../sentences.ts';
import type { Policies } from '#core';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';

type Adding = Exclude<Policies['add'], 'none'>;

const WHY_NEW: Readonly<Record<Adding, string>> = {
  'page-per-bvec': 'Every page gets a vector of its own, adjacent or not.',
  'merge-per-page': 'The page does not go on where the last vector ends.',
  'scan-and-merge': 'The run does not go on where the last vector ends.',
  'scan-direct':
    'The page array was scanned for runs of one folio; each run becomes a new vector, adjacent or not.',
  ranges: 'Every entry of the result becomes a vector as it is: nothing is compared or merged.',
  coalesce:
    'The registered buffer gets a vector for each folio where all folios are of one size, and for each page otherwise.',
};
const RULES_OF: Readonly<Record<Adding, readonly RuleId[]>> = {
  'page-per-bvec': ['ADD-2'],
  'merge-per-page': ['ADD-1'],
  'scan-and-merge': ['ADD-3', 'ADD-4'],
  'scan-direct': ['ADD-3', 'ADD-4'],
  ranges: ['ADD-5'],
  coalesce: ['URING-2'],
};

function addingOf({ add }: Policies): Adding {
  return add === 'none' ? 'ranges' : add;
}

/** What a step does that starts vectors. */
export function addSentence(
  { policies, explanation }: Story,
  { vectors, count }: StoryStep,
): Sentence {
  const adding = addingOf(policies);
  const isBuffer = adding === 'coalesce';
  const isFirst = vectors?.first === 0 && count === 1 && adding !== 'ranges' && !isBuffer;
  const why = isFirst ? 'The bio has no vector yet.' : WHY_NEW[adding];
  const name = isBuffer ? 'buffer vector' : 'bio vector';
  const vector = count === 1 ? explanation.bvecs[vectors?.first ?? 0] : undefined;
  const where =
    vector === undefined
      ? `${counted(count, 'vector')} are written${isBuffer ? '' : ' to the bio'}.`
      : isBuffer
        ? `A vector from ${frameText(vector.pfn)} on covers ${formatBytes(vector.length)}.`
        : `A vector from ${frameText(vector.pfn)} on is written to the bio; when the bio is complete it carries ${formatBytes(vector.length)}.`;
  return {
    title: count === 1 ? `Write a ${name}` : `Write ${counted(count, name)}`,
    text: `${why} ${where}`,
    rules: RULES_OF[adding],
  };
}

/** What a step does that compares pages or runs with the last vector. */
export function mergeSentence({ policies }: Story, { count, merges, pfn }: StoryStep): Sentence {
  const isScan = policies.add === 'scan-and-merge';
  const thing = isScan ? 'run' : 'page';
  const rules = RULES_OF[addingOf(policies)];
  if (!merges) {
    return {
      title: 'A merge test fails',
      text: `Does the ${thing} at ${frameText(pfn ?? 0)} go on where the last vector ends? It does not.`,
      rules,
    };
  }
  const all = count === 1 ? `The ${thing} goes` : `All ${formatCount(count)} ${thing}s go`;
  return {
    title: count === 1 ? 'A merge test succeeds' : `${formatCount(count)} merge tests succeed`,
    text: `${count === 1 ? `Does the ${thing}` : `Does each ${thing}`}, from ${frameText(pfn ?? 0)} on, go on where the last vector ends? ${all} on, and the vector grows.`,
    rules,
  };
}
