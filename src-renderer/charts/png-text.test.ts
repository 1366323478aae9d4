import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { base64FromBytes, bytesFromBase64, pngWithTexts } from './png-text.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const length = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
/** One grey pixel. */
const PIXEL = Buffer.concat([
  SIGNATURE,
  chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
  chunk('IEND', Buffer.alloc(0)),
]);

function chunksOf(image: Uint8Array): readonly { kind: string; body: string; isSound: boolean }[] {
  const found: { kind: string; body: string; isSound: boolean }[] = [];
  const bytes = Buffer.from(image);
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const named = bytes.subarray(at + 4, at + 8 + length);
    found.push({
      kind: named.subarray(0, 4).toString('latin1'),
      body: named.subarray(4).toString('utf8'),
      isSound: bytes.readUInt32BE(at + 8 + length) === crc32(named),
    });
    at += 12 + length;
  }
  return found;
}

it('puts texts behind the header, with the check sums a reader expects', () => {
  const image = pngWithTexts(PIXEL, [
    { name: 'run_id', value: 'ab1e96d1' },
    { name: 'Source', value: 'Folio Lab · 5 µs' },
  ]);

  expect(chunksOf(image).map(({ kind, isSound }) => [kind, isSound])).toEqual([
    ['IHDR', true],
    ['iTXt', true],
    ['iTXt', true],
    ['IDAT', true],
    ['IEND', true],
  ]);
  expect(chunksOf(image)[2]?.body).toBe('Source\0\0\0\0\0Folio Lab · 5 µs');
});

it('leaves alone what is no PNG', () => {
  const text = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>');

  expect(pngWithTexts(text, [{ name: 'a', value: 'b' }])).toBe(text);
});

it('carries bytes over base64 and back', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);

  expect(bytesFromBase64(base64FromBytes(bytes))).toEqual(bytes);
});
