import { TextDecoder } from 'node:util';
import type { TextChunks } from './read-csv-rows.ts';

/** The longest line that is read. Unit: characters. */
export const LINE_CHARACTERS_LIMIT = 65_536;

/** Some lines of a file. */
export type LineBatch = {
  /** Number of the first of them, from 1. */
  readonly firstLine: number;
  /** Without their line breaks. */
  readonly lines: readonly string[];
  /** Whether a line is longer than the limit; it is the one after the last of `lines`. */
  readonly isTooLong: boolean;
  /** Whether the last of them has no line break, as where a recording was stopped. */
  readonly isUnfinished: boolean;
};

function* textsOf(decoder: TextDecoder, piece: string | Uint8Array): Iterable<string> {
  yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
}

/** Text as strings, whatever it comes as; a byte-order mark is left out. */
async function* stringsOf(chunks: TextChunks): AsyncIterable<string> {
  const decoder = new TextDecoder();
  if (typeof chunks === 'string' || chunks instanceof Uint8Array) {
    yield* textsOf(decoder, chunks);
  } else {
    for await (const piece of chunks) yield* textsOf(decoder, piece);
  }
  yield decoder.decode();
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/**
 * Takes text apart into lines, a chunk's worth at a time: one line at a time would cost more than
 * reading it. Ends after a line that is too long.
 *
 * @throws What the chunks throw, such as a file that cannot be read.
 */
export async function* lineBatches(chunks: TextChunks): AsyncGenerator<LineBatch> {
  let rest = '';
  let firstLine = 1;
  for await (const text of stringsOf(chunks)) {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop() ?? '';
    const lines = pieces.map(withoutReturn);
    if (firstLine === 1 && lines.length > 0) lines[0] = (lines[0] ?? '').replace(/^\uFEFF/, '');
    const longest = lines.findIndex((line) => line.length > LINE_CHARACTERS_LIMIT);
    const isTooLong = longest !== -1 || rest.length > LINE_CHARACTERS_LIMIT;
    const read = longest === -1 ? lines : lines.slice(0, longest);
    if (read.length > 0 || isTooLong) {
      yield { firstLine, lines: read, isTooLong, isUnfinished: false };
    }
    if (isTooLong) return;
    firstLine += lines.length;
  }
  if (rest !== '') {
    const line = firstLine === 1 ? rest.replace(/^\uFEFF/, '') : rest;
    yield { firstLine, lines: [withoutReturn(line)], isTooLong: false, isUnfinished: true };
  }
}
