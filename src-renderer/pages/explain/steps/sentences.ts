import { bioVectorsFor, findExtent } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import { addSentence, mergeSentence } from './add-sentences.ts';
import { grabSentence } from './grab-sentences.ts';
import { allocateSentence, freeSentence } from './memory-sentences.ts';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';
import {
  completeSentence,
  releaseSentence,
  requestSentence,
  submitSentence,
} from './frame-sentences.ts';

function bioSentence({ explanation }: Story, { size }: StoryStep): Sentence {
  const { request, pages } = explanation;
  const { vectors, bytes, source } = bioVectorsFor(request.path, pages, size);
  const home = {
    inline: 'inside the bio itself',
    stack: 'on the stack',
    slab: `${formatBytes(bytes)} from a slab`,
    kmalloc: `${formatBytes(bytes)} from kmalloc`,
    none: '',
  }[source];
  return {
    title: 'Start a bio',
    text: `bio_iov_iter_get_pages() is called with ${counted(size, 'page')} to carry. The bio has room for ${counted(vectors, 'vector')}, ${home}.`,
    rules: ['BIO-1', 'BIO-3'],
  };
}

function extractSentence({ policies, explanation }: Story, { size }: StoryStep): Sentence {
  const asked = counted(size, 'page');
  if (explanation.request.api !== 'direct-io') {
    return {
      title: `Ask for ${asked}`,
      text: `The caller brings the memory for the result and asks for ${asked} in one call.`,
      rules: ['COMP-2'],
    };
  }
  const reason =
    policies.memory === 'overlay'
      ? "The page array lies in the upper half of the bio's own free vectors, so no more fit."
      : 'As many as the bio has vectors left, or as the result can hold.';
  return {
    title: `Extract ${asked}`,
    text: `Asks for the next ${asked}. ${reason}`,
    rules: ['BIO-2'],
  };
}

function gupSentence({ policies }: Story, { size }: StoryStep): Sentence {
  const verb = policies.kind === 'pin' ? 'pin' : 'get';
  const asked = counted(size, 'page');
  if (policies.walk === 'locked') {
    return {
      title: `${verb}_user_pages(), ${asked}`,
      text: `The walk runs under mmap_lock: other threads can fault, but not change the mapping.`,
      rules: ['SLOW-1'],
    };
  }
  const isOld = policies.walk === 'fast-2008';
  const checks = isOld
    ? 'Nothing else is checked: this is the walk as it was proposed in 2008.'
    : verb === 'pin'
      ? 'The arguments are checked, and a counter is read that tells later whether the process forked meanwhile.'
      : 'The arguments are checked.';
  return {
    title: `${verb}_user_pages_fast(), ${asked}`,
    text: `No lock is taken. Interrupts go off, so that no page table can be freed while it is read. ${checks}`,
    rules: isOld ? ['FAST-2', 'FAST-5'] : ['FAST-2'],
  };
}

function slowSentence({ policies }: Story, { size }: StoryStep): Sentence {
  const asked = counted(size, 'page');
  if (policies.walk === 'locked') {
    return {
      title: 'Take mmap_lock',
      text: `Takes mmap_lock for reading and finds the mapping (VMA) of the next ${asked}.`,
      rules: ['SLOW-1'],
    };
  }
  const start =
    policies.fallback === 'restart'
      ? 'Everything the fast walk took is dropped again, and the slow path starts over'
      : 'The slow path goes on where the fast walk stopped';
  return {
    title: 'Fall back to the slow path',
    text: `The fast walk met an entry that maps nothing. ${start}: __gup_longterm_locked() takes mmap_lock and finds the mapping for ${asked}.`,
    rules: ['FAST-6', 'SLOW-1', 'GAP-1'],
  };
}

function tableSentence({ policies }: Story): Sentence {
  const levels = policies.era === 'v2.6' ? 'PGD, PUD and PMD' : 'PGD, P4D, PUD and PMD';
  return {
    title: 'Map a page table',
    text: `Descends over ${levels} to the page table of a 2 MiB block and maps it. It has 512 entries of 4 KiB each.`,
    rules: ['FAST-1', 'FAST-2'],
  };
}

function endSentence(title: string, text: string, rules: readonly RuleId[]): Sentence {
  return { title, text, rules };
}

function slowEndSentence(step: StoryStep): Sentence {
  return step.size === 0
    ? endSentence(
        'Drop mmap_lock',
        'Nothing is mapped here either: the slow path gives up and drops mmap_lock.',
        ['SLOW-1', 'GAP-2'],
      )
    : endSentence('Drop mmap_lock', `${counted(step.size, 'page')} taken; mmap_lock is dropped.`, [
        'SLOW-1',
      ]);
}

/** Why a call returned fewer pages than it was asked for. */
function shortfall({ layout }: Story, { size, asked, pages }: StoryStep): string {
  if (size >= asked) return '';
  const next = (pages?.first ?? 0) + size;
  const isMapped = (layout.vaPage[findExtent(layout, next)] ?? Infinity) <= next;
  return isMapped
    ? ' The result is full: the rest has to wait for the next call, which starts at the top of the page tables again.'
    : ` Virtual page ${formatCount(next)} is not mapped.`;
}

function gupEndSentence(story: Story, step: StoryStep): Sentence {
  const { size, pages } = step;
  const first = pages?.first ?? 0;
  const what =
    size === 0
      ? 'Nothing was taken.'
      : size === 1
        ? `Virtual page ${formatCount(first)} is held where it is.`
        : `Virtual pages ${formatCount(first)} to ${formatCount(first + size - 1)} are held where they are.`;
  const irq = story.policies.walk === 'locked' ? '' : ' Interrupts are on again.';
  return {
    title: size === 0 ? 'The call fails' : `The call returns ${counted(size, 'page')}`,
    text: `${what}${irq}${shortfall(story, step)}`,
    rules: size === 0 ? ['GAP-2'] : size < step.asked ? ['RUN-3', 'FAST-2'] : ['FAST-2'],
  };
}

function bioEndSentence({ explanation }: Story): Sentence {
  const { bvecs, outcome, pages } = explanation;
  const carried = `${counted(outcome.pages, 'page')} in ${counted(bvecs.length, 'vector')}`;
  if (bvecs.length === 0) {
    return endSentence(
      'Give the bio up',
      'Not one page could be pinned: the I/O fails with EFAULT.',
      ['GAP-2'],
    );
  }
  const isShort = outcome.pages < pages;
  return isShort
    ? endSentence(
        'The bio is as full as it gets',
        `The next page is not mapped. What there is goes out as a short I/O: ${carried}.`,
        ['GAP-2'],
      )
    : endSentence('The bio is complete', `So far it carries ${carried}.`, ['BIO-3']);
}

/**
 * What the kernel does in one step, in words, and the rules of the SPEC that say so.
 *
 * @param step  A step of this story.
 */
export function sentenceOf(story: Story, step: StoryStep): Sentence {
  switch (step.kind) {
    case 'request':
      return requestSentence(story);
    case 'bio':
      return bioSentence(story, step);
    case 'extract':
      return extractSentence(story, step);
    case 'gup':
      return gupSentence(story, step);
    case 'slow':
      return slowSentence(story, step);
    case 'table':
      return tableSentence(story);
    case 'grab':
      return grabSentence(story, step);
    case 'table-end':
      return endSentence('Unmap the page table', 'The walk is done with this 2 MiB block.', [
        'FAST-2',
      ]);
    case 'gup-end':
      return gupEndSentence(story, step);
    case 'slow-end':
      return slowEndSentence(step);
    case 'extract-end':
      return endSentence(
        `The extract call returns ${counted(step.size, 'page')}`,
        step.size === 0
          ? 'There is nothing to add to the bio.'
          : 'What was pinned is added to the bio next.',
        ['BIO-2'],
      );
    case 'bvec':
      return addSentence(story, step);
    case 'merge':
      return mergeSentence(story, step);
    case 'allocate':
      return allocateSentence(story, step);
    case 'free':
      return freeSentence(step);
    case 'bio-end':
      return bioEndSentence(story);
    case 'submit':
      return submitSentence(story);
    case 'complete':
      return completeSentence(story);
    case 'release':
      return releaseSentence(story, step);
  }
}
