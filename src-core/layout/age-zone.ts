import type { RandomStream } from '../random.ts';
import { PMD_ORDER } from '../units.ts';
import { BuddyZone, MAX_BLOCK_PAGES } from './buddy-zone.ts';

/** What a zone has become by the time the buffer is filled. */
export type ZoneAge = {
  /** Share of frames in use, 0 to 1. */
  readonly occupancy: number;
  /** Share of free frames in blocks too small for a PMD entry, 0 to 1. */
  readonly fragmentation: number;
};

/** The largest blocks that age a zone; Linux 6.11 PAGE_ALLOC_COSTLY_ORDER, above which few ask. */
const LARGEST_AGEING_ORDER = 3;

/** Allocated blocks, of which any can be drawn and removed in constant time. */
class UsedBlocks {
  readonly frames: number[] = [];
  private readonly places: Int32Array;

  constructor(frames: number) {
    this.places = new Int32Array(frames);
  }

  add(frame: number): void {
    this.places[frame] = this.frames.length;
    this.frames.push(frame);
  }

  remove(frame: number): void {
    const last = this.frames.pop() ?? frame;
    if (last === frame) return;
    const place = this.places[frame];
    this.frames[place] = last;
    this.places[last] = place;
  }
}

/** Draws order k with probability 1/2^(k+1); what is left over goes to the largest. */
function drawOrder(random: RandomStream): number {
  const bits = random.nextUint32() | (1 << (31 - LARGEST_AGEING_ORDER));
  return Math.clz32(bits);
}

/** Allocates blocks of drawn orders, base pages where they do not fit, until nothing is free. */
function fillZone(zone: BuddyZone, random: RandomStream): UsedBlocks {
  const used = new UsedBlocks(zone.frames);
  for (;;) {
    const frame = zone.allocate(drawOrder(random)) ?? zone.allocate(0);
    if (frame === null) return used;
    used.add(frame);
  }
}

function releaseBlock(zone: BuddyZone, used: UsedBlocks, frame: number): void {
  zone.release(frame);
  used.remove(frame);
}

/** Releases everything in the largest block that holds a frame, as a process does that ends. */
function releaseAround(zone: BuddyZone, used: UsedBlocks, frame: number): void {
  const start = Math.floor(frame / MAX_BLOCK_PAGES) * MAX_BLOCK_PAGES;
  for (let each = start; each < start + MAX_BLOCK_PAGES; each += 1) {
    if (zone.usedOrderAt(each) !== null) releaseBlock(zone, used, each);
  }
}

/**
 * A zone that has been in use: filled with small blocks, then emptied at random until it has the age
 * asked for. Blocks are released one by one where free memory is less fragmented than asked for, and
 * 4 MiB at a time where it is more.
 *
 * @param blocks  Size in blocks of the largest order.
 * @returns At most the occupancy asked for, by up to a largest block less; the fragmentation is as near
 *   as that many releases come.
 * @source SPEC rule BUD-5.
 */
export function agedZone(blocks: number, age: ZoneAge, random: RandomStream): BuddyZone {
  const zone = new BuddyZone(blocks);
  const used = fillZone(zone, random);
  const wanted = zone.frames - Math.floor(zone.frames * age.occupancy);
  while (zone.freeFrames < wanted) {
    const drawn = used.frames[random.nextIndex(used.frames.length)];
    const isTooWhole = zone.unusableShare(PMD_ORDER) < age.fragmentation;
    // Nothing being free, no block is too small: the first release says which kind is wanted.
    const atOnce = zone.freeFrames === 0 ? age.fragmentation < 0.5 : !isTooWhole;
    if (atOnce) releaseAround(zone, used, drawn);
    else releaseBlock(zone, used, drawn);
  }
  return zone;
}
