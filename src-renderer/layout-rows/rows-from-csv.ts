import { CsvError, parse } from 'csv-parse/browser/esm/sync';

/** The cells of one line of a CSV text. */
export type CsvRow = {
  /** Counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
};

/** Rows, or one sentence without a full stop that says why there are none. */
export type CsvReading =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly message: string };

const FAULTS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands inside a cell; allowed: quotes around a whole cell',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote; allowed: quotes around a whole cell',
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed; allowed: quotes around a whole cell',
};

function messageOf(error: CsvError): string {
  const { lines } = error;
  const place = typeof lines === 'number' ? `line ${lines}: ` : '';
  return `${place}${FAULTS[error.code] ?? `this is not CSV (${error.code})`}`;
}

/** Splits a CSV text into cells; blanks around them and empty lines do not count. */
export function rowsFromCsv(text: string): CsvReading {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, message: messageOf(error) };
  }
  return { ok: true, rows };
}
