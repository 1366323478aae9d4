import { samplesShare } from './contention-result.ts';
import type { ContentionResult } from './contention-result.ts';
import type { ContentionSetup } from './contention-setup.ts';
import { fastPinSteps, faultSteps, lockedPinSteps, mapSteps } from './pinning-programs.ts';
import type { ContentionStep } from './program.ts';
import { simulateContention } from './simulate-contention.ts';

/** What the mail of 2008 does not say about the workload, for each pin on average. */
export type Db2Parameters = {
  /** Everything else a processor does for one pin. Unit: nanoseconds. */
  readonly workNs: number;
  /** 4 KiB pages of a pin, a whole number. */
  readonly pagesPerPin: number;
  /** Page faults, 0 to 1. */
  readonly faultsPerPin: number;
  /** Changes of the address space, 0 to 1. */
  readonly mapsPerPin: number;
  /** Pins that meet a page which is not there, 0 to 1: the fast walk gives up and starts over. */
  readonly absentPerPin: number;
};

/**
 * Three figures were published and three parameters fitted to them, so nothing is left over that could
 * contradict the model: `workNs` to the samples before, `faultsPerPin` to the samples after,
 * `mapsPerPin` to the throughput. `pagesPerPin` and `absentPerPin` are assumed.
 *
 * The pages were chosen after trying 1 to 8: with 5 or more the throughput gains too much before a single
 * change of the address space, and with fewer the changes have to be more frequent. So four figures were
 * free for three.
 *
 * What they identify: `workNs` only in proportion to the prices of a cache line; `faultsPerPin`
 * likewise; `mapsPerPin` stands for all that the locked walk costs beyond the lock itself, and cannot
 * be told from more pages, dearer page-table locks, or longer changes of the address space.
 *
 * @source SPEC rule CONT-10; scripts/fit-db2-2008.ts finds them.
 */
export const DB2_2008_FIT: Db2Parameters = {
  workNs: 8670,
  pagesPerPin: 4,
  faultsPerPin: 0.0324,
  mapsPerPin: 0.0048,
  absentPerPin: 0,
};

/** How pages are pinned: before and after the patch. */
export type Db2Walk = 'locked' | 'fast';

/**
 * Own times of the two walks at the prices of the model textbook, less the locked operations that are
 * simulated. The locked walk looks up a VMA (20) for each call; a page takes three levels (3.6), a read (1),
 * an unlock (3.5), a reference (5), its call (15) and a store (0.8). The fast walk turns interrupts off
 * and on, goes down once and maps a page table (16); a page takes a read, a reference, its call and a store.
 * Both walks release alike.
 */
export const DB2_2008_WALKS = {
  locked: { callNs: 20, pageNs: 28.9 },
  fast: { callNs: 16, pageNs: 21.8 },
} as const;
/** Chosen: the page tables of 1 GiB of buffers. */
const PAGE_TABLES = 512;
/** Chosen: a minor fault, as in the model textbook, and a small mmap. */
const FAULT_NS = 800;
const MAP_NS = 2000;

const LOCK_FUNCTIONS = ['__down_read', '__up_read'];

function pinSteps(
  walk: Db2Walk,
  { absentPerPin, pagesPerPin: pages }: Db2Parameters,
): readonly ContentionStep[] {
  const locked = lockedPinSteps({ ...DB2_2008_WALKS.locked, pages, pageTables: PAGE_TABLES });
  if (walk === 'locked') return locked;
  const slow: readonly ContentionStep[] = [{ kind: 'count', counter: 'fast_gup_slow' }, ...locked];
  return [
    { kind: 'count', counter: 'fast_gup' },
    ...fastPinSteps('fast_gup', { ...DB2_2008_WALKS.fast, pages, linesOfPage: null }),
    { kind: 'sometimes', probability: absentPerPin, steps: slow },
  ];
}

/**
 * The OLTP workload of the 2008 mail on its machine: two sockets of four cores, one busy thread on each.
 *
 * @param measuredNs  0.5 s leave the change of the throughput uncertain by about 0.1 of its 10 per cent.
 * @source N. Piggin, "Re: [rfc] lockless get_user_pages for dio (and more)", 24 January 2008; SPEC rule
 *   CONT-10.
 */
export function db2Setup(
  walk: Db2Walk,
  parameters: Db2Parameters,
  seed = 1,
  measuredNs = 500_000_000,
): ContentionSetup {
  const { faultsPerPin, mapsPerPin, workNs } = parameters;
  return {
    machine: {
      coresPerSocket: 4,
      lockOperation: { local: 5, otherCore: 60, otherSocket: 200 },
      wakeNs: 3000,
      interrupt: { deliverNs: 1000, handleNs: 500 },
    },
    groups: [
      {
        name: 'DB2',
        threads: 8,
        between: [
          { kind: 'work', function: 'all else', meanNs: workNs, spread: 'exponential' },
          { kind: 'sometimes', probability: faultsPerPin, steps: faultSteps(FAULT_NS) },
          { kind: 'sometimes', probability: mapsPerPin, steps: mapSteps(MAP_NS) },
        ],
        operation: pinSteps(walk, parameters),
      },
    ],
    startWithinNs: 10_000,
    warmUpNs: 2_000_000,
    measuredNs,
    seed,
  };
}

/** The figures that the mail reports. */
export type Db2Figures = {
  /** Pins a second with the patch against without. Unit: per cent. */
  readonly throughputGainPercent: number;
  /** Samples in `__down_read` and `__up_read`, without the patch and with it. Unit: per cent. */
  readonly lockSamplesBeforePercent: number;
  readonly lockSamplesAfterPercent: number;
  /** Calls of the fast walk, and those of them that fell back to the locked one. */
  readonly fastCalls: number;
  readonly slowCalls: number;
};

/** What the mail reports. */
export const DB2_2008_PUBLISHED = {
  throughputGainPercent: 9.8,
  lockSamplesBeforePercent: 2.8,
  lockSamplesAfterPercent: 0.05,
  slowCalls: 0,
} as const;

function pinsOf(result: ContentionResult): number {
  return result.groups.reduce((sum, { operations }) => sum + operations, 0);
}

/**
 * The figures of the 2008 mail from two simulations. `slowCalls` is 0 by assumption: the buffers of the
 * database are resident and writable, so no page stops the fast walk.
 *
 * @param seed        A whole number.
 * @param measuredNs  As `db2Setup` takes it; both simulations together take about a second.
 */
export function db2Figures(
  parameters: Db2Parameters = DB2_2008_FIT,
  seed?: number,
  measuredNs?: number,
): Db2Figures {
  return db2FiguresOf(
    simulateContention(db2Setup('locked', parameters, seed, measuredNs)),
    simulateContention(db2Setup('fast', parameters, seed, measuredNs)),
  );
}

/** The figures of the 2008 mail from what was simulated without the patch and with it. */
export function db2FiguresOf(before: ContentionResult, after: ContentionResult): Db2Figures {
  return {
    throughputGainPercent: 100 * (pinsOf(after) / pinsOf(before) - 1),
    lockSamplesBeforePercent: 100 * samplesShare(before, LOCK_FUNCTIONS),
    lockSamplesAfterPercent: 100 * samplesShare(after, LOCK_FUNCTIONS),
    fastCalls: after.counters['fast_gup'] ?? 0,
    slowCalls: after.counters['fast_gup_slow'] ?? 0,
  };
}
