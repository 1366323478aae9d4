import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobFromBuckets, bucketsFromBlob } from './histogram-blob.ts';

const buckets = fc
  .uniqueArray(
    fc.tuple(fc.oneof(fc.nat(40_000), fc.nat(0xffff_fffe)), fc.oneof(fc.nat(300), fc.maxSafeNat())),
    { selector: ([index]) => index, maxLength: 60 },
  )
  .map((entries) => {
    const sorted = entries.toSorted(([left], [right]) => left - right);
    return {
      indices: Uint32Array.from(sorted, ([index]) => index),
      counts: Float64Array.from(sorted, ([, count]) => count),
    };
  });

describe('the buckets of a histogram', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(buckets, (written) => {
        expect(bucketsFromBlob(blobFromBuckets(written))).toEqual(written);
      }),
    );
  });

  it('take two bytes where neighbours hold few values', () => {
    const indices = Uint32Array.from([5000, 5001, 5003]);
    const counts = Float64Array.from([1, 100, 127]);
    expect([...blobFromBuckets({ indices, counts })]).toEqual([0x88, 0x27, 1, 1, 100, 2, 127]);
  });

  it.each([
    ['descend', [2, 1], [1, 1]],
    ['occur twice', [2, 2], [1, 1]],
    ['hold a part of a value', [2], [0.5]],
    ['hold less than nothing', [2], [-1]],
    ['have no count', [2, 3], [1]],
  ])('are refused when they %s', (_, indices, counts) => {
    const wrong = { indices: Uint32Array.from(indices), counts: Float64Array.from(counts) };
    expect(() => blobFromBuckets(wrong)).toThrow('A histogram has');
  });
});
