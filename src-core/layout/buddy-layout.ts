import { seedStream } from '../random.ts';
import { PAGE_BYTES, PAGES_OF_ORDER, PMD_ORDER, PMD_PAGES, PUD_PAGES } from '../units.ts';
import { agedZone } from './age-zone.ts';
import { MAX_BLOCK_PAGES } from './buddy-zone.ts';
import type { BuddyZone } from './buddy-zone.ts';
import { FIRST_FRAME } from './frame-placement.ts';
import { appendRow, createLayoutRows, layoutFromRows } from './layout-rows.ts';
import { flagBits, flagsProblem, PMD_LEAF, PTE_LEAF } from './layout.ts';
import type { Layout, PageFlag } from './layout.ts';
import { bytesProblem, MAX_PLACED_FOLIOS, wholeNumberProblem } from './spec-problem.ts';
import type { LayoutSpecProblem } from './spec-problem.ts';

/** The orders that can be switched on beside base pages; Linux 6.11 THP_ORDERS_ALL_ANON. */
export const LEAST_ENABLED_ORDER = 2;
export const MOST_ENABLED_ORDER = PMD_ORDER;

/** Unit of the size of a zone: bytes in a block of the largest order. */
export const ZONE_STEP_BYTES = MAX_BLOCK_PAGES * PAGE_BYTES;
/** The largest zone: 16 GiB. */
export const MAX_ZONE_BYTES = MAX_PLACED_FOLIOS * PAGE_BYTES;

/**
 * A buffer of anonymous memory, filled page fault by page fault from its first page on out of the
 * memory of a buddy allocator that has been in use.
 *
 * Each fault takes the largest enabled order whose folio would be naturally aligned at the faulting
 * page, fits into the buffer, and has a free block; else the next smaller one; else a base page.
 * Nothing is reclaimed or compacted to make room.
 */
export type BuddySpec = {
  readonly kind: 'buddy';
  /** Size of the buffer: a multiple of 4096, at most what the aged zone has free. */
  readonly bytes: number;
  /** Sizes switched on, as for multi-size THP in sysfs: orders 2 to 9, none twice; may be empty. */
  readonly enabledOrders: readonly number[];
  /** Size of the zone: a multiple of 4 MiB up to 16 GiB. */
  readonly zoneBytes: number;
  /** Share of the zone that others use, 0 to 1. */
  readonly occupancy: number;
  /**
   * Share of what is free that lies in blocks too small for a PMD entry, 0 to 1: the kernel's
   * `unusable_index` of order 9. What can be reached depends on the occupancy: an empty zone is whole.
   */
  readonly fragmentation: number;
  /** How far after a 1 GiB boundary of the virtual addresses the buffer begins: the first `vaPage`. */
  readonly misalignmentPages: number;
  /** For every page. */
  readonly flags: readonly PageFlag[];
};

function ordersProblem(orders: readonly number[]): LayoutSpecProblem | null {
  for (const [index, order] of orders.entries()) {
    const key = `enabledOrders[${index}]`;
    const problem = wholeNumberProblem(key, order, LEAST_ENABLED_ORDER, MOST_ENABLED_ORDER);
    if (problem !== null) return problem;
    if (orders.indexOf(order) < index) return { key, message: `${order} is enabled already` };
  }
  return null;
}

function zoneProblem(zoneBytes: number): LayoutSpecProblem | null {
  const isWhole = zoneBytes % ZONE_STEP_BYTES === 0;
  if (isWhole && zoneBytes >= ZONE_STEP_BYTES && zoneBytes <= MAX_ZONE_BYTES) return null;
  return {
    key: 'zoneBytes',
    message: `${zoneBytes} is not a multiple of ${ZONE_STEP_BYTES} from ${ZONE_STEP_BYTES} to ${MAX_ZONE_BYTES} (16 GiB)`,
  };
}

function shareProblem(key: string, share: number): LayoutSpecProblem | null {
  if (share >= 0 && share <= 1) return null;
  return { key, message: `${share} is not a share from 0 to 1` };
}

/** Whether the buffer fits; the zone has at least this many free frames once it has aged. */
function roomProblem({ bytes, occupancy, zoneBytes }: BuddySpec): LayoutSpecProblem | null {
  const frames = zoneBytes / PAGE_BYTES;
  const freeBytes = (frames - Math.floor(frames * occupancy)) * PAGE_BYTES;
  if (bytes <= freeBytes) return null;
  return {
    key: 'bytes',
    message: `${bytes} is more than is free in a zone of ${zoneBytes} bytes with occupancy ${occupancy}; allowed are ${freeBytes}`,
  };
}

/** Says why no layout can be built from a specification, or null. */
export function buddySpecProblem(spec: BuddySpec): LayoutSpecProblem | null {
  const problem =
    bytesProblem(spec.bytes) ??
    ordersProblem(spec.enabledOrders) ??
    zoneProblem(spec.zoneBytes) ??
    shareProblem('occupancy', spec.occupancy) ??
    shareProblem('fragmentation', spec.fragmentation) ??
    wholeNumberProblem('misalignmentPages', spec.misalignmentPages, 0, PUD_PAGES - 1);
  if (problem !== null) return problem;
  const message = flagsProblem(spec.flags);
  if (message !== null) return { key: 'flags', message };
  if (spec.flags.includes('devmap') || spec.flags.includes('hugetlb')) {
    const what = 'is memory that no buddy allocator hands out page fault by page fault';
    return {
      key: 'flags',
      message: `${spec.flags.join('|')} ${what}; allowed: all but devmap and hugetlb`,
    };
  }
  return roomProblem(spec);
}

/** Where a fault found its folio. */
type Faulted = { readonly frame: number; readonly order: number };

/**
 * One page fault: the largest enabled order first.
 *
 * @param orders  Enabled orders, descending.
 * @param left    Pages from the faulting one to the end of the buffer.
 * @source Linux 6.11 mm/memory.c alloc_anon_folio(), mm/huge_memory.c do_huge_pmd_anonymous_page();
 *   SPEC rule LAY-13.
 */
function faultPage(
  zone: BuddyZone,
  orders: readonly number[],
  vaPage: number,
  left: number,
): Faulted | null {
  for (const order of orders) {
    const size = PAGES_OF_ORDER[order];
    if (size > left || vaPage % size !== 0) continue;
    const frame = zone.allocate(order);
    if (frame !== null) return { frame, order };
  }
  const frame = zone.allocate(0);
  return frame === null ? null : { frame, order: 0 };
}

/**
 * Fills a buffer out of a zone, from its first page on.
 *
 * @param zone  Has at least `pages` free frames; what is taken stays taken.
 * @returns The layout; frames count from `FIRST_FRAME`.
 * @source SPEC rules LAY-13 and LAY-14.
 */
export function fillFromZone(
  zone: BuddyZone,
  spec: Pick<BuddySpec, 'bytes' | 'enabledOrders' | 'misalignmentPages' | 'flags'>,
): Layout {
  const orders = spec.enabledOrders.toSorted((a, b) => b - a);
  const rows = createLayoutRows();
  const end = spec.misalignmentPages + spec.bytes / PAGE_BYTES;
  for (let vaPage = spec.misalignmentPages; vaPage < end;) {
    const faulted = faultPage(zone, orders, vaPage, end - vaPage);
    if (faulted === null) break;
    const { frame, order } = faulted;
    const size = PAGES_OF_ORDER[order];
    const leaf = size === PMD_PAGES ? PMD_LEAF : PTE_LEAF;
    appendRow(rows, vaPage, FIRST_FRAME + frame, size, order, leaf);
    vaPage += size;
  }
  return layoutFromRows(rows, flagBits(spec.flags));
}

/**
 * Builds a buddy layout. The zone ages the same way whatever orders are enabled, so layouts with the
 * same seed and zone differ by what is enabled only.
 *
 * @param spec  Without a `buddySpecProblem`.
 * @param seed  A whole number; equal seeds give equal layouts.
 * @source SPEC rules BUD-1 to BUD-5, LAY-13 and LAY-14.
 */
export function buildBuddyLayout(spec: BuddySpec, seed: number): Layout {
  const blocks = spec.zoneBytes / ZONE_STEP_BYTES;
  return fillFromZone(agedZone(blocks, spec, seedStream('layout zone', seed)), spec);
}
