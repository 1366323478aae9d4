import { buildLayout, LEAF_LEVELS, PAGE_FLAGS } from '#core';
import type { Extent, Layout, LeafLevel, PageFlag } from '#core';
import type { LayoutRow } from '#contract';

/** A layout, or one sentence without a full stop that says why there is none. */
export type LayoutReading =
  { readonly ok: true; readonly layout: Layout } | { readonly ok: false; readonly message: string };

const HEADING = 'va_page,pfn,pages,order,leaf,flags';
const FORM = `${HEADING}, such as 0,4096,32,5 or 0,4096,512,9,pmd,anon`;

function isLeaf(word: string): word is LeafLevel {
  return LEAF_LEVELS.some((leaf) => leaf === word);
}
function isFlag(word: string): word is PageFlag {
  return PAGE_FLAGS.some((flag) => flag === word);
}

function extentFromCells(cells: readonly string[]): Extent | string {
  const [vaPage = '', pfn = '', pages = '', order = '', leaf = '', flagText = ''] = cells;
  const figures = [vaPage, pfn, pages, order];
  if (cells.length > 6 || !figures.every((figure) => /^\d{1,13}$/.test(figure))) {
    return `found ${JSON.stringify(cells.join(','))}; a row is ${FORM}`;
  }
  const level = leaf === '' ? 'pte' : leaf;
  if (!isLeaf(level)) return `leaf: found "${leaf}"; allowed: ${LEAF_LEVELS.join(', ')}`;
  const flags = flagText.split('|').filter((flag) => flag !== '');
  const unknown = flags.find((flag) => !isFlag(flag));
  if (unknown !== undefined) {
    return `flags: found "${unknown}"; allowed: ${PAGE_FLAGS.join(', ')}`;
  }
  const [first, second, third, fourth] = figures.map(Number);
  return {
    vaPage: first ?? 0,
    pfn: second ?? 0,
    pages: third ?? 0,
    order: fourth ?? 0,
    leaf: level,
    flags: flags.filter(isFlag),
  };
}

type Line = { readonly number: number; readonly cells: readonly string[] };

function linesOf(text: string): readonly Line[] {
  return text.split('\n').flatMap((line, index) => {
    const cells = line.split(',').map((cell) => cell.trim());
    const isEmpty = line.trim() === '' || cells[0] === 'va_page';
    return isEmpty ? [] : [{ number: index + 1, cells }];
  });
}

/** Reads rows of a layout CSV; the heading may be there, leaf (`pte`) and flags (`anon`) may not. */
export function layoutFromRowsText(text: string): LayoutReading {
  const lines = linesOf(text);
  const extents: Extent[] = [];
  for (const { number, cells } of lines) {
    const extent = extentFromCells(cells);
    if (typeof extent === 'string') return { ok: false, message: `line ${number}: ${extent}` };
    extents.push(extent);
  }
  if (extents.length === 0) return { ok: false, message: `found no row; a row is ${FORM}` };
  const result = buildLayout(extents);
  if (result.ok) return result;
  const line = lines[result.problem.row]?.number ?? 1;
  return { ok: false, message: `line ${line}: ${result.problem.message}` };
}

/** Builds a layout from rows as the laboratory sends them. */
export function layoutFromLabRows(rows: readonly LayoutRow[]): LayoutReading {
  const text = rows.map((row) => row.join(',')).join('\n');
  return layoutFromRowsText(text);
}

/** Rows as a layout CSV that the command line reads. */
export function csvFromRowsText(text: string): string {
  const rows = linesOf(text).map(({ cells }) => {
    const [vaPage = '', pfn = '', pages = '', order = '', leaf = '', flags = ''] = cells;
    return [vaPage, pfn, pages, order, leaf || 'pte', flags || 'anon'].join(',');
  });
  return [HEADING, ...rows, ''].join('\n');
}
