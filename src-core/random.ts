import { createDigest } from './digest.ts';
import { ModelError } from './errors.ts';

/** Draws thrown away after seeding, as many as the reference implementation does. */
const WARM_UP_DRAWS = 15;
/** 2^26 and 2^53: two draws of 27 and 26 bits make one number of 53. */
const LOW_HALF_VALUES = 67_108_864;
const UNIT_VALUES = 9_007_199_254_740_992;
/** 2^-53, exactly: multiplying is quicker than dividing, and rounds no more. */
const UNIT_STEP = 1 / UNIT_VALUES;

/**
 * A seeded stream of random numbers: sfc32, 128 bits of state, the same numbers on every machine.
 *
 * No method allocates. The state lives in a typed array because two engines store plain number
 * fields beyond 31 bits differently, one of them slowly.
 *
 * @source Chris Doty-Humphrey, PractRand pre0.95, src/RNGs/sfc.cpp (sfc32); SPEC rules RNG-1 to RNG-3.
 */
export class RandomStream {
  private readonly state: Int32Array;

  /**
   * Starts the stream that the reference implementation starts from the same three words.
   * Use {@link seedStream} to derive the words from names and numbers.
   *
   * @param first   Taken modulo 2^32, as are the others.
   * @param second  See `first`.
   * @param third   See `first`.
   */
  constructor(first: number, second: number, third: number) {
    this.state = Int32Array.of(first, second, third, 1);
    for (let draw = 0; draw < WARM_UP_DRAWS; draw++) {
      this.nextUint32();
    }
  }

  /** Draws a whole number from 0 to 2^32 - 1. */
  nextUint32(): number {
    const { state } = this;
    const second = state[1];
    const third = state[2];
    const counter = state[3];
    const drawn = (state[0] + second + counter) | 0;
    state[0] = second ^ (second >>> 9);
    state[1] = third + (third << 3);
    state[2] = ((third << 21) | (third >>> 11)) + drawn;
    state[3] = counter + 1;
    return drawn >>> 0;
  }

  /**
   * Draws a number from 0 (included) to 1 (excluded): a multiple of 2^-53, each equally likely.
   * Takes two draws of {@link nextUint32}.
   */
  nextUnit(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * LOW_HALF_VALUES + low) * UNIT_STEP;
  }

  /**
   * Draws a whole number from 0 to `bound` - 1. Takes two draws of {@link nextUint32}.
   *
   * The 2^53 values of {@link nextUnit} are spread over `bound` indices, so the probability of an
   * index differs from 1 / `bound` by 2^-52 at most. Against 1 / `bound` that is a share of
   * `bound` / 2^52: 2 in 10^10 for a million offsets, and no index is left out up to 2^53.
   *
   * @param bound  A whole number from 1 to 2^53. Not checked: in the innermost of loops a check costs
   *   nearly as much as the draws. Whoever sets the loop up checks it once.
   */
  nextIndex(bound: number): number {
    return Math.floor(this.nextUnit() * bound);
  }

  /**
   * Fills `target` with what as many calls of {@link nextUint32} would give, in order: one call
   * for many draws keeps the state in registers.
   *
   * @param target  Overwritten from its first to its last entry.
   */
  fill(target: Uint32Array): void {
    const { state } = this;
    let first = state[0];
    let second = state[1];
    let third = state[2];
    let counter = state[3];
    for (let index = 0; index < target.length; index++) {
      const drawn = (first + second + counter) | 0;
      first = second ^ (second >>> 9);
      second = (third + (third << 3)) | 0;
      third = (((third << 21) | (third >>> 11)) + drawn) | 0;
      counter = (counter + 1) | 0;
      target[index] = drawn;
    }
    state[0] = first;
    state[1] = second;
    state[2] = third;
    state[3] = counter;
  }
}

/**
 * Derives a stream from names and numbers: equal parts give equal streams on every machine, and
 * parts that differ in anything, order and type included, give streams that have nothing in common.
 *
 * The parts are written one after the other, text as `s`, its length in UTF-16 units, `:` and its
 * UTF-8 form, a number as `n` and its little-endian double. The first three words of the SHA-256
 * digest of that seed the generator.
 *
 * @param parts  What the stream is for, such as the seed of the experiment, the replicate and the
 *   name of the phase. Numbers are finite; -0 counts as 0.
 * @throws {ModelError} `out-of-range` when a number is not finite.
 * @source SPEC rule RNG-4.
 */
export function seedStream(...parts: readonly (string | number)[]): RandomStream {
  const digest = createDigest();
  for (const part of parts) {
    if (typeof part === 'string') {
      digest.updateText(`s${part.length}:${part}`);
    } else if (Number.isFinite(part)) {
      digest.updateText('n').updateNumbers(Float64Array.of(part + 0));
    } else {
      throw new ModelError('out-of-range', `${part} cannot seed a random stream: it is not finite`);
    }
  }
  const [first, second, third] = digest.words();
  return new RandomStream(first, second, third);
}
