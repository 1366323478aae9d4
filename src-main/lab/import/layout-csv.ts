import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { extentsFromLayout } from '#core';
import type { Layout } from '#core';
import { CsvError, parse as createParser } from 'csv-parse';
import type { Options } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { csvFormat } from '../csv-format.ts';
import { LAYOUT_CSV_COLUMNS, LayoutCsvRows } from './layout-csv-rows.ts';
import type { LayoutCsvResult } from './layout-csv-rows.ts';

export type { LayoutCsvProblem, LayoutCsvResult } from './layout-csv-rows.ts';
export { LAYOUT_CSV_COLUMNS } from './layout-csv-rows.ts';

/** The largest layout file that is read: 64 MiB, about 10 GiB of scattered 4 KiB pages. */
export const LAYOUT_CSV_BYTES_LIMIT = 67_108_864;
/** The longest line; rows have less than 200 bytes. Keeps any other file from filling memory. */
const LINE_BYTES_LIMIT = 1024;

const LINE_FEED = 10;

/** Counts the bytes of a file before they are parsed, and refuses what no layout file has. */
function createByteGate(rows: LayoutCsvRows): (chunk: Uint8Array) => void {
  let bytes = 0;
  let line = 1;
  let lineBytes = 0;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > LAYOUT_CSV_BYTES_LIMIT) {
      refuseSize(rows);
      return;
    }
    for (let at = 0; at < chunk.length;) {
      const lineFeed = chunk.indexOf(LINE_FEED, at);
      const end = lineFeed === -1 ? chunk.length : lineFeed;
      lineBytes += end - at;
      if (lineBytes > LINE_BYTES_LIMIT) {
        rows.refuse(
          line,
          `the line is longer than ${LINE_BYTES_LIMIT} bytes; allowed: a row of six cells`,
        );
        return;
      }
      if (lineFeed !== -1) {
        line += 1;
        lineBytes = 0;
      }
      at = end + 1;
    }
  };
}

function refuseSize(rows: LayoutCsvRows): void {
  rows.refuse(
    null,
    `the file is larger than 64 MiB; allowed: at most ${LAYOUT_CSV_BYTES_LIMIT} bytes`,
  );
}

/** Every row goes to `rows` and none is kept by the parser. */
function parserOptions(rows: LayoutCsvRows): Options<string[], string[]> {
  return {
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LINE_BYTES_LIMIT,
    on_record: (cells, info) => {
      // A row before the first fault has one line: a line break inside a cell is a fault.
      rows.take(cells, info.records + info.empty_lines);
      return null;
    },
  };
}

const QUOTE_FAULTS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell; allowed: quotes around a whole cell',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; allowed: quotes around a whole cell',
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed; allowed: quotes around a whole cell',
  CSV_MAX_RECORD_SIZE: `the row is longer than ${LINE_BYTES_LIMIT} characters; allowed: six cells`,
};

/** Notes a fault of the CSV itself. */
function refuseCsv(rows: LayoutCsvRows, error: CsvError): void {
  const { records, empty_lines: blankLines } = error;
  const line =
    typeof records === 'number' && typeof blankLines === 'number' ? records + blankLines + 1 : null;
  rows.refuse(line, QUOTE_FAULTS[error.code] ?? `this is not CSV (${error.code})`);
}

/**
 * Reads a layout from the text of a CSV file: the header `va_page,pfn,pages,order,leaf,flags`, then a
 * row for each extent in ascending order. Blank lines are skipped; LF and CRLF end lines; cells may be
 * quoted. Numbers are decimal digits; flags are joined by `|`, none means `anon`.
 *
 * @param text      The file's text or bytes (UTF-8), at most `LAYOUT_CSV_BYTES_LIMIT` bytes.
 * @param fileName  As messages name it.
 * @returns The whole layout, or one fault and nothing else: a line longer than any layout has, or the
 *   first of all others.
 * @source SPEC rules LAY-1 to LAY-6 and LAY-12.
 */
export function parseLayoutCsv(text: string | Uint8Array, fileName: string): LayoutCsvResult {
  const rows = new LayoutCsvRows(fileName);
  const bytes =
    typeof text === 'string'
      ? Buffer.from(text)
      : Buffer.from(text.buffer, text.byteOffset, text.length);
  createByteGate(rows)(bytes);
  if (rows.isRefused) return rows.result();
  try {
    parse(bytes, parserOptions(rows));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuseCsv(rows, error);
  }
  return rows.result();
}

/** Notes why a file cannot be read. */
function refuseFile(rows: LayoutCsvRows, code: string): void {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'the file may not be read (permission denied)',
    EPERM: 'the file may not be read (permission denied)',
  };
  rows.refuse(null, `${reasons[code] ?? `the file cannot be read (${code})`}; allowed: a CSV file`);
}

function refuseError(rows: LayoutCsvRows, error: unknown): void {
  if (error instanceof CsvError) {
    refuseCsv(rows, error);
  } else if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    refuseFile(rows, error.code);
  } else {
    throw error;
  }
}

/**
 * Reads a layout from a CSV file, streaming. See {@link parseLayoutCsv} for the format.
 *
 * @param path  A file of at most `LAYOUT_CSV_BYTES_LIMIT` bytes, or a pipe.
 * @returns The whole layout or one fault; a file that cannot be read is a fault like any other.
 * @source SPEC rules LAY-1 to LAY-6 and LAY-12.
 */
export async function readLayoutCsv(path: string): Promise<LayoutCsvResult> {
  const rows = new LayoutCsvRows(path);
  const checkBytes = createByteGate(rows);
  async function* passUntilRefused(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      checkBytes(chunk);
      if (rows.isRefused) return;
      yield chunk;
    }
  }
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      rows.refuse(null, 'this is a folder; allowed: a CSV file');
    } else if (found.size > LAYOUT_CSV_BYTES_LIMIT) {
      refuseSize(rows);
    } else {
      await pipeline(createReadStream(path), passUntilRefused, createParser(parserOptions(rows)));
    }
  } catch (error) {
    refuseError(rows, error);
  }
  return rows.result();
}

/**
 * Writes a layout as CSV, a row for each extent: what {@link parseLayoutCsv} reads back unchanged.
 *
 * @returns UTF-8 text with a header; every line ends in LF.
 * @source SPEC rule LAY-12.
 */
export function layoutCsvText(layout: Layout): string {
  const rows = extentsFromLayout(layout).map(({ vaPage, pfn, pages, order, leaf, flags }) => [
    vaPage,
    pfn,
    pages,
    order,
    leaf,
    flags.join('|'),
  ]);
  return stringify(rows, csvFormat(LAYOUT_CSV_COLUMNS));
}
