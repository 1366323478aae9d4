import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentWith, layoutFromExtents, layoutFromText } from '../testing/drawn-layout.ts';
import type { Layout } from '../layout/layout.ts';
import { findOffsets, offsetAt } from './offset-space.ts';
import type { OffsetSpace } from './offset-space.ts';

function listOffsets(space: OffsetSpace): number[] {
  return Array.from({ length: space.size }, (_, index) => offsetAt(space, index));
}

function offsetsOf(layout: Layout, blockBytes: number, offsetBytes = 0): number[] {
  return listOffsets(findOffsets(layout, { blockBytes, offsetBytes }));
}

describe('findOffsets', () => {
  it('[SIM-2] lists the multiples of the block size at which a whole I/O is mapped', () => {
    expect(offsetsOf(layoutFromText('A0-9'), 8192)).toEqual([0, 8192, 16_384, 24_576, 32_768]);
    // The last page is half a block.
    expect(offsetsOf(layoutFromText('A0-2'), 8192)).toEqual([0]);
  });

  it('[SIM-2] counts from virtual page 0, wherever memory begins', () => {
    // Pages 3 to 8: the first whole block of two pages begins at page 4.
    expect(offsetsOf(layoutFromText('.3 A0-5'), 8192)).toEqual([16_384, 24_576]);
  });

  it('[SIM-2] adds the offset of the workload to each', () => {
    // Bytes 512 to 8703 of pages 0 to 2; then blocks at 16,896 and 25,088 of pages 4 to 8.
    expect(offsetsOf(layoutFromText('A0-2 . B0-4'), 8192, 512)).toEqual([512, 16_896, 25_088]);
  });

  it('[SIM-2] has no offset before virtual page 0', () => {
    expect(offsetsOf(layoutFromText('A0-3'), 4096, 512)).toEqual([512, 4608, 8704]);
  });

  it('[SIM-2] joins extents without a gap between them', () => {
    expect(offsetsOf(layoutFromText('A0 B0 C0-1'), 16_384)).toEqual([0]);
  });

  it('[SIM-2] tells the longest range when none holds an I/O', () => {
    const space = findOffsets(layoutFromText('A0-1 . B0-2 . C0'), {
      blockBytes: 16_384,
      offsetBytes: 0,
    });

    expect(space).toMatchObject({ size: 0, longestRangeBytes: 3 * 4096 });
    expect(listOffsets(space)).toEqual([]);
  });

  it('[SIM-2] stays exact for page numbers beyond 32 bits', () => {
    const layout = layoutFromExtents([extentWith({ vaPage: 2 ** 36, pfn: 5, pages: 2 })]);

    expect(offsetsOf(layout, 4096, 1024)).toEqual([2 ** 48 + 1024]);
  });

  it('[SIM-2] finds what a search of every multiple finds', () => {
    const stretches = fc.array(
      fc.record({ gap: fc.nat({ max: 3 }), pages: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        stretches,
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 39 }),
        (parts, blockSectors, offsetSectors) => {
          const blockBytes = blockSectors * 512;
          const offsetBytes = (offsetSectors % blockSectors) * 512;
          let vaPage = 0;
          const mapped = new Set<number>();
          const extents = parts.map(({ gap, pages }, index) => {
            const start = vaPage + gap;
            vaPage = start + pages;
            for (let page = start; page < vaPage; page += 1) mapped.add(page);
            return extentWith({ vaPage: start, pfn: 1000 * (index + 1), pages });
          });
          const expected: number[] = [];
          for (let start = offsetBytes; start < vaPage * 4096; start += blockBytes) {
            const first = Math.floor(start / 4096);
            const last = Math.floor((start + blockBytes - 1) / 4096);
            let isMapped = true;
            for (let page = first; page <= last; page += 1) isMapped &&= mapped.has(page);
            if (isMapped) expected.push(start);
          }

          expect(offsetsOf(layoutFromExtents(extents), blockBytes, offsetBytes)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
