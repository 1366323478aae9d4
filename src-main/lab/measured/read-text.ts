import type { TextChunks } from './read-csv-rows.ts';

/**
 * Reads text to its end, for formats that cannot be read piece by piece.
 *
 * @returns Null when there are more bytes than allowed; no more of them are read then.
 * @throws What the chunks throw.
 */
export async function readText(chunks: TextChunks, bytesLimit: number): Promise<string | null> {
  const pieces = typeof chunks === 'string' || chunks instanceof Uint8Array ? [chunks] : chunks;
  const buffers: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const buffer = typeof piece === 'string' ? Buffer.from(piece) : piece;
    bytes += buffer.length;
    if (bytes > bytesLimit) return null;
    buffers.push(buffer);
  }
  return new TextDecoder().decode(Buffer.concat(buffers));
}
