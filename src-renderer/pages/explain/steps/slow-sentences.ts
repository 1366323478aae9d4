import { demandOf, PTE_LEAF, findExtent, slowVisit } from '#core';
import { formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import { flagsOfStep, stateOfStep } from './page-state.ts';
import type { PageState } from './page-state.ts';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';

/** What the fast walk finds wrong with a page, after the name of the page. */
const STOPS: Readonly<Record<PageState, string>> = {
  absent: 'is not present: there is nothing to take before a fault brings it in',
  protnone: 'is present but must not be touched: its entry is a hint for NUMA balancing',
  special: 'has a special entry: there is no page behind it that could be counted',
  zero: 'is the zero page, on which nobody counts references',
  shared: 'is shared with another process: a pin needs a copy that belongs to this one alone',
  readonly: 'is mapped read-only, and the I/O is going to write into memory',
  cma: 'lies in CMA memory, which has to stay movable: a long-term pin must not hold it',
  file: 'belongs to a file: a long-term pin for writing would get around its writeback',
  devmap: 'is device memory, which the fast walk does not pin for long',
};

function placeOf({ pages }: StoryStep): string {
  const first = pages?.first ?? 0;
  const count = pages?.count ?? 1;
  return count === 1
    ? `Virtual page ${formatCount(first)}`
    : `The entry of virtual pages ${formatCount(first)} to ${formatCount(first + count - 1)}`;
}

function whyNot(story: Story, step: StoryStep): string {
  const state = stateOfStep(story, step);
  return state === null ? 'cannot be taken without a lock' : STOPS[state];
}

/** What a step does at the page that the fast walk leaves alone. */
export function stopSentence(story: Story, step: StoryStep): Sentence {
  return {
    title: 'The fast walk stops',
    text: `${placeOf(step)} ${whyNot(story, step)}.`,
    rules: ['STOP-1', 'STOP-2'],
  };
}

/** What a step does that takes references only to drop them again. */
export function givenBackSentence(story: Story, step: StoryStep): Sentence {
  const isUnfit = stateOfStep(story, step) === 'cma';
  const found = isUnfit
    ? 'one reference is taken, the memory is found not fit for a long-term pin, and the reference is dropped'
    : 'the folio is grabbed and the entry read again before the walk can tell, and then it is unpinned';
  const { policies } = story;
  const hasHole = policies.prototypeHoles;
  const isEarly = policies.era === 'v5.10' || policies.era === 'v6.11';
  const stored = (step.pages?.count ?? 1) > 1 && isEarly && policies.result === 'page-pointers';
  const after = hasHole
    ? ', but the entry was stored already and stays in the result'
    : stored
      ? ', but the pointers were stored already'
      : ' or stored';
  return {
    title: 'Take it, and give it back',
    text: `Only a grab shows what is wrong: ${found}. Nothing is marked${after}.`,
    rules: ['STOP-2', ...(hasHole ? ['HOLE-2' as const] : stored ? ['STOP-3' as const] : [])],
  };
}

/** Why the fast walk did not get further in the call a step belongs to; null where it met a gap. */
function stopOfCall({ steps }: Story, { index }: StoryStep): StoryStep | null {
  for (let at = index - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step === undefined || step.kind === 'gup') return null;
    if (step.kind === 'stop') return step;
  }
  return null;
}

/** What a step does that takes mmap_lock. */
export function slowSentence(story: Story, step: StoryStep): Sentence {
  const { policies } = story;
  const asked = counted(step.size, 'page');
  if (story.steps[step.index - 1]?.kind === 'migrate') {
    return {
      title: 'Take mmap_lock again',
      text: `Every folio is where it may be held now: the locked walk takes the same ${asked} once more.`,
      rules: ['LONG-1', 'SLOW-1'],
    };
  }
  if (policies.walk === 'locked') {
    return {
      title: 'Take mmap_lock',
      text: `Takes mmap_lock for reading and finds the mapping (VMA) of the next ${asked}.`,
      rules: ['SLOW-1'],
    };
  }
  const stop = stopOfCall(story, step);
  const met =
    stop === null
      ? 'The fast walk met an entry that maps nothing.'
      : 'The fast walk met a page that it leaves alone.';
  const start =
    policies.fallback === 'restart'
      ? 'Everything the fast walk took is dropped again, and the slow path starts over'
      : 'The slow path goes on where the fast walk stopped';
  return {
    title: 'Fall back to the slow path',
    text: `${met} ${start}: __gup_longterm_locked() takes mmap_lock and finds the mapping for ${asked}.`,
    rules: ['FAST-6', 'SLOW-1', stop === null ? 'GAP-1' : 'STOP-1'],
  };
}

/** What faults do for a page, and the rule that says so. */
type Repair = { readonly text: string; readonly rule: RuleId };

function repairsOf(story: Story, step: StoryStep): readonly Repair[] {
  const { layout, policies, explanation } = story;
  const leaf = layout.leaf[findExtent(layout, step.pages?.first ?? 0)] ?? PTE_LEAF;
  const demand = demandOf(explanation.request, policies);
  const visit = slowVisit(demand, flagsOfStep(story, step), leaf);
  const repairs: Repair[] = [];
  if (visit.mapFaults > 0) {
    repairs.push({
      text: 'What is not present is brought in, folio by folio.',
      rule: 'FAULT-2',
    });
  }
  if (visit.entryFaults > 0) {
    repairs.push({
      text: 'The entry is changed so that it allows the access; the page stays the same.',
      rule: 'FAULT-3',
    });
  }
  if (visit.replaceFaults > 0 && visit.copies > 0) {
    repairs.push({
      text: 'What is shared is copied, page by page, into pages of the process alone; nothing is adjacent to a copy.',
      rule: 'FAULT-4',
    });
  } else if (visit.replaceFaults > 0) {
    repairs.push({
      text: 'A new page takes the place of the zero page.',
      rule: 'FAULT-5',
    });
  }
  return repairs;
}

/** What a step does that raises page faults. */
export function faultSentence(story: Story, step: StoryStep): Sentence {
  const { count, lockedOperations } = step;
  if (story.policies.walk === 'page-cache') {
    return {
      title: `Make ${counted(count, 'folio')}`,
      text: `The file has no memory there yet: the page cache gets ${counted(count, 'new folio')} before the look-up goes on.`,
      rules: ['MEMFD-1'],
    };
  }
  const repairs = repairsOf(story, step);
  const marked =
    lockedOperations === 0
      ? ''
      : ` ${counted(lockedOperations, 'page is', 'pages are')} marked referenced.`;
  const texts = repairs.map(({ text }) => text).join(' ');
  return {
    title: counted(count, 'page fault'),
    text: `The locked walk finds the entry wanting and raises ${count === 1 ? 'a fault' : `${formatCount(count)} faults`} in the name of the process. ${texts}${marked} Then the walk starts from the top.`,
    rules: ['FAULT-1', ...repairs.map(({ rule }) => rule)],
  };
}

/** What a step does that moves folios for a long-term pin. */
export function migrateSentence(_story: Story, { count, pages }: StoryStep): Sentence {
  const taken = counted(pages?.count ?? 0, 'page');
  return {
    title: `Migrate ${counted(count, 'folio')}`,
    text: `The pin is for long, and ${counted(count, 'folio')} of what was taken ${count === 1 ? 'lies' : 'lie'} in CMA memory. All ${taken} of the slow path are unpinned, the ${count === 1 ? 'folio is' : 'folios are'} copied to memory that may be held, and the walk starts over.`,
    rules: ['LONG-1', 'LONG-3', 'LONG-4'],
  };
}

/** What a step does that gives mmap_lock back. */
export function slowEndSentence(story: Story, step: StoryStep): Sentence {
  const { demand, isLast } = {
    demand: demandOf(story.explanation.request, story.policies),
    isLast: story.steps[step.index + 1]?.kind !== 'migrate',
  };
  if (step.size === 0) {
    const failed = { pages: { first: firstOfSlow(story, step), count: 1 } };
    const state = stateOfStep(story, failed);
    const why =
      state === 'special' || state === 'file'
        ? 'The slow path may not take this page either'
        : 'Nothing is mapped here either: the slow path';
    const gives = state === 'special' || state === 'file' ? `: it gives up` : ' gives up';
    return {
      title: 'Drop mmap_lock',
      text: `${why}${gives} and drops mmap_lock.`,
      rules: ['SLOW-1', state === 'special' || state === 'file' ? 'FAULT-7' : 'GAP-2'],
    };
  }
  const scan =
    demand.isLongTerm && isLast
      ? ' The pin is for long: every folio is looked at once more, and none lies in CMA memory.'
      : '';
  return {
    title: 'Drop mmap_lock',
    text: `${counted(step.size, 'page')} taken; mmap_lock is dropped.${scan}`,
    rules: scan === '' ? ['SLOW-1'] : ['SLOW-1', 'LONG-2'],
  };
}

/** The page a slow path began with. */
function firstOfSlow({ steps }: Story, { index }: StoryStep): number {
  const start = steps.findLast((step) => step.index < index && step.kind === 'slow');
  return start?.pages?.first ?? 0;
}
