import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BuddyZone, MAX_BUDDY_ORDER } from './buddy-zone.ts';

type Block = { readonly frame: number; readonly order: number };

/** What is free, by order, as its lists have it. */
function freeLists(zone: BuddyZone): number[][] {
  return Array.from({ length: MAX_BUDDY_ORDER + 1 }, (_, order) => zone.freeBlocks(order));
}

/** Lists of only the orders that have a free block. */
function shortLists(zone: BuddyZone): Record<string, number[]> {
  return Object.fromEntries(
    freeLists(zone)
      .map((blocks, order) => [String(order), blocks] as const)
      .filter(([, blocks]) => blocks.length > 0),
  );
}

/** The largest aligned blocks that the free frames make up, found by halving: no list is read. */
function largestBlocks(isFree: readonly boolean[], frame: number, order: number): Block[] {
  const size = 2 ** order;
  const inside = isFree.slice(frame, frame + size);
  if (inside.every(Boolean)) return [{ frame, order }];
  if (!inside.some(Boolean)) return [];
  return [
    ...largestBlocks(isFree, frame, order - 1),
    ...largestBlocks(isFree, frame + size / 2, order - 1),
  ];
}

function ascending(lists: readonly number[][]): number[][] {
  return lists.map((list) => list.toSorted((a, b) => a - b));
}

type Step = { readonly order: number } | { readonly pick: number };

/** A step takes a block of an order, or releases one of those in use; the number picks it. */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ order: fc.integer({ min: 0, max: MAX_BUDDY_ORDER }) }),
    fc.record({ order: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ pick: fc.nat() }),
  ),
  { maxLength: 60 },
);

/** A zone after some steps, with the blocks in use as the caller was told. */
function afterSteps(taken: readonly Step[]): { zone: BuddyZone; used: Block[] } {
  const zone = new BuddyZone(2);
  const used: Block[] = [];
  for (const step of taken) {
    if ('order' in step) {
      const frame = zone.allocate(step.order);
      if (frame !== null) used.push({ frame, order: step.order });
    } else if (used.length > 0) {
      const [block] = used.splice(step.pick % used.length, 1);
      if (block !== undefined) zone.release(block.frame);
    }
  }
  return { zone, used };
}

function isFreeBeside(zone: BuddyZone, used: readonly Block[]): boolean[] {
  const isFree = new Array<boolean>(zone.frames).fill(true);
  for (const { frame, order } of used) isFree.fill(false, frame, frame + 2 ** order);
  return isFree;
}

describe('BuddyZone', () => {
  it('[BUD-2] splits the smallest block that is large enough, and keeps the lower half', () => {
    const zone = new BuddyZone(1);

    const taken = [0, 0, 1, 0].map((order) => zone.allocate(order));

    // 1024 frames: the first base page leaves 1, 2, 4 … 512 free, which serve 1 and 2. The last one
    // splits 4..7.
    expect(taken).toEqual([0, 1, 2, 4]);
    expect(shortLists(zone)).toEqual({
      ...{ 0: [5], 1: [6], 3: [8], 4: [16], 5: [32], 6: [64], 7: [128], 8: [256], 9: [512] },
    });
  });

  it('[BUD-3] joins a released block with its buddy, and the two with theirs', () => {
    const zone = new BuddyZone(1);
    for (const order of [0, 0, 1, 0]) zone.allocate(order);

    const lists = [1, 0, 2, 4].map((frame) => {
      zone.release(frame);
      return freeLists(zone).slice(0, 4);
    });

    expect(lists).toEqual([
      [[1, 5], [6], [], [8]],
      [[5], [0, 6], [], [8]],
      [[5], [6], [0], [8]],
      [[], [], [], []],
    ]);
    expect(shortLists(zone)).toEqual({ 10: [0] });
  });

  it('[BUD-3] lists a block last whose larger neighbour waits for it', () => {
    const zone = new BuddyZone(1);
    // 0 and 1, 2..3, 4 and 5, 6; so 7 is free.
    for (const order of [0, 0, 1, 0, 0, 0]) zone.allocate(order);
    zone.release(2);

    zone.release(0);
    zone.release(4);

    // 2..3 waits for 0..1, so 0 goes behind 7; nothing waits for 4..5, so 4 goes before.
    expect(zone.freeBlocks(0)).toEqual([4, 7, 0]);
  });

  it('[BUD-1] has every frame in one block, aligned, after any steps', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const { zone, used } = afterSteps(taken);
        const free = freeLists(zone).flatMap((list, order) =>
          list.map((frame) => ({ frame, order })),
        );
        const blocks = [...used, ...free].sort((a, b) => a.frame - b.frame);

        let end = 0;
        for (const { frame, order } of blocks) {
          expect([frame, frame % 2 ** order]).toEqual([end, 0]);
          end = frame + 2 ** order;
        }
        expect(end).toBe(zone.frames);
        expect(zone.freeFrames).toBe(free.reduce((sum, { order }) => sum + 2 ** order, 0));
        for (const { frame, order } of used) expect(zone.usedOrderAt(frame)).toBe(order);
      }),
    );
  });

  it('[BUD-3] has as large blocks as the free frames make up, after any steps', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const { zone, used } = afterSteps(taken);
        const isFree = isFreeBeside(zone, used);
        const expected: number[][] = freeLists(zone).map(() => []);
        for (const half of [0, 1024]) {
          for (const { frame, order } of largestBlocks(isFree, half, MAX_BUDDY_ORDER)) {
            expected[order]?.push(frame);
          }
        }

        expect(ascending(freeLists(zone))).toEqual(expected);
      }),
    );
  });

  it('[BUD-3] is whole again when everything is released, in any order', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (taken, picks) => {
        const { zone, used } = afterSteps(taken);
        while (used.length > 0) {
          const [block] = used.splice(picks.next().value % used.length, 1);
          if (block !== undefined) zone.release(block.frame);
        }

        expect(ascending([zone.freeBlocks(MAX_BUDDY_ORDER)])).toEqual([[0, 1024]]);
        expect(zone.freeFrames).toBe(zone.frames);
      }),
    );
  });

  it('[BUD-2] refuses an order only when no block is large enough', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: MAX_BUDDY_ORDER }), (taken, order) => {
        const { zone } = afterSteps(taken);
        const sizes = freeLists(zone).flatMap((list, size) => list.map(() => size));

        expect(zone.allocate(order) === null).toBe(sizes.every((size) => size < order));
      }),
    );
  });

  it.each([1, -1, 2048, 0.5])('refuses to release %d, where no block begins', (frame) => {
    const zone = new BuddyZone(1);
    zone.allocate(3);

    expect(() => zone.release(frame)).toThrow(`no block to free at ${frame}`);
  });

  it('[BUD-5] says how much of what is free lies in blocks too small', () => {
    const zone = new BuddyZone(1);
    zone.allocate(8);

    // 256 and 512 frames are free: a third is too small for order 9.
    expect([9, 8, 10].map((order) => zone.unusableShare(order))).toEqual([256 / 768, 0, 1]);
    for (const order of [8, 9]) zone.allocate(order);
    expect(zone.unusableShare(9)).toBe(0);
  });
});
