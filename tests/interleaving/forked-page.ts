import type { System } from './every-schedule.ts';

/**
 * Anonymous memory as the rules RACE-10 to RACE-14 tell it, with pages that have numbers, references
 * that are counted and a fork counter that counts. Written from the rules, not from the core.
 */
type Memory = {
  /** The parent's entry: which page, and whether it may be written. */
  entry: { readonly page: number; readonly writable: boolean };
  /** The child's entry; null without a child. */
  child: number | null;
  /** The page the reader has come to, and how far it is. */
  reader: { readonly page: number; readonly stage: 'seen' | 'grabbed' | 'held' } | null;
  /** The fork counter when the reader's walk began. */
  countSeen: number;
  /** Odd while fork runs. */
  forkCount: number;
  fork: 'none' | 'begun' | 'will share' | 'will copy' | 'ending';
  /** What the device has written in this I/O: how many times, 0 if not yet. */
  written: number;
  /** Which of these writes each page holds, by its number. */
  contents: readonly number[];
};

const START: Memory = {
  entry: { page: 0, writable: true },
  child: null,
  reader: null,
  countSeen: 0,
  forkCount: 0,
  fork: 'none',
  written: 0,
  contents: [0],
};

/** References on a page: one for each entry, one for the reader once it has grabbed it. */
function referencesOn(page: number, { entry, child, reader }: Memory): number {
  const isHeld = reader !== null && reader.stage !== 'seen' && reader.page === page;
  return [entry.page === page, child === page, isHeld].filter(Boolean).length;
}

/** A copy of the page that the parent maps. @returns Its number. */
function copyPage(memory: Memory): number {
  const { contents, entry } = memory;
  memory.contents = [...contents, contents[entry.page] ?? 0];
  return contents.length;
}

/** The parent's write fault. */
function fault(memory: Memory): void {
  const { page } = memory.entry;
  const isAlone = referencesOn(page, memory) === 1;
  memory.entry = { page: isAlone ? page : copyPage(memory), writable: true };
}

function nextMemories(memory: Memory, looksAtPins: boolean): Memory[] {
  const memories: Memory[] = [];
  const step = (can: boolean, change: (memory: Memory) => void): void => {
    if (!can) return;
    const copy = { ...memory };
    change(copy);
    memories.push(copy);
  };
  const { entry, child, reader, fork } = memory;
  const isForking = fork !== 'none';
  const release = (copy: Memory): void => {
    copy.reader = null;
    copy.written = 0;
    copy.contents = copy.contents.map(() => 0);
  };

  // The reader.
  const mayWalk = !looksAtPins || memory.forkCount % 2 === 0;
  step(reader === null && entry.writable && mayWalk, (copy) => {
    copy.reader = { page: entry.page, stage: 'seen' };
    copy.countSeen = memory.forkCount;
  });
  step(reader === null && !entry.writable && !isForking, (copy) => {
    fault(copy);
    copy.reader = { page: copy.entry.page, stage: 'held' };
  });
  if (reader?.stage === 'seen') {
    step(true, (copy) => (copy.reader = { ...reader, stage: 'grabbed' }));
  }
  if (reader?.stage === 'grabbed') {
    const isSame = entry.writable && entry.page === reader.page;
    const isGood = isSame && (!looksAtPins || memory.countSeen === memory.forkCount);
    step(isGood, (copy) => (copy.reader = { ...reader, stage: 'held' }));
    step(!isGood, release);
  }
  if (reader?.stage === 'held') {
    step(true, (copy) => {
      copy.written += 1;
      copy.contents = copy.contents.with(reader.page, copy.written);
    });
    step(true, release);
  }

  // The parent.
  step(!isForking && child === null, (copy) => {
    copy.fork = 'begun';
    copy.forkCount += 1;
  });
  step(fork === 'begun', (copy) => {
    const pins = reader !== null && reader.stage !== 'seen' && reader.page === entry.page;
    copy.fork = looksAtPins && pins ? 'will copy' : 'will share';
  });
  step(fork === 'will share', (copy) => {
    copy.fork = 'ending';
    copy.child = entry.page;
    copy.entry = { page: entry.page, writable: false };
  });
  step(fork === 'will copy', (copy) => {
    copy.fork = 'ending';
    copy.child = copyPage(copy);
  });
  step(fork === 'ending', (copy) => {
    copy.fork = 'none';
    copy.forkCount += 1;
  });
  step(!isForking && !entry.writable, fault);

  // The child.
  step(!isForking && child === entry.page, (copy) => (copy.child = copyPage(copy)));
  step(!isForking && child !== null, (copy) => (copy.child = null));
  return memories;
}

/** Whether the parent maps a page without the device's newest bytes. */
const isLost = ({ written, contents, entry }: Memory): boolean => contents[entry.page] !== written;

/** Page numbers and counters grow without end; what matters is which are the same. */
function identityOf(memory: Memory, looksAtPins: boolean): string {
  const { entry, child, reader, fork, written, countSeen, forkCount } = memory;
  const isWalking = reader !== null && reader.stage !== 'held';
  return [
    entry.writable,
    child === null ? 'none' : child === entry.page ? 'same' : 'own',
    reader?.stage,
    reader?.page === entry.page,
    looksAtPins && isWalking && countSeen !== forkCount,
    fork,
    written === 0 ? 'none' : isLost(memory) ? 'lost' : 'seen',
  ].join();
}

/**
 * The only wrong is lost data.
 *
 * @param looksAtPins  Whether the reader takes a pin and the kernel follows the rules of v7.1 for pins.
 */
export function forkedPage(looksAtPins: boolean): System<Memory> {
  return {
    start: START,
    next: (memory) => nextMemories(memory, looksAtPins),
    identity: (memory) => identityOf(memory, looksAtPins),
    wrongs: (memory) => [isLost(memory)],
  };
}
