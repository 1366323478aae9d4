import { LAYOUT_HEADING } from '../layout-rows/layout-heading.ts';

/** What a file that is dropped on the window can be; the laboratory tells what was measured. */
export type DroppedKind = 'session' | 'experiment' | 'layout' | 'measured';

/** What can be dropped, as the end of a sentence. */
export const DROPPABLE =
  'a session (.foliolab), an experiment (.yaml), a layout (.csv), a cost model, or what was measured: ' +
  'gup_test output, a function_graph trace, fio JSON or a table';

/** As much of a file as holds the heading of a layout. Unit: bytes. */
export const HEAD_BYTES = 4096;
/** Columns that make a table a layout. */
const LEAST_COLUMNS = 3;

function isLayout(head: string): boolean {
  const heading = /^\s*([^\r\n]*)/.exec(head)?.[1] ?? '';
  const cells = new Set(heading.split(',').map((cell) => cell.trim()));
  return LAYOUT_HEADING.filter((name) => cells.has(name)).length >= LEAST_COLUMNS;
}

/**
 * What a file is taken for: sessions and experiments by their names, a layout by its heading, and
 * everything else for something measured.
 *
 * @param head  The first {@link HEAD_BYTES} of the file, as text.
 */
export function droppedKind(name: string, head: string): DroppedKind {
  if (/\.foliolab$/i.test(name)) return 'session';
  if (/\.ya?ml$/i.test(name)) return 'experiment';
  return isLayout(head) ? 'layout' : 'measured';
}
