import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_COUNT,
  bucketHighest,
  bucketIndex,
  bucketLowest,
  bucketWidth,
  smallBucketIndex,
} from './bucket-layout.ts';

const LAST = BUCKET_COUNT - 1;

describe('bucket layout', () => {
  it('[HIST-1] covers every whole number below 2^46 once, without gaps', () => {
    let expected = 0;
    for (let index = 0; index < BUCKET_COUNT; index++) {
      const lowest = bucketLowest(index);
      const highest = bucketHighest(index);

      expect([lowest, bucketIndex(lowest), bucketIndex(highest)]).toEqual([expected, index, index]);
      expected = highest + 1;
    }
    expect(expected).toBe(2 ** 46);
  });

  it('[HIST-1] keeps three digits: a bucket is one wide, or at most a 1,024th of its values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 46 - 1 }), (value) => {
        const width = bucketWidth(bucketIndex(value));

        expect(width === 1 || width * 1024 <= value).toBe(true);
      }),
    );
    expect([0, 2047, 2048, 3071, 3072].map((index) => bucketWidth(index))).toEqual([1, 1, 2, 2, 4]);
  });

  it('[HIST-1] finds the bucket of an int32 by both ways', () => {
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(smallBucketIndex(value)).toBe(bucketIndex(value));
      }),
    );
    for (const value of [0, 1, 1023, 1024, 2047, 2048, 4095, 4096, 2 ** 31 - 1]) {
      expect(smallBucketIndex(value)).toBe(bucketIndex(value));
    }
  });

  it('[HIST-2] puts everything from 2^46 into the last bucket', () => {
    expect([2 ** 46 - 1, 2 ** 46, 2 ** 52, Number.MAX_VALUE].map(bucketIndex)).toEqual([
      LAST,
      LAST,
      LAST,
      LAST,
    ]);
    expect(bucketIndex(bucketLowest(LAST) - 1)).toBe(LAST - 1);
  });
});
