import { parseFio } from '#contract';
import type { FioResult } from '#contract';
import type { TextChunks } from './read-csv-rows.ts';
import { readText } from './read-text.ts';

/** The largest output of fio that is read: 64 MiB. JSON is one document and read in one piece. */
export const FIO_BYTES_LIMIT = 67_108_864;

/**
 * Reads what `fio --output-format=json` or `json+` writes.
 *
 * @param chunks  The file; at most `FIO_BYTES_LIMIT` bytes.
 * @returns See `parseFio`.
 * @throws What the chunks throw, such as a file that cannot be read.
 */
export async function readFio(chunks: TextChunks): Promise<FioResult> {
  const text = await readText(chunks, FIO_BYTES_LIMIT);
  if (text !== null) return parseFio(text);
  const message = `the file is too large; allowed: at most ${FIO_BYTES_LIMIT} bytes`;
  return { ok: false, problems: [{ line: null, message }] };
}
