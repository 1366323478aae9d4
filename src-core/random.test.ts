import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from './errors.ts';
import { RandomStream, seedStream } from './random.ts';

const LARGEST_BOUND = 9_007_199_254_740_992;

function draw(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.nextUint32());
}

/** Draws the largest number every time: the worst case of rounding. */
class LargestDraws extends RandomStream {
  override nextUint32(): number {
    return 0xffff_ffff;
  }
}

describe('RandomStream', () => {
  it('[RNG-1] draws what the reference implementation draws from the seeds 0, 2, 1', () => {
    expect(draw(new RandomStream(0, 2, 1), 16)).toEqual([
      0x03b80bb8, 0xa87dbc7e, 0x1787178c, 0x4c7b7234, 0xc65dade2, 0x2c692349, 0xf52c2153,
      0xdf098072, 0x9d49b03c, 0x9562381a, 0xc9b41738, 0x64b75e54, 0x36ce9b32, 0xf106947e,
      0x0afc726b, 0x549bbc87,
    ]);
    expect(new RandomStream(0, 0, 0).nextUint32()).toBe(0xfb52c520);
  });

  it('[RNG-1] fills an array with what single draws give, and goes on from there', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 100 }), (first, second, length) => {
        const filled = new Uint32Array(length);
        const bulk = new RandomStream(first, second, 0);
        bulk.fill(filled);
        const single = new RandomStream(first, second, 0);

        expect([...filled, ...draw(bulk, 3)]).toEqual(draw(single, length + 3));
      }),
    );
  });

  it('[RNG-2] takes the upper 27 and 26 bits of two draws for a number below one', () => {
    const stream = new RandomStream(0, 2, 1);

    const unit = stream.nextUnit();

    expect(unit).toBe(((0x03b80bb8 >>> 5) * 2 ** 26 + (0xa87dbc7e >>> 6)) / 2 ** 53);
    expect(stream.nextUint32()).toBe(0x1787178c);
    expect(new LargestDraws(0, 0, 0).nextUnit()).toBe(1 - 2 ** -53);
  });

  it('[RNG-3] never draws an index beyond the last, whatever the bound', () => {
    const worst = new LargestDraws(0, 0, 0);
    for (const bound of [1, 2, 3, 10, 2 ** 32 - 1, 2 ** 52 + 1, LARGEST_BOUND - 1, LARGEST_BOUND]) {
      expect(worst.nextIndex(bound)).toBe(bound - 1);
    }
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(), (largest, seed) => {
        expect(worst.nextIndex(largest + 1)).toBe(largest);
        const index = seedStream(seed).nextIndex(largest + 1);
        expect(Number.isInteger(index) && index >= 0 && index <= largest).toBe(true);
      }),
    );
  });

  it('[RNG-3] draws every index equally often', () => {
    for (const bound of [2, 7, 64, 1000]) {
      const stream = seedStream('equally often', bound);
      const draws = 200 * bound;
      const drawn = new Uint32Array(bound);
      for (let index = 0; index < draws; index++) {
        const drawnIndex = stream.nextIndex(bound);
        drawn[drawnIndex] = (drawn[drawnIndex] ?? 0) + 1;
      }
      const chiSquare = drawn.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);

      // Mean and variance of chi-square are its degrees of freedom and twice that.
      const deviation = Math.abs(chiSquare - (bound - 1)) / Math.sqrt(2 * (bound - 1));
      expect(deviation).toBeLessThan(4);
    }
  });
});

describe('seedStream', () => {
  it('[RNG-4] gives these numbers on every machine', () => {
    const stream = seedStream('offsets', 1, 2);

    expect(draw(stream, 4)).toEqual([3070489597, 1817920256, 2747694666, 722313707]);
    expect([stream.nextUnit(), stream.nextUnit()]).toEqual([
      0.8017578157339303, 0.7979001520002726,
    ]);
    expect(draw(seedStream(), 1)).toEqual([3672526462]);
  });

  it('[RNG-4] seeds from the SHA-256 digest of its parts with their type and length', () => {
    const number = Buffer.alloc(8);
    number.writeDoubleLE(0.1);
    const hash = createHash('sha256').update('s5:größe', 'utf8').update('n');
    const digest = hash.update(number).digest();

    const expected = new RandomStream(
      digest.readUInt32BE(0),
      digest.readUInt32BE(4),
      digest.readUInt32BE(8),
    );

    expect(draw(seedStream('größe', 0.1), 8)).toEqual(draw(expected, 8));
  });

  it('[RNG-4] gives different streams to parts that differ in anything', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const parts = fc.array(part, { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const same =
          left.length === right.length && left.every((value, index) => value === right[index]);

        const equal =
          JSON.stringify(draw(seedStream(...left), 3)) ===
          JSON.stringify(draw(seedStream(...right), 3));

        expect(equal).toBe(same);
      }),
      { numRuns: 1000 },
    );
    const neighbours = [
      seedStream('ab', 'c'),
      seedStream('a', 'bc'),
      seedStream('abc'),
      seedStream('1'),
      seedStream(1),
      seedStream(0),
      seedStream(''),
      seedStream(),
      seedStream('1', 's1:2'),
      seedStream('1', '2'),
    ].map((stream) => stream.nextUint32());
    expect(new Set(neighbours).size).toBe(neighbours.length);
  });

  it('[RNG-4] takes -0 as 0 and refuses what is not finite', () => {
    expect(draw(seedStream(-0), 2)).toEqual(draw(seedStream(0), 2));
    for (const part of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => seedStream('jitter', part)).toThrow(ModelError);
    }
  });

  it('[RNG-4] neighbouring seeds give streams that do not resemble each other', () => {
    const count = 4096;
    const streams = [0, 1, 2, 3].map((seed) => seedStream(seed, 'jitter'));
    const rows = streams.map((stream) => Array.from({ length: count }, () => stream.nextUnit()));
    for (const [first, left] of rows.entries()) {
      for (const right of rows.slice(first + 1)) {
        const product = left.reduce((sum, x, at) => sum + (x - 0.5) * ((right[at] ?? 0) - 0.5), 0);

        // Twelve times the mean product is the correlation; its deviation is 1 / √count.
        expect(Math.abs((12 * product) / count)).toBeLessThan(4 / Math.sqrt(count));
      }
    }
  });
});
