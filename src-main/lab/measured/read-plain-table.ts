import { PLAIN_TABLE_SCHEMA, PLAIN_TABLES } from '#contract';
import type { MeasuredProblem, PlainTableDocument } from '#contract';
import { ProblemList } from './problem-list.ts';
import { readCsvRows } from './read-csv-rows.ts';
import type { TextChunks } from './read-csv-rows.ts';

/** The largest table that is read: 16 MiB. */
const BYTES_LIMIT = 16_777_216;

type PlainTable = PlainTableDocument['table'];

/** The columns by which each table is known; others may stand beside them. */
const COLUMNS: Readonly<Record<PlainTable, readonly string[]>> = {
  primitives: ['primitive', 'min_ns', 'p50_ns'],
  profile: ['op', 'layout', 'function', 'share', 'ns_per_call'],
};

/** Which table a header is that of; null for any other. */
export function plainTableOf(cells: readonly string[]): PlainTable | null {
  return (
    PLAIN_TABLES.find((table) => COLUMNS[table].every((column) => cells.includes(column))) ?? null
  );
}

export type PlainTableResult =
  | { readonly ok: true; readonly document: PlainTableDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

const EXPECTED = `allowed: a header with ${PLAIN_TABLES.map((table) => COLUMNS[table].join(', ')).join(', or with ')}`;

/**
 * Reads a table of user-space costs or of sampled functions. Its cells are kept as they stand.
 *
 * @throws What the chunks throw, such as a file that cannot be read.
 */
export async function readPlainTable(chunks: TextChunks): Promise<PlainTableResult> {
  const problems = new ProblemList();
  const lines: (readonly string[])[] = [];
  await readCsvRows(chunks, problems, BYTES_LIMIT, (cells, line) => {
    const [header] = lines;
    if (header !== undefined && cells.length !== header.length) {
      problems.add(line, `the row has ${cells.length} cells; allowed: ${header.length}`);
    } else {
      lines.push(cells.map((cell) => cell.trim()));
    }
  });
  const [columns = [], ...rows] = lines;
  const table = plainTableOf(columns);
  if (problems.isEmpty && table === null) problems.add(1, `this is no known table; ${EXPECTED}`);
  if (problems.isEmpty && rows.length === 0) problems.add(null, 'the table has no rows');
  if (!problems.isEmpty || table === null) return { ok: false, problems: problems.list() };
  const document: PlainTableDocument = {
    schema: PLAIN_TABLE_SCHEMA,
    kind: 'plain-table',
    table,
    columns,
    rows,
  };
  return { ok: true, document };
}
