import type { Api, CacheState, IoRequest } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import type { RuleId } from './rules.ts';
import type { Sentence } from './sentence.ts';
import type { Story, StoryStep } from './story.ts';

const WHO: Readonly<Record<Api, string>> = {
  'direct-io': 'A program',
  'gup-test': 'gup_test',
  register: 'A program',
};

function wish({ api, op, length, path }: IoRequest): string {
  const size = formatBytes(length);
  if (api === 'register') return `registers a buffer of ${size} for later I/O`;
  if (api === 'gup-test') return `pins a buffer of ${size} and lets it go again`;
  const how = path === 'sync' ? ' and waits for it' : '';
  return op === 'write'
    ? `writes ${size} of its memory to the device${how}`
    : `reads ${size} from the device into its memory${how}`;
}

/** What the I/O finds in the cache, told where that costs something. */
const CACHE_SENTENCES: Readonly<Record<CacheState, string>> = {
  hot: '',
  evicted:
    " Data of its size has gone through the processor's cache since the last I/O: the kernel's code and its structures have to be fetched again.",
  cold: " I/Os on other memory have gone through the processor's cache since the last one here: the kernel's code, its structures and the struct pages have to be fetched again.",
};
const CACHE_RULES: Readonly<Record<CacheState, readonly RuleId[]>> = {
  hot: [],
  evicted: ['COLD-2'],
  cold: ['COLD-2', 'COLD-3'],
};

/** What the program asks for. */
export function requestSentence({ explanation }: Story): Sentence {
  const { request, pages } = explanation;
  const api = request.api === 'direct-io' ? ', past the page cache' : '';
  const caches = request.caches ?? 'hot';
  return {
    title: {
      'direct-io': 'The program asks',
      'gup-test': 'gup_test asks',
      register: 'The program asks',
    }[request.api],
    text: `${WHO[request.api]} ${wish(request)}${api}. The bytes from ${formatCount(request.offset)} on lie on ${counted(pages, 'page')} of its virtual memory; the device can only work on physical frames that stay where they are.${CACHE_SENTENCES[caches]}`,
    rules: [request.api === 'direct-io' ? 'WL-1' : 'COMP-2', ...CACHE_RULES[caches]],
  };
}

/** What happens when the bio is on its way. */
export function submitSentence({ explanation }: Story): Sentence {
  const { ledger, outcome } = explanation;
  const dirty = ledger.submit.dirty_folio ?? 0;
  const marked =
    dirty === 0
      ? ''
      : ` Before that, ${counted(dirty, 'piece')} of folios are set dirty, because the device is about to write to them.`;
  return {
    title: 'Submit',
    text: `submit_bio() hands the vectors to the device.${marked} The ${counted(outcome.pages, 'page')} stay pinned until it is done: nothing may move them meanwhile.`,
    rules: dirty === 0 ? ['BIO-3'] : ['DIRTY-1'],
  };
}

/** What happens when the device is done. */
export function completeSentence({ explanation, policies }: Story): Sentence {
  const { ledger } = explanation;
  const lookups = ledger.complete.meta ?? 0;
  const dirty = ledger.complete.dirty_folio ?? 0;
  const isByPage = policies.release === 'per-page';
  const why = isByPage ? 'for each vector and for each page that is released' : 'for each vector';
  const found =
    lookups === 0
      ? 'The vectors are gone through'
      : `Folios are looked up again ${counted(lookups, 'time')}, ${why}`;
  const marked = dirty === 0 ? '' : `, and ${counted(dirty, 'piece')} of folios are set dirty`;
  return {
    title: 'Complete',
    text: `The device is done. ${found}${marked}.`,
    rules: dirty === 0 ? ['META-3'] : ['META-3', 'DIRTY-1'],
  };
}

const HOW: Readonly<Record<'per-page' | 'per-run' | 'per-array', string>> = {
  'per-page': 'page by page',
  'per-run': 'one call for each piece of a folio',
  'per-array': 'one call for each change of folio in the page array',
};
const RULE_OF: Readonly<Record<'per-page' | 'per-run' | 'per-array', RuleId>> = {
  'per-page': 'REL-3',
  'per-run': 'REL-4',
  'per-array': 'REL-4',
};

/** References that are still there when the I/O is done. */
function heldAtEnd({ explanation, policies }: Story, { totals }: StoryStep): number {
  const { outcome, bvecs } = explanation;
  // Of a registered buffer each vector keeps one pin; the others were dropped as it was made.
  const isBuffer = policies.add === 'coalesce' && outcome.kind === 'pinned';
  return isBuffer ? bvecs.length : totals.references - totals.dropped;
}

/** What happens to the references at the end. */
export function releaseSentence(story: Story, step: StoryStep): Sentence {
  const { explanation, policies } = story;
  const isPin = policies.kind === 'pin';
  const verb = isPin ? 'Unpin' : 'Put';
  const locks = explanation.ledger.release['lock_op.release'] ?? 0;
  const isBuffer = policies.add === 'coalesce';
  const how = isBuffer ? 'as the buffer is given back, one for each vector' : HOW[policies.release];
  const isKept = policies.bookkeeping !== 'none' && isPin;
  const others = explanation.ledger.release['lock_op.other'] ?? 0;
  const kept = isKept
    ? ` Each page goes back to the LRU list, with ${counted(others, 'locked operation')} more.`
    : '';
  return {
    title: `${verb} ${counted(heldAtEnd(story, step), 'reference')}`,
    text: `The references are dropped ${how}: ${counted(step.count, 'call')} with ${counted(locks, 'locked operation')}.${kept} As many were taken; the memory may move again.`,
    rules: [
      isBuffer ? 'URING-3' : RULE_OF[policies.release],
      isPin ? 'REL-1' : 'REL-2',
      'RUN-4',
      ...(isKept ? ['PIN-3' as const] : []),
    ],
  };
}
