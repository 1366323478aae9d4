import type { ContentionStep, Spread } from './program.ts';

function work(charged: string, meanNs: number, spread: Spread = 'constant'): ContentionStep {
  return { kind: 'work', function: charged, meanNs, spread };
}

/** One walk over some pages. */
export type PinWalk = {
  /** A whole number, at least 1. */
  readonly pages: number;
  /** Own time of the call, whatever the pages. Unit: nanoseconds. */
  readonly callNs: number;
  /** Own time of a page, with its locked operations on lines that nobody shares. Unit: nanoseconds. */
  readonly pageNs: number;
};

/** A walk that says which cache lines it shares with others. */
export type FastPinWalk = PinWalk & {
  /** The lines of a page, one locked operation each, in order; the same for all pages where null. */
  readonly linesOfPage: ((page: number) => readonly string[]) | null;
};

/**
 * `get_user_pages_fast` and its kin: interrupts off from the first page to the last.
 *
 * @source SPEC rules CONT-5 and CONT-7.
 */
export function fastPinSteps(charged: string, walk: FastPinWalk): ContentionStep[] {
  const { callNs, linesOfPage, pageNs, pages } = walk;
  const start: ContentionStep = { kind: 'irq-off' };
  const end: ContentionStep = { kind: 'irq-on' };
  if (linesOfPage === null) return [start, work(charged, callNs + pages * pageNs), end];
  const each = Array.from({ length: pages }, (_, page): ContentionStep[] => [
    work(charged, pageNs),
    ...linesOfPage(page).map((line): ContentionStep => {
      return { kind: 'touch', function: charged, line };
    }),
  ]);
  return [start, work(charged, callNs), ...each.flat(), end];
}

/** A walk under `mmap_lock`; the page-table locks it takes are any of so many. */
export type LockedPinWalk = PinWalk & { readonly pageTables: number };

/**
 * `get_user_pages` up to 2.6.26: `mmap_sem` held for reading, and for each page the lock of its page
 * table.
 *
 * @source Linux 2.6.24 mm/memory.c get_user_pages(), follow_page(); SPEC rules CONT-3 and CONT-7.
 */
export function lockedPinSteps({
  callNs,
  pageNs,
  pageTables,
  pages,
}: LockedPinWalk): ContentionStep[] {
  const page: readonly ContentionStep[] = [
    { kind: 'touch', function: 'follow_page', line: 'page-table lock', among: pageTables },
    work('follow_page', pageNs),
  ];
  return [
    { kind: 'lock', mode: 'read', function: '__down_read' },
    work('get_user_pages', callNs),
    ...Array.from({ length: pages }, () => page).flat(),
    { kind: 'unlock', mode: 'read', function: '__up_read' },
  ];
}

/**
 * A page fault before faults had locks of their own: `mmap_sem` held for reading.
 *
 * @param faultNs  What it takes under the lock. Unit: nanoseconds.
 */
export function faultSteps(faultNs: number): ContentionStep[] {
  return [
    { kind: 'lock', mode: 'read', function: '__down_read' },
    work('handle_mm_fault', faultNs),
    { kind: 'unlock', mode: 'read', function: '__up_read' },
  ];
}

/**
 * A change of the address space that nobody else has to hear of, such as mmap: held for writing.
 *
 * @param mapNs  What it takes under the lock. Unit: nanoseconds.
 */
export function mapSteps(mapNs: number): ContentionStep[] {
  return [
    { kind: 'lock', mode: 'write', function: '__down_write' },
    work('do_mmap', mapNs),
    { kind: 'unlock', mode: 'write', function: '__up_write' },
  ];
}

/**
 * munmap: it interrupts all processors that run the process before it frees page tables they may walk.
 *
 * @param beforeNs  What it takes under the lock before that. Unit: nanoseconds.
 * @param afterNs   And after it.
 * @source Linux 6.18 mm/mmu_gather.c tlb_finish_mmu(); SPEC rules CONT-5 and CONT-6.
 */
export function unmapSteps(beforeNs: number, afterNs: number): ContentionStep[] {
  return [
    { kind: 'lock', mode: 'write', function: '__down_write' },
    work('unmap_region', beforeNs),
    { kind: 'interrupt-others', function: 'smp_call_function_many' },
    work('unmap_region', afterNs),
    { kind: 'unlock', mode: 'write', function: '__up_write' },
  ];
}
