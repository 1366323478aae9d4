import { findExtent, freshFrameOf, LEAF_LEVELS, resultEntryBytes } from '#core';
import type { Policies } from '#core';
import { formatCount } from '../../../format.ts';
import { frameText } from '../frame-text.ts';
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
  if (frames === 1 || freshFrameOf(first) !== null) {
    return frames === 1 ? frameText(first) : `from ${frameText(first)} on`;
  }
  return `frames ${formatCount(first)} to ${formatCount(first + frames - 1)}`;
}

/** Folios of a memfd, from the page cache. */
function cacheGrab(step: StoryStep): Sentence {
  const { count, lockedOperations } = step;
  const pages = counted(step.pages?.count ?? 0, 'page');
  const each = count === 1 ? '' : ' each';
  return {
    title: `Pin ${counted(count, 'folio')}`,
    text: `${count === 1 ? 'A folio is' : `${formatCount(count)} folios are`} found with a reference, pinned once for all ${pages} that are wanted of ${count === 1 ? 'it' : 'them'}, and the reference of the look-up is dropped again: ${counted(lockedOperations / count, 'locked operation')}${each} to take, one more to drop.`,
    rules: ['MEMFD-1', 'GRAB-2'],
  };
}

/** Under mmap_lock every step begins at the top. */
function lockedGrab({ policies }: Story, step: StoryStep): Sentence {
  const { count, size } = step;
  const pages = count * size;
  const title = `${verbOf(policies)} ${counted(pages, 'page')}`;
  if (policies.grab === 'per-run') {
    const runs = count === 1 ? 'A run' : `${formatCount(count)} runs`;
    const isOne = policies.references === 'one';
    const what = isOne
      ? `${runs} of ${counted(size, 'page')} of one folio (${framesText(step)}): one grab${count === 1 ? '' : ' each'}`
      : `A grab for every page (${framesText(step)})`;
    return {
      title,
      text: `${what}, under the page-table lock. A run ends where the fast walk would end it; nothing is read again or marked.`,
      rules: ['SLOW-4', 'GRAB-2'],
    };
  }
  if (count === 1 && size > 1) {
    return {
      title,
      text: `The entry maps a whole folio: a second grab takes the other ${counted(size, 'reference')} at once (${framesText(step)}), before the lock is dropped.`,
      rules: ['SLOW-2', 'GRAB-2'],
    };
  }
  const often = count === 1 ? 'The walk' : `${formatCount(count)} times over: the walk`;
  return {
    title,
    text: `${often} starts at the top of the page tables, takes the page-table lock, grabs the folio (${framesText(step)}) and drops the lock. Nothing is read again, because the entry cannot change under the lock.`,
    rules: ['SLOW-2', 'GRAB-2'],
  };
}

/** Folio by folio inside one PMD or PUD entry. */
function folioGrab({ policies }: Story, step: StoryStep, leaf: string): Sentence {
  const { count, pages, lockedOperations } = step;
  const all = counted(pages?.count ?? 0, 'page');
  return {
    title: `${verbOf(policies)} ${all}`,
    text: `The ${leaf} entry is gone through folio by folio: each of ${counted(count, 'folio')} is looked up to see where it ends and grabbed once, with a reference for each of its pages. The entry is read again and marked once: ${counted(lockedOperations, 'locked operation')} in all, and a pointer for each of ${all}.`,
    rules: ['GRAB-4', 'GRAB-1'],
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

function deviceRule({ devmap }: Policies): RuleId {
  return devmap === 'era' ? 'FAST-4' : 'GRAB-5';
}

function entryGrab(story: Story, step: StoryStep): Sentence {
  const { policies } = story;
  const { count, size, pages, lockedOperations } = step;
  const leaf = largeLeafOf(story, step);
  if (leaf !== null && policies.grab === 'per-folio' && (pages?.count ?? 0) > count) {
    return folioGrab(story, step, leaf);
  }
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
    rules: isOld
      ? ['FAST-5', 'GRAB-1']
      : [leaf === null ? 'FAST-3' : deviceRule(policies), 'GRAB-1', 'META-1'],
  };
}

const ENTRY_NAMES: Readonly<Record<Policies['result'], string>> = {
  'page-pointers': 'page pointers',
  'folio-range': 'a folio range',
  'bio-vec': 'a bio_vec',
  'folio-pointers': 'a folio pointer',
  'folio-heads': 'the head page',
  'pfn-list': 'a frame number',
};

function visitText({ visit }: Policies, pages: number): string {
  if (pages === 1) return visit === 'each' ? 'The page was looked up' : 'The entry was read';
  return visit === 'each'
    ? 'Every page was looked up and compared with the one before it'
    : 'Consecutive entries were compared without looking at their folios';
}

/** What an entry does not say, or says elsewhere. */
function lossText({ result }: Policies): string {
  if (result === 'folio-heads') return ' Where in the folio the memory starts is not in it.';
  if (result !== 'pfn-list') return '';
  return ' A run whose size does not show takes a second word from the far end of the page.';
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
  if (policies.result === 'folio-heads') extra.push('RUN-7');
  if (policies.result === 'pfn-list') extra.push('MEM-10');
  const visited = leaf === null ? visitText(policies, size) : `A ${leaf} entry is a run of its own`;
  return {
    title: `${verbOf(policies)} ${count === 1 ? 'a run of' : `${formatCount(count)} runs of`} ${counted(size, 'page')}`,
    text: `${runs} of ${of} of one folio (${framesText(step)}). ${visited}; one grab takes ${references}, the entry is read again and the folio marked once: ${counted(step.lockedOperations / count, 'locked operation')}${count === 1 ? '' : ' each'}. The result gets ${entry}.${lossText(policies)}`,
    rules: ['RUN-1', ...extra, 'GRAB-1', policies.visit === 'each' ? 'META-2' : 'META-1'],
  };
}

/** What a step does that takes references. */
export function grabSentence(story: Story, step: StoryStep): Sentence {
  if (story.policies.walk === 'page-cache') return cacheGrab(step);
  if (step.isLocked) return lockedGrab(story, step);
  return story.policies.grab === 'per-run' ? runGrab(story, step) : entryGrab(story, step);
}
