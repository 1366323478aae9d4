import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedStream } from '../random.ts';
import { PAGE_BYTES } from '../units.ts';
import { agedZone } from './age-zone.ts';
import { fillFromZone } from './buddy-layout.ts';
import { BuddyZone, MAX_BUDDY_ORDER } from './buddy-zone.ts';
import { FIRST_FRAME } from './frame-placement.ts';
import { layoutDigest } from './layout-digest.ts';
import { buildLayoutFromSpec, layoutSpecProblem } from './layout-spec.ts';
import type { BuddySpec } from './layout-spec.ts';
import { buildLayout, extentsFromLayout } from './layout.ts';
import type { Extent, Layout } from './layout.ts';

const MIB = 2 ** 20;

function buddy(differences: Partial<BuddySpec> = {}): BuddySpec {
  return {
    kind: 'buddy',
    bytes: 2 * MIB,
    enabledOrders: [4, 9],
    zoneBytes: 16 * MIB,
    occupancy: 0.5,
    fragmentation: 0.5,
    misalignmentPages: 0,
    flags: [],
    ...differences,
  };
}

function built(spec: BuddySpec, seed: number): Layout {
  const result = buildLayoutFromSpec(spec, seed);
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

/** Extents with frames counted from the zone's first, without flags. */
function rowsOf(layout: Layout): (number | string)[][] {
  return extentsFromLayout(layout).map(({ vaPage, pfn, pages, order, leaf }) => [
    ...[vaPage, pfn - FIRST_FRAME, pages, order],
    leaf,
  ]);
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const specs: fc.Arbitrary<BuddySpec> = fc
  .record({
    zoneBlocks: fc.integer({ min: 1, max: 4 }),
    occupancy: fc.double({ min: 0, max: 0.9, noNaN: true }),
    fragmentation: share,
    enabledOrders: fc.uniqueArray(fc.integer({ min: 2, max: 9 }), { maxLength: 5 }),
    misalignmentPages: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 })),
    size: share,
  })
  .map(({ zoneBlocks, size, ...rest }) => {
    const frames = zoneBlocks * 1024;
    const free = frames - Math.floor(frames * rest.occupancy);
    const pages = Math.max(1, Math.floor(free * size));
    return buddy({ ...rest, zoneBytes: frames * PAGE_BYTES, bytes: pages * PAGE_BYTES });
  });

/** One folio at a time, in the order of the faults. */
function faultsOf(layout: Layout): Extent[] {
  return extentsFromLayout(layout).flatMap((extent) => {
    const size = 2 ** extent.order;
    return Array.from({ length: extent.pages / size }, (_, index) => ({
      ...extent,
      vaPage: extent.vaPage + index * size,
      pfn: extent.pfn + index * size - FIRST_FRAME,
      pages: size,
    }));
  });
}

/** Which frames of an aged zone are free, from its lists. */
function freeFramesOf(zone: BuddyZone): boolean[] {
  const isFree = new Array<boolean>(zone.frames).fill(false);
  for (let order = 0; order <= MAX_BUDDY_ORDER; order += 1) {
    for (const frame of zone.freeBlocks(order)) isFree.fill(true, frame, frame + 2 ** order);
  }
  return isFree;
}

/** Whether any naturally aligned block of an order is free, by looking at every frame. */
function hasFreeBlock(isFree: readonly boolean[], order: number): boolean {
  const size = 2 ** order;
  return isFree.some(
    (_, frame) => frame % size === 0 && isFree.slice(frame, frame + size).every(Boolean),
  );
}

describe('a buddy layout', () => {
  it('[LAY-13] fills a fresh zone from its first frame on, folios where they are aligned', () => {
    const layout = fillFromZone(new BuddyZone(1), {
      bytes: 11 * PAGE_BYTES,
      enabledOrders: [2],
      misalignmentPages: 2,
      flags: [],
    });

    // Pages 2 and 3 are not aligned for four pages: frames 0 and 1, which leaves 2..3, 4..7, 8..15 and
    // so on. Pages 4..7 and 8..11 take 4..7 and the lower half of 8..15. Page 12 is the last: frame 2.
    expect(rowsOf(layout)).toEqual([
      [2, 0, 2, 0, 'pte'],
      [4, 4, 8, 2, 'pte'],
      [12, 2, 1, 0, 'pte'],
    ]);
  });

  it('[LAY-14] maps a PMD folio by one entry where page and buffer allow it', () => {
    const zone = new BuddyZone(2);
    const layout = fillFromZone(zone, {
      bytes: (2 + 512 + 511) * PAGE_BYTES,
      enabledOrders: [9, 8],
      misalignmentPages: 510,
      flags: [],
    });

    expect(rowsOf(layout)).toEqual([
      [510, 0, 2, 0, 'pte'],
      [512, 512, 512, 9, 'pmd'],
      [1024, 256, 256, 8, 'pte'],
      // 255 pages are too few for another 256; the smallest blocks come first.
      [1280, 2, 254, 0, 'pte'],
      [1534, 1024, 1, 0, 'pte'],
    ]);
  });

  it('[LAY-13] falls back to the next smaller enabled order where no block is free', () => {
    const zone = new BuddyZone(1);
    for (const order of [9, 0]) zone.allocate(order);

    const layout = fillFromZone(zone, {
      bytes: 512 * PAGE_BYTES - PAGE_BYTES,
      enabledOrders: [3, 7, 9],
      misalignmentPages: 0,
      flags: [],
    });

    // Free are 513, 514..515, 516..519 … 768..1023: order 7 finds 640..767, then both halves of 768..1023,
    // then nothing; order 3 the blocks 520, 528, 544, 576 and on; base pages the rest.
    expect(rowsOf(layout)).toEqual([
      [0, 640, 384, 7, 'pte'],
      [384, 520, 120, 3, 'pte'],
      [504, 513, 7, 0, 'pte'],
    ]);
  });

  it('[LAY-13] takes the largest enabled order that can be had at every fault', () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const stream = seedStream('layout zone', seed);
        const isFree = freeFramesOf(agedZone(spec.zoneBytes / 4 / MIB, spec, stream));
        const end = spec.misalignmentPages + spec.bytes / PAGE_BYTES;
        for (const { vaPage, pfn, order } of faultsOf(built(spec, seed))) {
          const larger = spec.enabledOrders.filter(
            (other) => other > order && vaPage % 2 ** other === 0 && vaPage + 2 ** other <= end,
          );

          expect(larger.filter((other) => hasFreeBlock(isFree, other))).toEqual([]);
          expect(isFree.slice(pfn, pfn + 2 ** order)).not.toContain(false);
          expect(order === 0 || spec.enabledOrders.includes(order)).toBe(true);
          isFree.fill(false, pfn, pfn + 2 ** order);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('[LAY-8] keeps every rule for layouts and maps exactly the bytes asked for', () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const layout = built(spec, seed);
        const extents = extentsFromLayout(layout);

        expect(buildLayout(extents)).toEqual({ ok: true, layout });
        expect(layout.mappedPages * PAGE_BYTES).toBe(spec.bytes);
        let end = spec.misalignmentPages;
        for (const { vaPage, pages, order, leaf } of extents) {
          expect([vaPage, leaf]).toEqual([end, order === 9 ? 'pmd' : 'pte']);
          end += pages;
        }
      }),
    );
  });

  it('[LAY-8] gives every folio whole frames of its own', () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        const folios = faultsOf(built(spec, seed)).sort((a, b) => a.pfn - b.pfn);
        let end = 0;
        for (const { pfn, order, pages } of folios) {
          expect(pfn % 2 ** order).toBe(0);
          expect(pfn).toBeGreaterThanOrEqual(end);
          end = pfn + pages;
        }
        expect(end).toBeLessThanOrEqual(spec.zoneBytes / PAGE_BYTES);
      }),
    );
  });

  it('[LAY-8] is the same from the same seed, and another from another', () => {
    fc.assert(
      fc.property(specs, fc.nat(), (spec, seed) => {
        expect(built(spec, seed)).toEqual(built(spec, seed));
      }),
      { numRuns: 20 },
    );
    const small = buddy({ enabledOrders: [2, 4] });
    expect(built(small, 1)).not.toEqual(built(small, 2));
  });

  it('[LAY-8] is the one that results recorded earlier were found on', () => {
    expect(layoutDigest(built(buddy({ enabledOrders: [2, 4] }), 42))).toBe(
      'de0cc1c55b384d74c2ef293bb057c205607c69a1b3144773ceecba60e2ad76b9',
    );
  });

  it('[LAY-13] holds fewer large folios the more fragmented the zone is', () => {
    const zoneBytes = 256 * MIB;
    const largePages = [0, 0.25, 0.5, 0.75, 1].map((fragmentation) => {
      const layout = built(buddy({ bytes: zoneBytes / 2, zoneBytes, fragmentation }), 1);
      return extentsFromLayout(layout)
        .filter(({ order }) => order === 9)
        .reduce((sum, { pages }) => sum + pages, 0);
    });

    // All of 32,768 pages are free and wanted, so what is in small blocks cannot be large folios.
    expect(largePages.map((pages) => Math.round((pages / 32_768) * 4) / 4)).toEqual([
      ...[1, 0.75, 0.5, 0.25, 0],
    ]);
  });

  it.each<[Partial<BuddySpec>, string, RegExp]>([
    [{ bytes: 5000 }, 'bytes', /^5000 is not a multiple of 4096/],
    [{ bytes: 9 * MIB }, 'bytes', /^9437184 is more than is free .* allowed are 8388608$/],
    [{ enabledOrders: [4, 1] }, 'enabledOrders[1]', /^1 is not a whole number from 2 to 9$/],
    [{ enabledOrders: [4, 10] }, 'enabledOrders[1]', /^10 is not/],
    [{ enabledOrders: [4, 4] }, 'enabledOrders[1]', /^4 is enabled already$/],
    [{ zoneBytes: 5 * MIB }, 'zoneBytes', /^5242880 is not a multiple of 4194304 from/],
    [{ zoneBytes: 2 ** 35 }, 'zoneBytes', /to 17179869184 \(16 GiB\)$/],
    [{ occupancy: 1.5 }, 'occupancy', /^1.5 is not a share from 0 to 1$/],
    [{ fragmentation: NaN }, 'fragmentation', /^NaN is not a share/],
    [{ misalignmentPages: -1 }, 'misalignmentPages', /^-1 is not a whole number/],
    [{ flags: ['anon', 'file'] }, 'flags', /types of memory/],
    [{ flags: ['devmap'] }, 'flags', /no buddy allocator hands out/],
  ])('[LAY-14] refuses %j at %s', (difference, key, message) => {
    const problem = layoutSpecProblem(buddy(difference));

    expect(problem?.key).toBe(key);
    expect(problem?.message).toMatch(message);
  });
});
