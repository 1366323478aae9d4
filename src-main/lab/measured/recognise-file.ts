import { LAYOUT_CSV_COLUMNS } from '../import/layout-csv.ts';
import { plainTableOf } from './read-plain-table.ts';
import { isSpanTableHeader } from './read-span-table.ts';
import { recogniseTrace } from './recognise-trace.ts';
import type { TraceTextKind } from './recognise-trace.ts';

/** What a file is, so that its reader can be chosen. */
export type FileFormat =
  | TraceTextKind
  | 'layout'
  | 'fio'
  | 'span-table'
  | 'plain-table'
  | 'session-file'
  | 'cost-model'
  | 'experiment';

/** What can be imported, as messages list it. */
export const IMPORTED_FILES =
  'a layout CSV, a measurement table, gup_test output, a function_graph trace, fio output (JSON or JSON+), a cost model or a session file';

const SQLITE_MAGIC = 'SQLite format 3\0';

/** The cells of the first line that is not blank. */
function headerCells(text: string): readonly string[] {
  const line = /^\s*([^\r\n]*)/.exec(text)?.[1] ?? '';
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function recogniseTable(cells: readonly string[]): FileFormat | null {
  if (LAYOUT_CSV_COLUMNS.filter((name) => cells.includes(name)).length > 2) return 'layout';
  if (plainTableOf(cells) !== null) return 'plain-table';
  return isSpanTableHeader(cells) ? 'span-table' : null;
}

/**
 * Tells by its content what a file is; null for one that nothing here reads.
 *
 * @param head      The first bytes of the file: at least its header or first results.
 * @param fileName  Decides where the content does not.
 */
export function recogniseFile(head: Uint8Array, fileName: string): FileFormat | null {
  const text = new TextDecoder().decode(head);
  if (text.startsWith(SQLITE_MAGIC)) return 'session-file';
  const table = recogniseTable(headerCells(text));
  if (table !== null) return table;
  if (/^\s*\{/.test(text) && /"schema"\s*:\s*"folio-lab\/cost-model@/.test(text)) {
    return 'cost-model';
  }
  if (/^\s*"fio version"\s*:|\{\s*"fio version"\s*:/m.test(text)) return 'fio';
  if (/^schema:\s*['"]?folio-lab\/experiment@/m.test(text) || /\.ya?ml$/i.test(fileName)) {
    return 'experiment';
  }
  const trace = recogniseTrace(text);
  if (trace !== null) return trace;
  return /\.foliolab$/i.test(fileName) ? 'session-file' : null;
}
