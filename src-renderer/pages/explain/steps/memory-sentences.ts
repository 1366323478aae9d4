import { kmallocClassBytes, resultEntryBytes } from '#core';
import type { Policies } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';

const WHY: Readonly<Partial<Record<Policies['memory'], string>>> = {
  'per-io': 'One entry for every page that is asked for, whatever is found',
  threshold: 'More than fits the stack up to the threshold',
  'callee-grow': 'As much as was guessed, or twice what is full',
  overallocate: 'One entry for every page, at most 256',
};
const RULES_OF: Readonly<Partial<Record<Policies['memory'], readonly RuleId[]>>> = {
  'per-io': ['MEM-4'],
  threshold: ['MEM-5'],
  'callee-grow': ['MEM-6'],
  overallocate: ['MEM-7'],
};

/** What a step does that allocates memory for the result. `size` is in bytes. */
export function allocateSentence({ policies }: Story, { size, totals }: StoryStep): Sentence {
  const entry = resultEntryBytes(policies.result);
  const taken = kmallocClassBytes(size);
  const rest = taken === size ? '' : ` The allocator hands out ${formatBytes(taken)}.`;
  // A registered buffer lists its folios while the array of its pages is still there.
  const isFolioList = policies.add === 'coalesce' && totals.heldBytes > size;
  const why = isFolioList
    ? 'One pointer for every folio, beside the array of pages'
    : (WHY[policies.memory] ?? 'Memory for the result');
  return {
    title: `Allocate ${formatBytes(size)}`,
    text: `${why}: kmalloc() of ${formatCount(size / entry)} × ${formatCount(entry)} bytes.${rest}`,
    rules: isFolioList ? ['URING-2'] : (RULES_OF[policies.memory] ?? ['MEM-2']),
  };
}

/** What a step does that frees memory of the result. */
export function freeSentence({ size }: StoryStep): Sentence {
  return {
    title: `Free ${formatBytes(size)}`,
    text: 'The result was only needed until now: kfree().',
    rules: ['MEM-4'],
  };
}
