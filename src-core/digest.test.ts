import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigest, sha256Hex } from './digest.ts';

function nodeDigest(...chunks: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}

function littleEndianBytes(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((value, index) => {
    view.setFloat64(index * 8, value, true);
  });
  return new Uint8Array(view.buffer);
}

describe('digest', () => {
  it('[DIG-1] gives the digests printed in FIPS 180-4', () => {
    const digests = [
      sha256Hex(''),
      sha256Hex('abc'),
      sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
      sha256Hex('a'.repeat(1_000_000)),
    ];

    expect(digests).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    ]);
  });

  it('[DIG-1] agrees with the digest of the platform for every length up to three blocks', () => {
    for (let length = 0; length <= 192; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);

      expect(sha256Hex(bytes)).toBe(nodeDigest(bytes));
    }
  });

  it('[DIG-2] takes any text as UTF-8, half a surrogate pair as the replacement character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        expect(sha256Hex(text)).toBe(nodeDigest(text));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe0ff })), (units) => {
        const text = String.fromCharCode(...units);

        expect(sha256Hex(text)).toBe(nodeDigest(Buffer.from(text, 'utf8')));
      }),
    );
  });

  it('[DIG-2] knows the first and the last half of a surrogate pair', () => {
    for (const text of [
      '\ud7ff',
      '\ud800',
      '\udbff',
      '\udc00',
      '\udfff',
      '\ue000',
      '\udc00\ud800',
    ]) {
      expect(sha256Hex(text)).toBe(nodeDigest(Buffer.from(text, 'utf8')));
    }
  });

  it('[DIG-2] takes text of every UTF-8 length across the edge of its buffer', () => {
    for (const character of ['a', 'é', '€', '😀']) {
      for (let lead = 1010; lead <= 1030; lead++) {
        const text = 'x'.repeat(lead) + character.repeat(700);

        expect(sha256Hex(text)).toBe(nodeDigest(text));
      }
    }
  });

  it('[DIG-3] takes numbers as doubles with the least significant byte first', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 300 }), (numbers) => {
        expect(sha256Hex(Float64Array.from(numbers))).toBe(nodeDigest(littleEndianBytes(numbers)));
      }),
    );
  });

  it('[DIG-3] tells 0 from -0 and takes every NaN as one', () => {
    const payload = new DataView(new ArrayBuffer(8));
    payload.setUint32(endianness() === 'LE' ? 4 : 0, 0xfff80001, endianness() === 'LE');
    payload.setUint32(endianness() === 'LE' ? 0 : 4, 7, endianness() === 'LE');
    const strangeNaN = new Float64Array(payload.buffer);

    expect(Number.isNaN(strangeNaN[0])).toBe(true);
    expect(sha256Hex(strangeNaN)).toBe(sha256Hex(Float64Array.of(Number.NaN)));
    expect(sha256Hex(strangeNaN)).toBe(nodeDigest(Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f)));
    expect(sha256Hex(Float64Array.of(0))).not.toBe(sha256Hex(Float64Array.of(-0)));
  });

  it('[DIG-4] any mixture of updates equals one update with the bytes joined', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.double({ noNaN: true }), { maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const digest = createDigest();
        const chunks: (string | Uint8Array)[] = [];
        for (const content of parts) {
          if (typeof content === 'string') {
            digest.updateText(content);
            chunks.push(content);
          } else if (content instanceof Uint8Array) {
            digest.updateBytes(content);
            chunks.push(content);
          } else {
            digest.updateNumbers(Float64Array.from(content));
            chunks.push(littleEndianBytes(content));
          }
          // Reading on the way must not disturb what follows.
          expect(digest.hex()).toBe(nodeDigest(...chunks));
        }
      }),
    );
  });

  it('[DIG-4] gives the same eight words that it prints', () => {
    expect([...createDigest().updateText('abc').words()]).toEqual([
      0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3, 0x96177a9c, 0xb410ff61,
      0xf20015ad,
    ]);
  });
});
