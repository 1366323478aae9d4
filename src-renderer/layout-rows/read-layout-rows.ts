import { buildLayout, LEAF_LEVELS, PAGE_FLAGS } from '#core';
import type { Extent, Layout, LeafLevel, PageFlag } from '#core';
import type { LayoutRow } from '#contract';
import { LAYOUT_HEADING } from './layout-heading.ts';
import { rowsFromCsv } from './rows-from-csv.ts';
import type { CsvRow } from './rows-from-csv.ts';

/** A layout, or one sentence without a full stop that says why there is none. */
export type LayoutReading =
  { readonly ok: true; readonly layout: Layout } | { readonly ok: false; readonly message: string };

const FORM = `${LAYOUT_HEADING.join(',')}, such as 0,4096,32,5 or 0,4096,512,9,pmd,anon`;
const WHOLE_NUMBER = /^\d{1,13}$/;

function isLeaf(word: string): word is LeafLevel {
  return LEAF_LEVELS.some((leaf) => leaf === word);
}
function isFlag(word: string): word is PageFlag {
  return PAGE_FLAGS.some((flag) => flag === word);
}

/** An extent, or what is wrong with the cells. */
function extentFromCells(cells: readonly string[]): Extent | string {
  const [vaPage = '', pfn = '', pages = '', order = '', leaf = '', flagText = ''] = cells;
  const figures = [vaPage, pfn, pages, order];
  if (
    cells.length > LAYOUT_HEADING.length ||
    !figures.every((figure) => WHOLE_NUMBER.test(figure))
  ) {
    return `found ${JSON.stringify(cells.join(','))}; a row is ${FORM}`;
  }
  const level = leaf === '' ? 'pte' : leaf;
  if (!isLeaf(level)) return `leaf: found "${leaf}"; allowed: ${LEAF_LEVELS.join(', ')}`;
  const flags = flagText.split('|').filter((flag) => flag !== '');
  const unknown = flags.find((flag) => !isFlag(flag));
  if (unknown !== undefined) {
    return `flags: found "${unknown}"; allowed: ${PAGE_FLAGS.join(', ')}`;
  }
  return {
    vaPage: Number(vaPage),
    pfn: Number(pfn),
    pages: Number(pages),
    order: Number(order),
    leaf: level,
    flags: flags.filter(isFlag),
  };
}

function isHeading({ cells: [first] }: CsvRow): boolean {
  return first === LAYOUT_HEADING[0];
}

function layoutFromRows(rows: readonly CsvRow[]): LayoutReading {
  const own = rows.filter((row) => !isHeading(row));
  const extents: Extent[] = [];
  for (const { line, cells } of own) {
    const extent = extentFromCells(cells);
    if (typeof extent === 'string') return { ok: false, message: `line ${line}: ${extent}` };
    extents.push(extent);
  }
  if (extents.length === 0) return { ok: false, message: `found no row; a row is ${FORM}` };
  const result = buildLayout(extents);
  if (result.ok) return result;
  const line = own[result.problem.row]?.line ?? 1;
  return { ok: false, message: `line ${line}: ${result.problem.message}` };
}

/** Reads rows of a layout CSV; the heading may be there, leaf (`pte`) and flags (`anon`) may not. */
export function layoutFromRowsText(text: string): LayoutReading {
  const reading = rowsFromCsv(text);
  return reading.ok ? layoutFromRows(reading.rows) : reading;
}

/** Builds a layout from rows as the laboratory sends them. */
export function layoutFromLabRows(rows: readonly LayoutRow[]): LayoutReading {
  return layoutFromRows(rows.map((row, index) => ({ line: index + 1, cells: row.map(String) })));
}
