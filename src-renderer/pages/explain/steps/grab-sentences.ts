import { findExtent, LEAF_LEVELS, resultEntryBytes } from '#core';
import type { Policies } from '#core';
import { formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';

/** The level of an entry that maps more than a page. */
function largeLeafOf({ layout }: Story, { pages }: StoryStep): string | null {
  const leaf = LEAF_LEVELS[layout.leaf[findExtent(layout, pages?.first ?? 0)] ?? 0] ?? 'pte';
  return leaf === 'pte' ? null : leaf.toUpperCase();
}

function verbOf({ kind }: Policies): string {
  return kind === 'pin' ? 'Pin' : 'Take a reference on';
}

function framesText({ pfn, count, size }: StoryStep): string {
  const frames = count * size;
  const first = pfn ?? 0;
  return frames === 1
    ? `frame ${formatCount(first)}`
    : `frames ${formatCount(first)} to ${formatCount(first + frames - 1)}`;
}

/** Under mmap_lock every step begins at the top. */
function lockedGrab({ policies }: Story, step: StoryStep): Sentence {
  const pages = step.count * step.size;
  const often = pages === 1 ? 'The walk' : `${formatCount(step.count)} times over: the walk`;
  return {
    title: `${verbOf(policies)} ${counted(pages, 'page')}`,
    text: `${often} starts at the top of the page tables, takes the page-table lock, grabs the folio (${framesText(step)}) and drops the lock. Nothing is read again, because the entry cannot change under the lock.`,
    rules: ['SLOW-2', 'GRAB-2'],
  };
}

/** One PMD or PUD entry at once. */
function leafGrab({ policies }: Story, step: StoryStep, leaf: string): Sentence {
  const { size, lockedOperations } = step;
  return {
    title: `${verbOf(policies)} ${counted(size, 'page')}`,
    text: `One ${leaf} entry maps ${counted(size, 'page')} of one folio: one grab takes ${counted(size, 'reference')} at once, the entry is read again and the folio marked once, with ${counted(lockedOperations, 'locked operation')} in all. ${counted(size, 'pointer')} go into the result (${framesText(step)}).`,
    rules: ['FAST-3', 'GRAB-1', 'META-1'],
  };
}

function entryGrab(story: Story, step: StoryStep): Sentence {
  const { policies } = story;
  const { count, size, pages, lockedOperations } = step;
  const leaf = largeLeafOf(story, step);
  if (leaf !== null && count === 1) return leafGrab(story, step, leaf);
  const isOld = policies.walk === 'fast-2008';
  const checks = isOld
    ? ''
    : ', the entry is read again in case it changed, the folio is marked referenced';
  const each = `it is read, its folio is found and grabbed${checks}, and a pointer is stored`;
  const first = formatCount(pages?.first ?? 0);
  const what =
    leaf !== null
      ? `The ${leaf} entry is taken page by page, ${formatCount(count)} times over`
      : count === 1
        ? `The page-table entry of virtual page ${first}`
        : `${formatCount(count)} page-table entries, each by itself`;
  const every = count === 1 ? '' : ' for each';
  return {
    title: `${verbOf(policies)} ${counted(count * size, 'page')}`,
    text: `${what}: ${each}; ${counted(lockedOperations / count, 'locked operation')}${every} (${framesText(step)}).`,
    rules: isOld ? ['FAST-5', 'GRAB-1'] : [leaf === null ? 'FAST-3' : 'FAST-4', 'GRAB-1', 'META-1'],
  };
}

const ENTRY_NAMES: Readonly<Record<Policies['result'], string>> = {
  'page-pointers': 'page pointers',
  'folio-range': 'a folio range',
  'bio-vec': 'a bio_vec',
  'folio-pointers': 'a folio pointer',
};

function visitText({ visit }: Policies, pages: number): string {
  if (pages === 1) return visit === 'each' ? 'The page was looked up' : 'The entry was read';
  return visit === 'each'
    ? 'Every page was looked up and compared with the one before it'
    : 'Consecutive entries were compared without looking at their folios';
}

function runGrab(story: Story, step: StoryStep): Sentence {
  const { policies } = story;
  const { count, size } = step;
  const isOne = policies.references === 'one';
  const references = counted(isOne ? 1 : size, 'reference');
  const runs = count === 1 ? 'One run' : `${formatCount(count)} runs`;
  const of = `${counted(size, 'page')}${count === 1 ? '' : ' each'}`;
  const entry = `${ENTRY_NAMES[policies.result]} of ${formatCount(resultEntryBytes(policies.result))} bytes`;
  const leaf = largeLeafOf(story, step);
  const extra: RuleId[] = leaf === null ? [] : ['RUN-5'];
  const visited = leaf === null ? visitText(policies, size) : `A ${leaf} entry is a run of its own`;
  return {
    title: `${verbOf(policies)} ${count === 1 ? 'a run of' : `${formatCount(count)} runs of`} ${counted(size, 'page')}`,
    text: `${runs} of ${of} of one folio (${framesText(step)}). ${visited}; one grab takes ${references}, the entry is read again and the folio marked once: ${counted(step.lockedOperations / count, 'locked operation')}${count === 1 ? '' : ' each'}. The result gets ${entry}.`,
    rules: ['RUN-1', ...extra, 'GRAB-1', policies.visit === 'each' ? 'META-2' : 'META-1'],
  };
}

/** What a step does that takes references. */
export function grabSentence(story: Story, step: StoryStep): Sentence {
  if (step.isLocked) return lockedGrab(story, step);
  return story.policies.grab === 'per-run' ? runGrab(story, step) : entryGrab(story, step);
}
