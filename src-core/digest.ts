/**
 * The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
 *
 * @source FIPS 180-4, section 4.2.2.
 */
const ROUND_CONSTANTS = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

const BLOCK_BYTES = 64;
/** Where the length of the message stands in its last block. */
const LENGTH_OFFSET = 56;
/** Text and numbers are turned into bytes through a buffer of this size. */
const STAGING_BYTES = 1024;
/** The longest UTF-8 form of one code point. */
const MAX_CODE_POINT_BYTES = 4;
const REPLACEMENT_CHARACTER = 0xfffd;

/** Works the 64 bytes at `offset` into `state`. `schedule` is scratch of 64 words. */
function compress(
  state: Int32Array,
  schedule: Int32Array,
  bytes: Uint8Array,
  offset: number,
): void {
  for (let round = 0, at = offset; round < 16; round++, at += 4) {
    schedule[round] =
      (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let round = 16; round < 64; round++) {
    const early = schedule[round - 15];
    const late = schedule[round - 2];
    const earlySigma =
      ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const lateSigma =
      ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    schedule[round] = (schedule[round - 16] + earlySigma + schedule[round - 7] + lateSigma) | 0;
  }
  // The letters are those of the standard.
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let round = 0; round < 64; round++) {
    const sumOfE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const sumOfA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + sumOfE + choice + ROUND_CONSTANTS[round] + schedule[round]) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sumOfA + majority) | 0;
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
  state[4] = (state[4] + e) | 0;
  state[5] = (state[5] + f) | 0;
  state[6] = (state[6] + g) | 0;
  state[7] = (state[7] + h) | 0;
}

/** Writes one code point from U+0080 as UTF-8. Half a surrogate pair alone becomes U+FFFD. */
function writeCodePoint(target: Uint8Array, at: number, codePoint: number): number {
  if (codePoint < 0x800) {
    target[at] = 0xc0 | (codePoint >>> 6);
    target[at + 1] = 0x80 | (codePoint & 0x3f);
    return at + 2;
  }
  if (codePoint < 0x10000) {
    const unit = codePoint >= 0xd800 && codePoint < 0xe000 ? REPLACEMENT_CHARACTER : codePoint;
    target[at] = 0xe0 | (unit >>> 12);
    target[at + 1] = 0x80 | ((unit >>> 6) & 0x3f);
    target[at + 2] = 0x80 | (unit & 0x3f);
    return at + 3;
  }
  target[at] = 0xf0 | (codePoint >>> 18);
  target[at + 1] = 0x80 | ((codePoint >>> 12) & 0x3f);
  target[at + 2] = 0x80 | ((codePoint >>> 6) & 0x3f);
  target[at + 3] = 0x80 | (codePoint & 0x3f);
  return at + 4;
}

/**
 * A SHA-256 digest that grows by text, numbers and bytes.
 *
 * The updates are joined without separators: `updateText('ab')` equals `updateText('a')` followed
 * by `updateText('b')`. A caller that digests several fields writes their lengths too.
 *
 * @source FIPS 180-4; SPEC rules DIG-1 to DIG-4.
 */
export class Digest {
  private readonly state = Int32Array.from([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);
  private readonly schedule = new Int32Array(64);
  /** The bytes that do not fill a block yet: the first `totalBytes % 64` of it. */
  private readonly block = new Uint8Array(BLOCK_BYTES);
  private readonly staging = new Uint8Array(STAGING_BYTES);
  private readonly stagingView = new DataView(this.staging.buffer);
  private totalBytes = 0;

  /**
   * Appends bytes as they are.
   *
   * @param bytes  Read during the call only.
   * @returns This digest.
   */
  updateBytes(bytes: Uint8Array): this {
    this.absorb(bytes, bytes.length);
    return this;
  }

  /**
   * Appends text as UTF-8. Half a surrogate pair is taken as U+FFFD, as TextEncoder does, also
   * where two calls cut a pair in two.
   *
   * @returns This digest.
   */
  updateText(text: string): this {
    const { staging } = this;
    let staged = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < 0x80) {
        staging[staged++] = unit;
      } else {
        const codePoint = text.codePointAt(at) ?? REPLACEMENT_CHARACTER;
        staged = writeCodePoint(staging, staged, codePoint);
        at += codePoint < 0x10000 ? 0 : 1;
      }
      if (staged > STAGING_BYTES - MAX_CODE_POINT_BYTES) {
        this.absorb(staging, staged);
        staged = 0;
      }
    }
    this.absorb(staging, staged);
    return this;
  }

  /**
   * Appends each number as the 8 bytes of its IEEE 754 double, least significant byte first on
   * every machine. All NaN count as one (7ff8000000000000); 0 and -0 differ.
   *
   * @param numbers  Read during the call only.
   * @returns This digest.
   */
  updateNumbers(numbers: Float64Array): this {
    const { staging, stagingView } = this;
    let staged = 0;
    for (let index = 0; index < numbers.length; index++) {
      const value = numbers[index];
      if (Number.isNaN(value)) {
        stagingView.setUint32(staged, 0, true);
        stagingView.setUint32(staged + 4, 0x7ff80000, true);
      } else {
        stagingView.setFloat64(staged, value, true);
      }
      staged += 8;
      if (staged === STAGING_BYTES) {
        this.absorb(staging, staged);
        staged = 0;
      }
    }
    this.absorb(staging, staged);
    return this;
  }

  /**
   * The digest of everything appended so far. More may be appended afterwards.
   *
   * @returns Eight words, the most significant first.
   */
  words(): Uint32Array {
    const state = this.state.slice();
    const pending = this.totalBytes % BLOCK_BYTES;
    const tail = new Uint8Array(pending < LENGTH_OFFSET ? BLOCK_BYTES : 2 * BLOCK_BYTES);
    tail.set(this.block.subarray(0, pending));
    tail[pending] = 0x80;
    const view = new DataView(tail.buffer);
    // The length counts bits; below 2^53 bytes the two words hold it exactly.
    view.setUint32(tail.length - 8, Math.floor(this.totalBytes / 0x20000000));
    view.setUint32(tail.length - 4, (this.totalBytes % 0x20000000) * 8);
    for (let offset = 0; offset < tail.length; offset += BLOCK_BYTES) {
      compress(state, this.schedule, tail, offset);
    }
    return Uint32Array.from(state);
  }

  /** The digest of everything appended so far as 64 lower-case hexadecimal digits. */
  hex(): string {
    return Array.from(this.words(), (word) => word.toString(16).padStart(8, '0')).join('');
  }

  private absorb(bytes: Uint8Array, length: number): void {
    const { block, schedule, state } = this;
    const pending = this.totalBytes % BLOCK_BYTES;
    this.totalBytes += length;
    let at = 0;
    if (pending > 0) {
      at = Math.min(length, BLOCK_BYTES - pending);
      for (let index = 0; index < at; index++) {
        block[pending + index] = bytes[index];
      }
      if (pending + at < BLOCK_BYTES) {
        return;
      }
      compress(state, schedule, block, 0);
    }
    for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) {
      compress(state, schedule, bytes, at);
    }
    for (let index = 0; at < length; index++, at++) {
      block[index] = bytes[at];
    }
  }
}

/** Starts a SHA-256 digest of nothing. */
export function createDigest(): Digest {
  return new Digest();
}

/**
 * Digests one piece of content with SHA-256.
 *
 * @param content  Text counts as UTF-8, numbers as little-endian doubles (see {@link Digest}).
 * @returns 64 lower-case hexadecimal digits, the same on every machine.
 * @source FIPS 180-4; SPEC rules DIG-1 to DIG-3.
 */
export function sha256Hex(content: string | Uint8Array | Float64Array): string {
  const digest = createDigest();
  if (typeof content === 'string') {
    return digest.updateText(content).hex();
  }
  if (content instanceof Float64Array) {
    return digest.updateNumbers(content).hex();
  }
  return digest.updateBytes(content).hex();
}
