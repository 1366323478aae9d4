/**
 * The buckets of a histogram in few bytes: for each bucket the distance of its number from the one
 * before and the values in it, both as LEB128 (7 bits a byte, the lowest first, the top bit set in
 * all but the last byte). Neighbouring buckets with small counts take 2 or 3 bytes instead of 12.
 */

import { LibraryError } from './library-error.ts';

/** The buckets of an encoded histogram. */
export type Buckets = { readonly indices: Uint32Array; readonly counts: Float64Array };

/** A bucket number of 32 bits takes 5 bytes at most, a count below 2^53 takes 8. */
const BYTES_PER_BUCKET = 13;
const CONTINUES = 0x80;

function writeNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest >= CONTINUES) {
    bytes[at] = (rest % CONTINUES) + CONTINUES;
    // Shifts would cut the number to 32 bits.
    rest = Math.floor(rest / CONTINUES);
    at += 1;
  }
  bytes[at] = rest;
  return at + 1;
}

/**
 * Packs buckets.
 *
 * @throws {LibraryError} `bad-record` unless the bucket numbers ascend and the counts are whole.
 */
export function blobFromBuckets({ indices, counts }: Buckets): Buffer {
  const bytes = Buffer.alloc(indices.length * BYTES_PER_BUCKET);
  let end = 0;
  let previous = -1;
  for (const [at, index] of indices.entries()) {
    const count = counts[at] ?? Number.NaN;
    if (index <= previous || !Number.isSafeInteger(count) || count < 0) {
      throw new LibraryError('bad-record', `A histogram has ${count} values in bucket ${index}.`);
    }
    end = writeNumber(bytes, end, index - Math.max(previous, 0));
    end = writeNumber(bytes, end, count);
    previous = index;
  }
  return bytes.subarray(0, end);
}

/** How many numbers a blob holds: the last byte of each has its top bit clear. */
function countNumbers(blob: Uint8Array): number {
  let numbers = 0;
  for (const byte of blob) {
    if (byte < CONTINUES) numbers += 1;
  }
  return numbers;
}

/** Unpacks what {@link blobFromBuckets} packed. */
export function bucketsFromBlob(blob: Uint8Array): Buckets {
  const size = Math.floor(countNumbers(blob) / 2);
  const indices = new Uint32Array(size);
  const counts = new Float64Array(size);
  let position = 0;
  let index = 0;
  let value = 0;
  let weight = 1;
  for (const byte of blob) {
    value += (byte % CONTINUES) * weight;
    weight *= CONTINUES;
    if (byte < CONTINUES) {
      if (position % 2 === 0) {
        index += value;
        indices[position / 2] = index;
      } else {
        counts[(position - 1) / 2] = value;
      }
      position += 1;
      value = 0;
      weight = 1;
    }
  }
  return { indices, counts };
}
