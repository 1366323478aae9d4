import type { MeasuredProblem, SpanRow, SpanTableDocument } from '#contract';
import { nearestName, SPAN_MODES, SPAN_TABLE_SCHEMA } from '#contract';
import { ProblemList, quotedText } from './problem-list.ts';
import { readCsvRows } from './read-csv-rows.ts';
import type { TextChunks } from './read-csv-rows.ts';
import { SpanCells } from './span-cells.ts';

/** The largest table that is read: 16 MiB, about 150,000 rows. */
export const SPAN_TABLE_BYTES_LIMIT = 16_777_216;

/** All columns that are read. */
const COLUMNS = [
  'run',
  'device',
  'op',
  'test',
  'layout',
  'mode',
  'bytes',
  'offset_bytes',
  'pages',
  'folios',
  'folio_pages',
  'phys_runs',
  'leaf_entries',
  'pmd_share',
  'variant',
  'metric',
  'n',
  'min_ns',
  'p50_ns',
  'p90_ns',
  'p99_ns',
  'mean_ns',
] as const;

/** Without these a row says nothing; `mode` is missing in tables that have a `test`. */
const REQUIRED = ['layout', 'mode', 'bytes', 'metric', 'p50_ns'] as const;

/** So many of those tell a measurement table from any other. */
const ENOUGH_COLUMNS = 3;

/** Metrics that only direct I/O has, for tables that leave out its device and operation. */
const DIRECT_IO_METRICS: ReadonlySet<string> = new Set([
  'syscall',
  'syscall_traced',
  'get_pages_span',
  'enter_queue_span',
  'device_span',
  'release_span',
  'probe_cost',
]);

/** A whole table, or what is wrong with it and nothing else. */
export type SpanTableResult =
  | { readonly ok: true; readonly document: SpanTableDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

/** Whether these cells are the header of a measurement table, complete or not. */
export function isSpanTableHeader(cells: readonly string[]): boolean {
  const names = new Set(cells.map((cell) => cell.trim()));
  return REQUIRED.filter((name) => names.has(name)).length >= ENOUGH_COLUMNS;
}

function columnsFromHeader(
  cells: readonly string[],
  line: number,
  problems: ProblemList,
): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const name = cell.trim();
    if (columns.has(name)) problems.add(line, `column ${quotedText(name)} stands there twice`);
    columns.set(name, index);
  }
  for (const name of REQUIRED) {
    if (columns.has(name) || (name === 'mode' && columns.has('test'))) continue;
    const found = [...columns.keys()].filter((column) => !REQUIRED.some((each) => each === column));
    const near = nearestName(name, found);
    const hint = near === null ? '' : `, and ${quotedText(near)} is none of them`;
    problems.add(line, `column ${name} is missing; a table needs ${REQUIRED.join(', ')}${hint}`);
  }
  if (!problems.isEmpty) problems.addLast(line, 'nothing below this header was read');
  return columns;
}

function tableOf(cells: SpanCells): SpanRow['table'] {
  if (cells.raw('test') !== '') return 'contention';
  const isDirectIo =
    cells.raw('device') !== '' ||
    cells.raw('op') !== '' ||
    DIRECT_IO_METRICS.has(cells.raw('metric'));
  return isDirectIo ? 'direct-io' : 'pin-register';
}

function modeOf(cells: SpanCells, table: SpanRow['table']): SpanRow['mode'] {
  const found = cells.raw('mode');
  if (found === '' && table === 'contention') return null;
  const mode = SPAN_MODES.find((each) => each === found);
  if (mode === undefined) cells.refuse('mode', SPAN_MODES.join(', '));
  return mode ?? null;
}

/** Percentiles must ascend from the least value. */
function checkOrder(cells: SpanCells): void {
  let least: { readonly column: string; readonly value: number } | null = null;
  for (const column of ['min_ns', 'p50_ns', 'p90_ns', 'p99_ns']) {
    const value = Number(cells.raw(column));
    if (cells.raw(column) === '' || !(value >= 0)) continue;
    if (least !== null && value < least.value) {
      cells.refuse(column, `at least ${least.value}, which is ${least.column}`);
    }
    least = { column, value };
  }
}

function rowFromCells(cells: SpanCells, line: number): SpanRow {
  const table = tableOf(cells);
  checkOrder(cells);
  return {
    line,
    table,
    run: cells.count('run'),
    layout: cells.requiredText('layout'),
    mode: modeOf(cells, table),
    bytes: cells.requiredSize('bytes', table === 'contention' ? 0 : 1),
    offsetBytes: cells.count('offset_bytes'),
    metric: cells.requiredText('metric'),
    device: cells.text('device'),
    op: cells.text('op'),
    pages: cells.count('pages'),
    folios: cells.figure('folios'),
    folioPages: cells.figure('folio_pages'),
    physicalRuns: cells.figure('phys_runs'),
    leafEntries: cells.figure('leaf_entries'),
    pmdShare: cells.figure('pmd_share'),
    test: cells.text('test'),
    variant: cells.text('variant'),
    samples: cells.count('n'),
    minNs: cells.figure('min_ns'),
    p50Ns: cells.requiredFigure('p50_ns'),
    p90Ns: cells.figure('p90_ns'),
    p99Ns: cells.figure('p99_ns'),
    meanNs: cells.figure('mean_ns'),
  };
}

/**
 * Reads a measurement table: a CSV with a header that names its columns, in any order. `layout`,
 * `mode` (but for rows with a `test`), `bytes`, `metric` and `p50_ns` must be there; other columns may be
 * missing and cells of theirs may be empty. A row whose layout or metric is unknown is still a row.
 *
 * @param chunks  The file, streaming; at most `SPAN_TABLE_BYTES_LIMIT` bytes.
 * @returns All rows in their order, or up to 20 faults, each with its line and column.
 * @throws What the chunks throw, such as a file that cannot be read.
 */
export async function readSpanTable(chunks: TextChunks): Promise<SpanTableResult> {
  const problems = new ProblemList();
  const rows: SpanRow[] = [];
  const header: { columns: ReadonlyMap<string, number> | null } = { columns: null };
  await readCsvRows(chunks, problems, SPAN_TABLE_BYTES_LIMIT, (cells, line) => {
    const { columns } = header;
    if (columns === null) {
      header.columns = columnsFromHeader(cells, line, problems);
    } else if (cells.length !== columns.size) {
      problems.add(line, `the row has ${cells.length} cells; allowed: ${columns.size}`);
    } else {
      rows.push(rowFromCells(new SpanCells(columns, cells, line, problems), line));
    }
  });
  if (rows.length === 0 && problems.isEmpty) {
    problems.add(null, 'the table has no rows; allowed: a header and a row for each measurement');
  }
  if (!problems.isEmpty) return { ok: false, problems: problems.list() };
  const known = new Set<string>(COLUMNS);
  const names = [...(header.columns?.keys() ?? [])];
  const unreadColumns = names.filter((name) => !known.has(name));
  return {
    ok: true,
    document: { schema: SPAN_TABLE_SCHEMA, kind: 'span-table', unreadColumns, rows },
  };
}
