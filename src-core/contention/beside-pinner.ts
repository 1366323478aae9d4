import type { ContentionGroup, ContentionMachine, ContentionSetup } from './contention-setup.ts';
import { fastPinSteps, unmapSteps } from './pinning-programs.ts';
import type { ContentionStep, Spread } from './program.ts';

/** One thread that pins the same buffer again and again. Unit of the times: nanoseconds. */
export type Pinner = {
  /** A whole number, at least 1. */
  readonly pages: number;
  /** With interrupts off: own time of a call and of a page, without operations on shared lines. */
  readonly callNs: number;
  readonly pageNs: number;
  /** What the call goes on to do with interrupts on. */
  readonly restNs: number;
  /** From the end of a call to the next: releasing what was pinned. */
  readonly betweenNs: number;
  /** How `betweenNs` scatters, which keeps threads from running in step; constant unless it is said. */
  readonly betweenSpread?: Spread;
};

/** How long to watch, from what seed. */
export type Watch = Pick<ContentionSetup, 'measuredNs' | 'seed'>;

const STARTS_WITHIN_NS = 20_000;
const WARM_UP_NS = 1_000_000;

function work(charged: string, meanNs: number, spread: Spread = 'constant'): ContentionStep {
  return { kind: 'work', function: charged, meanNs, spread };
}

function pinnerGroup(
  pinner: Pinner,
  name: string,
  threads: number,
  linesOfPage: ((page: number) => readonly string[]) | null,
): ContentionGroup {
  return {
    name,
    threads,
    between: [work('release', pinner.betweenNs, pinner.betweenSpread)],
    operation: [
      ...fastPinSteps('gup_fast', { ...pinner, linesOfPage }),
      work('after gup_fast', pinner.restNs),
    ],
  };
}

function setupOf(
  machine: ContentionMachine,
  groups: readonly ContentionGroup[],
  watch: Watch,
): ContentionSetup {
  return { machine, groups, startWithinNs: STARTS_WITHIN_NS, warmUpNs: WARM_UP_NS, ...watch };
}

/** One thread that maps and unmaps memory again and again. Unit of the times: nanoseconds. */
export type Unmapper = {
  /** Own time up to the interrupts of the other processors, and after their answers. */
  readonly beforeNs: number;
  readonly afterNs: number;
  /** What it does before the next, interrupting nobody; nothing unless it is said. */
  readonly betweenNs?: number;
};

/**
 * A thread that unmaps memory, alone or beside one that pins: groups `unmap` and `pin`.
 *
 * @param pinner  Null for the unmapper alone.
 * @source SPEC rules CONT-5 and CONT-6.
 */
export function unmapBesidePinner(
  machine: ContentionMachine,
  { afterNs, beforeNs, betweenNs = 0 }: Unmapper,
  pinner: Pinner | null,
  watch: Watch,
): ContentionSetup {
  const unmap = {
    ...{ name: 'unmap', threads: 1 },
    between: betweenNs > 0 ? [work('between', betweenNs)] : [],
    operation: unmapSteps(beforeNs, afterNs),
  };
  const groups = pinner === null ? [unmap] : [unmap, pinnerGroup(pinner, 'pin', 1, null)];
  return setupOf(machine, groups, watch);
}

/** What two pinners have in common: nothing, or folios of an order. */
export type SharedBuffer = { readonly folioOrder: number } | null;

/**
 * The lines of a page that a pin operates on: its reference and its bias, or those of its large folio and the
 * count of pins in the next struct page; then the mark, which lies beside the reference.
 *
 * @source Linux 6.18 mm/gup.c try_grab_folio_fast(); SPEC rules GRAB-1 and CONT-7.
 */
function linesOfPinnedPage(order: number): (page: number) => readonly string[] {
  const size = 1 << order;
  return (page) => {
    const reference = `references of folio ${Math.floor(page / size)}`;
    const pins = order === 0 ? reference : `pins of folio ${Math.floor(page / size)}`;
    return [reference, pins, reference];
  };
}

/**
 * Threads that pin buffers: each its own, or all the same one. Group `pin`.
 *
 * @param pinner   `pageNs` with the three locked operations of a page where nothing is shared, and without
 *   them where the buffer is.
 * @param shared   A folio order from 0 to 18, from the first page on; null for buffers of their own.
 * @source SPEC rule CONT-7.
 */
export function pinnersTogether(
  machine: ContentionMachine,
  pinner: Pinner,
  threads: number,
  shared: SharedBuffer,
  watch: Watch,
): ContentionSetup {
  const lines = shared === null ? null : linesOfPinnedPage(shared.folioOrder);
  return setupOf(machine, [pinnerGroup(pinner, 'pin', threads, lines)], watch);
}
