import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FolioIndex, FRAME_FLAG } from './folio-index.ts';
import { folioFrames } from './testing/made-up-process.ts';

/** Folios of some orders, one behind the other as natural alignment lets them. */
function placeFolios(orders: readonly number[]): { head: number; order: number }[] {
  let next = 1;
  return orders.map((order) => {
    const head = Math.ceil(next / 2 ** order) * 2 ** order;
    next = head + 2 ** order;
    return { head, order };
  });
}

function indexOf(frames: ReadonlyMap<number, number>): FolioIndex {
  return new FolioIndex((first, count) =>
    Uint32Array.from({ length: count }, (_, index) => frames.get(first + index) ?? 0),
  );
}

describe('FolioIndex', () => {
  it('[LAY-3] finds head and order of a folio from any of its frames', () => {
    const orders = fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(orders, fc.nat(), (found, drawn) => {
        const folios = placeFolios(found);
        const frames = new Map(
          folios.flatMap(({ head, order }) => folioFrames(head, order, FRAME_FLAG.anon)),
        );
        const index = indexOf(frames);
        for (const { head, order } of folios) {
          for (const frame of [head, head + (drawn % 2 ** order), head + 2 ** order - 1]) {
            expect(index.folioOf(frame)).toMatchObject({ head, order });
            expect((index.folioOf(frame)?.headFlags ?? 0) & FRAME_FLAG.anon).not.toBe(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('knows a folio of 1 GiB without looking at all its frames', () => {
    const head = 2 ** 18;
    let read = 0;
    const index = new FolioIndex((first, count) => {
      read += count;
      return Uint32Array.from({ length: count }, (_, at) => {
        const frame = first + at;
        if (frame === head) return FRAME_FLAG.compoundHead | FRAME_FLAG.huge;
        return frame > head && frame < 2 * head ? FRAME_FLAG.compoundTail : 0;
      });
    });

    expect(index.folioOf(head + 100_000)).toMatchObject({ head, order: 18 });
    expect(read).toBeLessThan(40_000);
  });

  it('has no folio for a tail that lost its head', () => {
    const { compoundHead, compoundTail } = FRAME_FLAG;
    expect(indexOf(new Map([[9, compoundTail]])).folioOf(9)).toBeNull();
    // Frame 9 is no part of the pair that begins at 8 when frame 10 is: orders are powers of two.
    const torn = new Map([
      [8, compoundHead],
      [11, compoundTail],
    ]);
    expect(indexOf(torn).folioOf(11)).toBeNull();
  });
});
