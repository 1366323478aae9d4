import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seedStream } from '../random.ts';
import { agedZone } from './age-zone.ts';
import { MAX_BUDDY_ORDER } from './buddy-zone.ts';
import type { BuddyZone } from './buddy-zone.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

function freeLists(zone: BuddyZone): number[][] {
  return Array.from({ length: MAX_BUDDY_ORDER + 1 }, (_, order) => zone.freeBlocks(order));
}

it('[BUD-5] leaves at most the occupancy asked for, and hardly less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), share, share, fc.nat(), (blocks, ...drawn) => {
      const [occupancy, fragmentation, seed] = drawn;
      const zone = agedZone(blocks, { occupancy, fragmentation }, seedStream(seed));
      const used = zone.frames - zone.freeFrames;

      expect(used).toBeLessThanOrEqual(Math.floor(zone.frames * occupancy));
      // The last release may be a largest block, less a frame that was wanted.
      expect(used).toBeGreaterThan(Math.floor(zone.frames * occupancy) - 1024);
    }),
  );
});

it('[BUD-5] comes near the fragmentation asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 0.8, noNaN: true }),
      share,
      fc.nat(),
      (occupancy, fragmentation, seed) => {
        const zone = agedZone(256, { occupancy, fragmentation }, seedStream(seed));

        expect(Math.abs(zone.unusableShare(9) - fragmentation)).toBeLessThan(0.05);
      },
    ),
    { numRuns: 20 },
  );
});

it('[BUD-5] ages alike from the same seed, and otherwise from another', () => {
  const age = { occupancy: 0.5, fragmentation: 0.5 };
  const lists = [1, 1, 2].map((seed) => freeLists(agedZone(16, age, seedStream(seed))));

  expect(lists[0]).toEqual(lists[1]);
  expect(lists[0]).not.toEqual(lists[2]);
});

it('[BUD-5] uses blocks of order 0 to 3, each half as often as the one below', () => {
  const zone = agedZone(64, { occupancy: 1, fragmentation: 0.5 }, seedStream('orders'));
  const counts = [0, 0, 0, 0, 0];
  for (let frame = 0; frame < zone.frames; frame += 1) {
    const order = zone.usedOrderAt(frame);
    if (order !== null) counts[Math.min(order, 4)] = (counts[Math.min(order, 4)] ?? 0) + 1;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);

  [0.5, 0.25, 0.125, 0.125, 0].forEach((expected, order) => {
    expect(Math.abs((counts[order] ?? 0) / total - expected)).toBeLessThan(0.01);
  });
});

it('[BUD-5] is whole when nothing is in use', () => {
  const zone = agedZone(4, { occupancy: 0, fragmentation: 1 }, seedStream('empty'));

  expect(zone.freeBlocks(MAX_BUDDY_ORDER).toSorted((a, b) => a - b)).toEqual([0, 1024, 2048, 3072]);
});
