import { bioVectorsFor, buildsBio, demandOf, findExtent, PTE_LEAF, slowVisit } from '#core';
import type { Policies } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import { addSentence, mergeSentence } from './add-sentences.ts';
import { grabSentence } from './grab-sentences.ts';
import {
  faultSentence,
  givenBackSentence,
  migrateSentence,
  slowEndSentence,
  slowSentence,
  stopSentence,
} from './slow-sentences.ts';
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

function extractSentence({ policies }: Story, { size }: StoryStep): Sentence {
  const asked = counted(size, 'page');
  if (!buildsBio(policies)) {
    const isBuffer = policies.add === 'coalesce';
    return {
      title: `Ask for ${asked}`,
      text: isBuffer
        ? `A buffer is registered as a whole: all ${asked} are asked for in one call, into one array.`
        : `The caller brings the memory for the result and asks for ${asked} in one call.`,
      rules: [isBuffer ? 'URING-1' : 'COMP-2'],
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

function gupSentence({ policies, explanation }: Story, { size }: StoryStep): Sentence {
  const verb = policies.kind === 'pin' ? 'pin' : 'get';
  const asked = counted(size, 'page');
  const { isLongTerm } = demandOf(explanation.request, policies);
  const isLight = verb === 'get' && explanation.strategy.policies.kind === 'pin';
  if (policies.walk === 'page-cache') {
    return {
      title: `memfd_pin_folios(), ${asked}`,
      text: 'The file is known, so nobody walks page tables: the page cache is asked for up to 31 folios at a time, whatever maps them.',
      rules: ['MEMFD-1'],
    };
  }
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
  const long = isLongTerm
    ? ' The pin is for long: memory that has to stay movable is refused.'
    : '';
  const light = isLight
    ? ' The memory is only read and only for a short time, so a plain reference does instead of a pin.'
    : '';
  return {
    title: `${verb}_user_pages_fast(), ${asked}`,
    text: `No lock is taken. Interrupts go off, so that no page table can be freed while it is read. ${checks}${long}${light}`,
    rules: [
      'FAST-2',
      ...(isOld ? ['FAST-5' as const] : []),
      ...(isLight ? ['PIN-1' as const] : []),
    ],
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

/** Whether the call belongs to a walk that stopped, and whose rest the prototype drops. */
function losesRest({ policies, steps }: Story, { index }: StoryStep): boolean {
  if (!policies.prototypeHoles) return false;
  const call = steps.slice(0, index).findLastIndex(({ kind }) => kind === 'gup');
  const own = steps.slice(call, index);
  const last = own.findLast(({ kind }) => kind !== 'table-end');
  const hasGrabbed = own.some(({ kind, isGivenBack }) => kind === 'grab' && !isGivenBack);
  return hasGrabbed && (last?.kind === 'stop' || last?.isGivenBack === true);
}

/** Why a call returned fewer pages than it was asked for. */
function shortfall(story: Story, step: StoryStep): string {
  const { size, asked, pages, index } = step;
  if (losesRest(story, step)) {
    return ' The caller is told of all of them, and those after the page that stopped the walk are in no vector.';
  }
  if (size >= asked) return '';
  const { layout, policies, explanation, steps } = story;
  const next = (pages?.first ?? 0) + size;
  const extent = findExtent(layout, next);
  if ((layout.vaPage[extent] ?? Infinity) > next) {
    return ` Virtual page ${formatCount(next)} is not mapped.`;
  }
  const demand = demandOf(explanation.request, policies);
  const flags = layout.flags[extent] ?? 0;
  const { refusal } = slowVisit(demand, flags, layout.leaf[extent] ?? PTE_LEAF);
  if (refusal !== 'none') return ` Virtual page ${formatCount(next)} must not be pinned.`;
  const call = steps.slice(0, index).findLastIndex(({ kind }) => kind === 'gup');
  const hasStopped = steps.slice(call, index).some(({ kind }) => kind === 'stop');
  return hasStopped && policies.fallback === 'none'
    ? ` There is no slow path for virtual page ${formatCount(next)}.`
    : ' The result is full: the rest has to wait for the next call, which starts at the top of the page tables again.';
}

function endRule(story: Story, step: StoryStep): RuleId {
  const { policies } = story;
  const { size, asked } = step;
  if (losesRest(story, step)) return 'HOLE-3';
  if (size === 0) return 'GAP-2';
  if (size < asked) return 'RUN-3';
  if (policies.walk === 'page-cache') return 'MEMFD-1';
  return policies.walk === 'locked' ? 'SLOW-1' : 'FAST-2';
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
  const { walk } = story.policies;
  const hasIrq = walk === 'fast' || walk === 'fast-2008';
  const irq = hasIrq ? ' Interrupts are on again.' : '';
  return {
    title: size === 0 ? 'The call fails' : `The call returns ${counted(size, 'page')}`,
    text: `${what}${irq}${shortfall(story, step)}`,
    rules: [endRule(story, step)],
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
        `The next page cannot be pinned. What there is goes out as a short I/O: ${carried}.`,
        ['GAP-2'],
      )
    : endSentence('The bio is complete', `So far it carries ${carried}.`, ['BIO-3']);
}

function extractEndText(policies: Policies): string {
  if (policies.add === 'coalesce') {
    return 'Neighbours in the array were compared: where all are folios of one size, each keeps one pin and the others are dropped.';
  }
  const isExpanded = policies.callers === 'shim' && policies.result !== 'page-pointers';
  const shim = isExpanded
    ? 'The ranges are expanded into an array of pages for callers that know nothing else. '
    : '';
  return buildsBio(policies)
    ? `${shim}What was pinned is added to the bio next.`
    : `${shim}What was pinned belongs to the caller now.`;
}

function extractEndRules(policies: Policies): readonly RuleId[] {
  if (policies.add === 'coalesce') return ['URING-1', 'URING-2'];
  const own: RuleId = buildsBio(policies) ? 'BIO-2' : 'COMP-2';
  return policies.callers === 'shim' ? [own, 'COMP-3'] : [own];
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
    case 'stop':
      return stopSentence(story, step);
    case 'fault':
      return faultSentence(story, step);
    case 'migrate':
      return migrateSentence(story, step);
    case 'grab':
    case 'slow-grab':
      return step.isGivenBack ? givenBackSentence(story, step) : grabSentence(story, step);
    case 'table-end':
      return endSentence('Unmap the page table', 'The walk is done with this 2 MiB block.', [
        'FAST-2',
      ]);
    case 'gup-end':
      return gupEndSentence(story, step);
    case 'slow-end':
      return slowEndSentence(story, step);
    case 'extract-end':
      return endSentence(
        `The extract call returns ${counted(step.size, 'page')}`,
        step.size === 0 ? 'Nothing was taken.' : extractEndText(story.policies),
        extractEndRules(story.policies),
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
