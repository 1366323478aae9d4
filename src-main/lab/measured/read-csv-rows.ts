import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse as createParser } from 'csv-parse';
import type { Options } from 'csv-parse';
import { quotedText } from './problem-list.ts';
import type { ProblemList } from './problem-list.ts';

/** Text as it comes: from a file, a pipe, or one string. Line breaks are part of it. */
export type TextChunks =
  AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> | string | Uint8Array;

/** The longest row; those of the tables have less than 300 bytes. */
const ROW_BYTES_LIMIT = 4096;

const QUOTE_FAULTS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell; allowed: quotes around a whole cell',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; allowed: quotes around a whole cell',
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed; allowed: quotes around a whole cell',
  CSV_MAX_RECORD_SIZE: `the row is longer than ${ROW_BYTES_LIMIT} characters`,
};

function parserOptions(
  problems: ProblemList,
  take: (cells: readonly string[], line: number) => void,
): Options<string[], string[]> {
  return {
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_BYTES_LIMIT,
    on_record: (cells, info) => {
      if (problems.isFull) return null;
      // A row before the first fault has one line: a line break inside a cell is a fault.
      const line = info.records + info.empty_lines;
      const broken = cells.find((cell) => /[\r\n]/.test(cell));
      if (broken === undefined) take(cells, line);
      else problems.addLast(line, `a cell has a line break: ${quotedText(broken)}`);
      return null;
    },
  };
}

function addCsvFault(problems: ProblemList, error: CsvError): void {
  if (problems.isFull) return;
  const { records, empty_lines: blankLines } = error;
  const line =
    typeof records === 'number' && typeof blankLines === 'number' ? records + blankLines + 1 : null;
  problems.addLast(line, QUOTE_FAULTS[error.code] ?? `this is not CSV (${error.code})`);
}

async function* passWhileWanted(
  chunks: TextChunks,
  problems: ProblemList,
  bytesLimit: number,
): AsyncGenerator<Uint8Array> {
  const pieces = typeof chunks === 'string' || chunks instanceof Uint8Array ? [chunks] : chunks;
  let bytes = 0;
  for await (const piece of pieces) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
    bytes += chunk.length;
    if (bytes > bytesLimit) {
      problems.addLast(null, `the file is too large; allowed: at most ${bytesLimit} bytes`);
    }
    if (problems.isFull) return;
    yield chunk;
  }
}

/**
 * Reads CSV row by row and keeps none of it. Stops when enough faults were found.
 *
 * @param take        Gets the cells of every row that is not blank, and its line.
 * @param bytesLimit  A larger file is a fault.
 * @throws What the chunks throw, such as a file that cannot be read.
 */
export async function readCsvRows(
  chunks: TextChunks,
  problems: ProblemList,
  bytesLimit: number,
  take: (cells: readonly string[], line: number) => void,
): Promise<void> {
  const source = Readable.from(passWhileWanted(chunks, problems, bytesLimit), {
    objectMode: false,
  });
  try {
    await pipeline(source, createParser(parserOptions(problems, take)));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    addCsvFault(problems, error);
  }
}
