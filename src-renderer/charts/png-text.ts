/** A chunk of text begins after the signature (8 bytes) and the header chunk (25 bytes). */
const AFTER_HEADER = 33;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const POLYNOMIAL = 0xedb88320;

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** An `iTXt` chunk: a keyword and UTF-8 text, uncompressed. */
function textChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  // Keyword, its end, no compression (flag and method), no language, no translated keyword.
  const body = [...encoder.encode(keyword), 0, 0, 0, 0, 0, ...encoder.encode(text)];
  const chunk = new Uint8Array(12 + body.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length);
  chunk.set(encoder.encode('iTXt'), 4);
  chunk.set(body, 8);
  view.setUint32(8 + body.length, crc32(chunk.subarray(4, 8 + body.length)));
  return chunk;
}

/**
 * Adds texts to a PNG image, which then tells anyone what it shows, wherever it is copied to.
 *
 * @returns A new image; the given one itself if it is no PNG.
 * @source PNG specification, third edition, 11.3.3.4 iTXt.
 */
export function pngWithTexts(
  image: Uint8Array,
  texts: readonly { readonly name: string; readonly value: string }[],
): Uint8Array {
  const isPng = SIGNATURE.every((byte, index) => image[index] === byte);
  if (!isPng || image.length < AFTER_HEADER) return image;
  const chunks = texts.map(({ name, value }) => textChunk(name, value));
  const added = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const result = new Uint8Array(image.length + added);
  result.set(image.subarray(0, AFTER_HEADER));
  let at = AFTER_HEADER;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  result.set(image.subarray(AFTER_HEADER), at);
  return result;
}

/** Bytes of a base64 text. */
export function bytesFromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const CHUNK = 0x8000;

/** Bytes as base64. */
export function base64FromBytes(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}
