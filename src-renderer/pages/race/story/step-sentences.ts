import type { RaceModel, RaceSetup } from '#core';
import type { TrackRow } from './track.ts';

/** What a step does, and the rule of the SPEC it follows. */
type Sentence = { readonly text: string; readonly rule: string };

const GUP_DMA: Readonly<Record<string, Sentence>> = {
  'application: write fault': {
    text: 'page_mkwrite tells the filesystem: buffers are attached, the page is dirty, its entry writable.',
    rule: 'RACE-3',
  },
  'application: get': {
    text: 'The driver takes a plain reference (FOLL_GET) through the writable entry, and keeps it.',
    rule: 'RACE-3',
  },
  'application: pin': {
    text: 'The driver takes a DMA pin (FOLL_PIN) through the writable entry, and keeps it.',
    rule: 'RACE-3',
  },
  'driver: start DMA': {
    text: 'The device may write to the page from now on; it needs no page table for that.',
    rule: 'RACE-4',
  },
  'driver: DMA write': {
    text: 'The device writes: memory is newer than the disk, and the kernel does not notice.',
    rule: 'RACE-4',
  },
  'driver: set dirty': {
    text: 'set_page_dirty_lock makes the page dirty without page_mkwrite: no buffers come with it.',
    rule: 'RACE-4',
  },
  'driver: release': { text: 'The driver gives the page back.', rule: 'RACE-4' },
  'kswapd: revoke lease': {
    text: 'Reclaim wants the page: it revokes the lease and waits for the release.',
    rule: 'RACE-9',
  },
  'kswapd: unmap': {
    text: 'Reclaim takes the page out of the page table. The reference of the driver is still there.',
    rule: 'RACE-5',
  },
  'kswapd: page out': {
    text: 'Reclaim makes the page clean and sends a snapshot of it to the disk.',
    rule: 'RACE-6',
  },
  'kswapd: end page-out': { text: 'The snapshot is on the disk.', rule: 'RACE-6' },
  'kswapd: strip buffers': {
    text: 'The page counts as clean, so reclaim frees its buffers. Under a reference the page itself stays.',
    rule: 'RACE-5',
  },
  'flusher: revoke lease': {
    text: 'Writeback wants the page: it revokes the lease and waits for the release.',
    rule: 'RACE-9',
  },
  'flusher: write back': {
    text: 'Writeback write-protects the page, makes it clean and sends a snapshot of it to the disk.',
    rule: 'RACE-6',
  },
  'flusher: end writeback': { text: 'The snapshot is on the disk.', rule: 'RACE-6' },
};

const FORK_COW: Readonly<Record<string, Sentence>> = {
  'reader: read PTE': {
    text: 'The lockless walk sees a writable entry of the page table.',
    rule: 'RACE-10',
  },
  'reader: grab': {
    text: 'It takes the page, not knowing yet whether the entry still says the same.',
    rule: 'RACE-10',
  },
  'reader: verify': {
    text: 'The entry still says the same: the page is held, and the device may fill it.',
    rule: 'RACE-10',
  },
  'reader: give back': {
    text: 'The entry is another now, or a fork has begun: the page is given back.',
    rule: 'RACE-13',
  },
  'reader: fault and grab': {
    text: 'The entry is read-only: the slow path faults, under the lock, and takes what is mapped then.',
    rule: 'RACE-10',
  },
  'parent: begin fork': {
    text: 'Another thread forks. No fault happens until it is done, but the lockless walk may.',
    rule: 'RACE-11',
  },
  'parent: look for pins': {
    text: 'Fork decides whether the child shares the page or gets a copy at once.',
    rule: 'RACE-13',
  },
  'parent: share page': {
    text: 'Parent and child share the page; both entries become read-only.',
    rule: 'RACE-11',
  },
  'parent: copy page': {
    text: 'The child gets a copy at once; the entry of the parent stays writable.',
    rule: 'RACE-13',
  },
  'parent: end fork': { text: 'The child runs.', rule: 'RACE-11' },
  'parent: store': {
    text: 'The parent writes to its page: where it is shared or held by anybody, the parent gets a copy.',
    rule: 'RACE-11',
  },
  'driver: DMA write': { text: 'The device fills the page that is held.', rule: 'RACE-10' },
  'driver: release': { text: 'The driver gives the page back.', rule: 'RACE-10' },
  'child: store': { text: 'The child writes to the page and gets a copy.', rule: 'RACE-11' },
  'child: exit': { text: 'The child ends.', rule: 'RACE-14' },
};

const SENTENCES = { 'gup-dma': GUP_DMA, 'fork-cow': FORK_COW } as const satisfies Readonly<
  Record<RaceModel, Readonly<Record<string, Sentence>>>
>;

/** What a step of an actor does in general; null for one the model does not have. */
export function sentenceOfStep(model: RaceModel, actor: string, step: string): Sentence | null {
  return SENTENCES[model][`${actor}: ${step}`] ?? null;
}

/** A row in words, for whoever looks at it alone. */
export type RowWords = {
  readonly title: string;
  readonly text: string;
  /** Null before the first step. */
  readonly rule: string | null;
};

const STARTS: Readonly<Record<RaceModel, string>> = {
  'gup-dma': 'A page of a file, in memory and in nobody’s page table.',
  'fork-cow': 'An anonymous page that its process alone maps, writable.',
};

/** What the state adds to the sentence of its step. */
function remarkOf({ step, cells }: TrackRow): string {
  const has = (words: string): boolean => cells.some((cell) => cell.words.includes(words));
  if (has('DMA data lost')) return 'The parent maps another one and never sees the data.';
  if (step?.step.startsWith('end ') === true && has('newer than disk')) {
    return has('clean')
      ? 'What the device wrote since is not in it, and the page counts as clean.'
      : 'What the device wrote since is not in it, but the page is still dirty.';
  }
  if (step?.step === 'look for pins') {
    return has('fork will copy') ? 'This one may be pinned: a copy.' : 'It will be shared.';
  }
  if (step?.step === 'store' && has('of the old page'))
    return 'What is held is not mapped any more.';
  return '';
}

const HELD_OFF: Sentence = { text: 'A pinned page is not unmapped.', rule: 'RACE-9' };
const LEASED: Sentence = {
  text: 'Whoever wants a pinned page has to revoke its lease first, and to wait for the release.',
  rule: 'RACE-9',
};
const KEPT: Sentence = {
  text: 'The page may be pinned, and the rules of v7.1 have reclaim keep it.',
  rule: 'RACE-8',
};
const STILL_DIRTY: Sentence = {
  text: 'The page is still dirty, and a dirty page keeps its buffers.',
  rule: 'RACE-9',
};
const COPIED: Sentence = {
  text: 'The page may be pinned: fork copies it for the child at once.',
  rule: 'RACE-13',
};

/**
 * What stands in the way of a step that plain references would let happen.
 *
 * @returns Null for a step that nothing but its own order stands in the way of.
 */
export function refusalOf({ fixes, rules }: RaceSetup, { step }: TrackRow): Sentence | null {
  const isLeased = fixes.includes('revocable-lease');
  switch (step?.step) {
    case 'unmap':
      return isLeased ? LEASED : HELD_OFF;
    case 'page out':
      return isLeased || rules === 'none' ? LEASED : KEPT;
    case 'strip buffers':
      return STILL_DIRTY;
    case 'write back':
      return LEASED;
    case 'share page':
      return COPIED;
    default:
      return null;
  }
}

const BOUNCED: Sentence = {
  text: 'A copy of the pinned page is written from a bounce buffer: the page and its entry stay as they are.',
  rule: 'RACE-9',
};

/** What is so special here that the general sentence of the step would be wrong. */
function specialSentence({ step, cells }: TrackRow): Sentence | null {
  const has = (phrase: string): boolean =>
    cells.some(({ words }) => words.split(', ').includes(phrase));
  if (has('crashed')) {
    const text = 'The filesystem is to write a dirty page and finds no buffers: it crashes.';
    return { text, rule: 'RACE-6' };
  }
  const writes = step?.step === 'write back' || step?.step === 'page out';
  return writes && has('dirty') ? BOUNCED : null;
}

/** A step in words: what happens, and what it comes to here. */
export function wordsOfRow(setup: RaceSetup, row: TrackRow): RowWords {
  const { model } = setup;
  const { step, wasTaken } = row;
  if (step === null) return { title: 'Before the first step', text: STARTS[model], rule: null };
  const title = `${step.actor}: ${step.step}`;
  const known = sentenceOfStep(model, step.actor, step.step);
  if (!wasTaken) {
    const reason = refusalOf(setup, row);
    const { actor, step: refused } = step;
    return {
      title: `${actor} cannot ${refused}`,
      text: reason?.text ?? '',
      rule: reason?.rule ?? null,
    };
  }
  const special = specialSentence(row);
  if (special !== null) return { title, ...special };
  const text = [known?.text ?? '', remarkOf(row)].filter((part) => part !== '').join(' ');
  return { title, text, rule: known?.rule ?? null };
}
