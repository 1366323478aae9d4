import { ModelError } from '../errors.ts';
import { PAGES_OF_ORDER } from '../units.ts';

/** The largest block a zone hands out: 2^10 pages. Linux 6.11 MAX_PAGE_ORDER. */
export const MAX_BUDDY_ORDER = 10;
/** Base pages of the largest block. */
export const MAX_BLOCK_PAGES = PAGES_OF_ORDER[MAX_BUDDY_ORDER];

/** No block of the kind asked for begins here; no entry follows. */
const NONE = -1;

/**
 * A zone of physical memory under a buddy allocator: one free list for each order from 0 to 10.
 *
 * Frames count from 0, the zone's first. A block of order k is 2^k frames from a multiple of 2^k; its
 * buddy is the other half of the block of order k + 1. Methods take constant time, but for the splits
 * and joins, of which there are ten at most.
 *
 * @source Linux 6.11 mm/page_alloc.c; SPEC rules BUD-1 to BUD-4.
 */
export class BuddyZone {
  /** Unit: base pages. */
  readonly frames: number;
  private free: number;
  /** By the first frame of a block; `NONE` where no block of the kind begins. */
  private readonly freeOrder: Int8Array;
  private readonly usedOrder: Int8Array;
  /** Doubly linked lists of free blocks, by first frame. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** By order. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly counts: Int32Array;

  /**
   * Starts with all memory free.
   *
   * @param blocks  Size in blocks of the largest order, 1 to 4096 (16 GiB).
   */
  constructor(blocks: number) {
    this.frames = blocks * MAX_BLOCK_PAGES;
    this.free = this.frames;
    this.freeOrder = new Int8Array(this.frames).fill(NONE);
    this.usedOrder = new Int8Array(this.frames).fill(NONE);
    this.next = new Int32Array(this.frames);
    this.previous = new Int32Array(this.frames);
    this.first = new Int32Array(MAX_BUDDY_ORDER + 1).fill(NONE);
    this.last = new Int32Array(MAX_BUDDY_ORDER + 1).fill(NONE);
    this.counts = new Int32Array(MAX_BUDDY_ORDER + 1);
    for (let frame = 0; frame < this.frames; frame += MAX_BLOCK_PAGES) {
      this.addFree(frame, MAX_BUDDY_ORDER, true);
    }
  }

  /** Frames in no allocated block. */
  get freeFrames(): number {
    return this.free;
  }

  /**
   * Takes a block from the smallest order that has a free one, and gives back the halves that are
   * not needed.
   *
   * @param order  0 to 10.
   * @returns The first frame of the block, or null when none is large enough.
   * @source Linux 6.11 mm/page_alloc.c __rmqueue_smallest(), expand(); SPEC rule BUD-2.
   */
  allocate(order: number): number | null {
    let from = order;
    while (from <= MAX_BUDDY_ORDER && this.first[from] === NONE) from += 1;
    if (from > MAX_BUDDY_ORDER) return null;
    const frame = this.first[from];
    this.removeFree(frame, from);
    while (from > order) {
      from -= 1;
      this.addFree(frame + PAGES_OF_ORDER[from], from, false);
    }
    this.usedOrder[frame] = order;
    this.free -= PAGES_OF_ORDER[order];
    return frame;
  }

  /**
   * Gives a block back and joins it with its buddy as long as that is free.
   *
   * @param frame  The first frame of an allocated block.
   * @throws {ModelError} `out-of-range` when no allocated block begins there.
   * @source Linux 6.11 mm/page_alloc.c __free_one_page(), buddy_merge_likely(); SPEC rule BUD-3.
   */
  release(frame: number): void {
    let order = this.usedOrderAt(frame) ?? NONE;
    if (order === NONE) throw new ModelError('out-of-range', `no block to free at ${frame}`);
    this.usedOrder[frame] = NONE;
    this.free += PAGES_OF_ORDER[order];
    let block = frame;
    while (order < MAX_BUDDY_ORDER) {
      const buddy = block ^ PAGES_OF_ORDER[order];
      if (this.freeOrder[buddy] !== order) break;
      this.removeFree(buddy, order);
      block = Math.min(block, buddy);
      order += 1;
    }
    this.addFree(block, order, this.mergesSoon(block, order));
  }

  /** The order of the allocated block that begins at a frame; null where none begins. */
  usedOrderAt(frame: number): number | null {
    const order = this.usedOrder[frame] ?? NONE;
    return order === NONE ? null : order;
  }

  /** The first frames of the free blocks of an order, as its list has them. */
  freeBlocks(order: number): number[] {
    const blocks: number[] = [];
    for (let frame = this.first[order]; frame !== NONE; frame = this.next[frame]) {
      blocks.push(frame);
    }
    return blocks;
  }

  /**
   * The share of free memory that lies in blocks smaller than an order: 0 when all of it is in large
   * blocks, 1 when none is. 0 where nothing is free.
   *
   * @source Linux 6.11 mm/vmstat.c unusable_free_index(), as a share instead of in thousandths.
   */
  unusableShare(order: number): number {
    let unusable = 0;
    for (let small = 0; small < order; small += 1) {
      unusable += this.counts[small] * PAGES_OF_ORDER[small];
    }
    return this.free === 0 ? 0 : unusable / this.free;
  }

  /** Whether the buddy of the next larger block is free, so that this one may be joined soon. */
  private mergesSoon(block: number, order: number): boolean {
    if (order >= MAX_BUDDY_ORDER - 1) return false;
    const size = PAGES_OF_ORDER[order + 1];
    const larger = block - (block & PAGES_OF_ORDER[order]);
    return this.freeOrder[larger ^ size] === order + 1;
  }

  private addFree(frame: number, order: number, atTail: boolean): void {
    this.freeOrder[frame] = order;
    this.counts[order] += 1;
    const before = atTail ? this.last[order] : NONE;
    const after = atTail ? NONE : this.first[order];
    this.previous[frame] = before;
    this.next[frame] = after;
    if (before === NONE) this.first[order] = frame;
    else this.next[before] = frame;
    if (after === NONE) this.last[order] = frame;
    else this.previous[after] = frame;
  }

  private removeFree(frame: number, order: number): void {
    this.freeOrder[frame] = NONE;
    this.counts[order] -= 1;
    const before = this.previous[frame];
    const after = this.next[frame];
    if (before === NONE) this.first[order] = after;
    else this.next[before] = after;
    if (after === NONE) this.last[order] = before;
    else this.previous[after] = before;
  }
}
