import type { GuardedStep, Invariant, Machine } from './machine.ts';
import type { RaceSetup } from './race-setup.ts';

/** One page of a file that a process maps and a device writes to. */
export type FilePage = {
  /** How the process's page table maps it. */
  readonly mapping: 'none' | 'read-only' | 'writable';
  readonly dirty: boolean;
  /** Who wrote the page when it last became clean; nobody while it is dirty. */
  readonly cleanedBy: 'nobody' | 'kswapd' | 'flusher';
  /** Whether the filesystem's buffers are attached. */
  readonly buffers: boolean;
  /** What the driver holds. */
  readonly reference: 'none' | 'get' | 'pin';
  /** Of a pin under `revocable-lease`; without that fix no pin has one. */
  readonly lease: 'none' | 'granted' | 'revoked';
  readonly dma: 'none' | 'running' | 'done';
  /** Who started the writeback that is under way. */
  readonly writeback: 'none' | 'kswapd' | 'flusher';
  /** Where the bytes of the device are: only in memory, in a write under way, or on disk (or none). */
  readonly data: 'on-disk' | 'in-flight' | 'in-memory';
  readonly crashed: boolean;
};

type Changes = Partial<FilePage>;

const isPinned = ({ reference }: FilePage): boolean => reference === 'pin';
const isHeld = ({ reference }: FilePage): boolean => reference !== 'none';
const isIdle = ({ writeback }: FilePage): boolean => writeback === 'none';

/** As page_mkwrite and the driver's set_page_dirty_lock leave the page; only the first brings buffers. */
const DIRTY = { dirty: true, cleanedBy: 'nobody' } as const satisfies Changes;
const RELEASED = { reference: 'none', lease: 'none', dma: 'none' } as const satisfies Changes;

function applicationSteps({ reference, fixes }: RaceSetup): GuardedStep<FilePage>[] {
  const hasLease = reference === 'pin' && fixes.includes('revocable-lease');
  return [
    {
      actor: 'application',
      name: 'write fault',
      when: ({ mapping }) => mapping !== 'writable',
      then: () => ({ mapping: 'writable', buffers: true, ...DIRTY }),
    },
    {
      actor: 'application',
      name: reference,
      when: (page) => page.mapping === 'writable' && !isHeld(page),
      then: () => ({ reference, lease: hasLease ? 'granted' : 'none' }),
    },
  ];
}

/** The driver and its device. A revoked lease ends DMA, and none begins. */
const DRIVER_STEPS: readonly GuardedStep<FilePage>[] = [
  {
    actor: 'driver',
    name: 'start DMA',
    when: (page) => isHeld(page) && page.dma === 'none' && page.lease !== 'revoked',
    then: () => ({ dma: 'running' }),
  },
  {
    actor: 'driver',
    name: 'DMA write',
    when: ({ dma, lease }) => dma === 'running' && lease !== 'revoked',
    then: () => ({ data: 'in-memory' }),
  },
  {
    actor: 'driver',
    name: 'set dirty',
    when: ({ dma, lease }) => dma === 'running' || (dma === 'none' && lease === 'revoked'),
    then: () => ({ dma: 'done', ...DIRTY }),
  },
  {
    actor: 'driver',
    name: 'release',
    when: ({ dma }) => dma === 'done',
    then: () => RELEASED,
  },
];

type Writer = Exclude<FilePage['writeback'], 'none'>;

/** A snapshot of the page is on its way to the disk; without its buffers the filesystem crashes. */
function startWriteback(page: FilePage, by: Writer, bounces: boolean): Changes {
  if (!page.buffers) return { crashed: true };
  const data = page.data === 'in-memory' ? 'in-flight' : page.data;
  if (bounces && isPinned(page)) return { writeback: by, data };
  const mapping = page.mapping === 'writable' ? 'read-only' : page.mapping;
  return { writeback: by, data, mapping, dirty: false, cleanedBy: by };
}

function endOfWriteback(by: Writer, name: string): GuardedStep<FilePage> {
  return {
    actor: by,
    name,
    when: ({ writeback }) => writeback === by,
    // Bytes that came after the snapshot stay where they are.
    then: ({ data }) => ({ writeback: 'none', data: data === 'in-flight' ? 'on-disk' : data }),
  };
}

/** Revoking is for whoever would otherwise wait for ever. */
function revocation(actor: Writer, wants: (page: FilePage) => boolean): GuardedStep<FilePage> {
  return {
    actor,
    name: 'revoke lease',
    when: (page) => page.lease === 'granted' && wants(page),
    then: () => ({ lease: 'revoked' }),
  };
}

function reclaimSteps({ rules, fixes }: RaceSetup): GuardedStep<FilePage>[] {
  const leased = fixes.includes('revocable-lease');
  const mayUnmap = (page: FilePage): boolean =>
    !isPinned(page) || !(leased || fixes.includes('hold-off-unmap'));
  const mayTake = (page: FilePage): boolean => !isPinned(page) || !(leased || rules === 'v7.1');
  const isUnmapped = (page: FilePage): boolean => page.mapping === 'none' && isIdle(page);
  return [
    revocation('kswapd', () => true),
    {
      actor: 'kswapd',
      name: 'unmap',
      when: (page) => page.mapping !== 'none' && isIdle(page) && mayUnmap(page),
      then: () => ({ mapping: 'none' }),
    },
    {
      actor: 'kswapd',
      name: 'page out',
      // Without buffers it would crash as the flusher does, which can write whenever kswapd can.
      when: (page) => isUnmapped(page) && page.dirty && page.buffers && mayTake(page),
      then: (page) => startWriteback(page, 'kswapd', fixes.includes('bounce-writeback')),
    },
    endOfWriteback('kswapd', 'end page-out'),
    {
      actor: 'kswapd',
      name: 'strip buffers',
      when: (page) => isUnmapped(page) && !page.dirty && page.buffers && mayTake(page),
      then: () => ({ buffers: false }),
    },
  ];
}

function flusherSteps({ fixes }: RaceSetup): GuardedStep<FilePage>[] {
  const leased = fixes.includes('revocable-lease');
  return [
    revocation('flusher', ({ dirty }) => dirty),
    {
      actor: 'flusher',
      name: 'write back',
      when: (page) => page.dirty && isIdle(page) && !(leased && isPinned(page)),
      then: (page) => startWriteback(page, 'flusher', fixes.includes('bounce-writeback')),
    },
    endOfWriteback('flusher', 'end writeback'),
  ];
}

/** Nothing says any more that the device's bytes have to be written. */
const isForgotten = (page: FilePage, by: Writer): boolean =>
  page.data === 'in-memory' && !page.dirty && isIdle(page) && page.cleanedBy === by;

const INVARIANTS: readonly Invariant<FilePage>[] = [
  {
    kind: 'crash',
    meaning: 'the filesystem is to write a dirty page whose buffers are gone',
    isBroken: ({ crashed }) => crashed,
  },
  {
    kind: 'lost-data',
    meaning: 'reclaim has paged out a page which then counts as clean, but the disk lacks DMA data',
    isBroken: (page) => isForgotten(page, 'kswapd'),
  },
  {
    kind: 'lost-data',
    meaning:
      'ordinary writeback has written a page which then counts as clean, but the disk lacks DMA data',
    isBroken: (page) => isForgotten(page, 'flusher'),
  },
];

/** The page in words: what it is, who holds it, and what is under way. */
function textOfPage(page: FilePage): string {
  const words = [
    page.mapping === 'none' ? 'unmapped' : page.mapping,
    page.dirty ? 'dirty' : 'clean',
    page.buffers ? 'buffers' : 'no buffers',
    ...(isHeld(page) ? [page.reference] : []),
    ...(page.lease === 'revoked' ? ['lease revoked'] : []),
    ...(page.dma === 'none' ? [] : [`DMA ${page.dma}`]),
    ...(isIdle(page) ? [] : ['writeback']),
    ...(page.data === 'in-memory' ? ['newer than disk'] : []),
    ...(page.crashed ? ['crashed'] : []),
  ];
  return words.join(', ');
}

/**
 * The crash of 2018: an application has a device write to a page of a file, while reclaim and
 * writeback see the same page.
 *
 * @source SPEC rules RACE-3 to RACE-9; J. Hubbard and others, "get_user_pages() + DMA", LPC 2018.
 */
export function gupDmaMachine(setup: RaceSetup): Machine<FilePage> {
  return {
    actors: ['application', 'driver', 'kswapd', 'flusher'],
    start: {
      mapping: 'none',
      dirty: false,
      cleanedBy: 'nobody',
      buffers: false,
      reference: 'none',
      lease: 'none',
      dma: 'none',
      writeback: 'none',
      data: 'on-disk',
      crashed: false,
    },
    steps: [
      ...applicationSteps(setup),
      ...DRIVER_STEPS,
      ...reclaimSteps(setup),
      ...flusherSteps(setup),
    ],
    invariants: INVARIANTS,
    isOver: ({ crashed }) => crashed,
    textOf: textOfPage,
  };
}
