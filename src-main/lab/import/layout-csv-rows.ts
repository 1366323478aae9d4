import { buildLayout, LEAF_LEVELS, MAX_ORDER, PAGE_FLAGS, PAGE_NUMBER_LIMIT } from '#core';
import type { Extent, Layout, PageFlag } from '#core';

/** The columns of a layout CSV, in their order. */
export const LAYOUT_CSV_COLUMNS = ['va_page', 'pfn', 'pages', 'order', 'leaf', 'flags'] as const;

/** Why a file is no layout. */
export type LayoutCsvProblem = {
  /** Counted from 1; null when the fault is that of the file. */
  readonly line: number | null;
  /** One sentence that begins with the file and the line. */
  readonly message: string;
};

export type LayoutCsvResult =
  | { readonly ok: true; readonly layout: Layout }
  | { readonly ok: false; readonly problem: LayoutCsvProblem };

const HEADER = LAYOUT_CSV_COLUMNS.join(',');
const PLAIN_NUMBER = /^[0-9]+$/;
/** Longer texts are cut in messages. Unit: characters. */
const SHOWN_CHARACTERS = 60;

/** Text as it may stand in a message: one line, quoted, not longer than a reader wants. */
export function quotedText(text: string): string {
  return JSON.stringify(
    text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text,
  );
}

type CellReading<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly found: string };

/** A number column and its range. */
type NumberColumn = {
  readonly name: 'va_page' | 'pfn' | 'pages' | 'order';
  readonly least: number;
  readonly most: number;
  readonly allowed: string;
};

const NUMBER_COLUMNS: readonly NumberColumn[] = [
  { name: 'va_page', least: 0, most: PAGE_NUMBER_LIMIT - 1, allowed: '0 to 2^40 - 1' },
  { name: 'pfn', least: 0, most: PAGE_NUMBER_LIMIT - 1, allowed: '0 to 2^40 - 1' },
  { name: 'pages', least: 1, most: PAGE_NUMBER_LIMIT, allowed: '1 to 2^40' },
  { name: 'order', least: 0, most: MAX_ORDER, allowed: `0 to ${MAX_ORDER}` },
];

function readNumber(column: NumberColumn, cell: string): CellReading<number> {
  const value = PLAIN_NUMBER.test(cell) ? Number(cell) : NaN;
  if (value >= column.least && value <= column.most) return { ok: true, value };
  return {
    ok: false,
    found: `column ${column.name} is ${quotedText(cell)}; allowed: a whole number from ${column.allowed} in decimal digits`,
  };
}

function readFlags(cell: string): CellReading<readonly PageFlag[]> {
  const flags: PageFlag[] = [];
  for (const name of cell === '' ? [] : cell.split('|')) {
    const flag = PAGE_FLAGS.find((each) => each === name);
    if (flag === undefined) {
      const found = `column flags is ${quotedText(cell)}, and ${quotedText(name)} is no flag; allowed: ${PAGE_FLAGS.join(', ')}, joined by |, or nothing for anon`;
      return { ok: false, found };
    }
    flags.push(flag);
  }
  return { ok: true, value: flags };
}

/** Turns the cells of a CSV file into a layout, row by row; stops at the first fault. */
export class LayoutCsvRows {
  private readonly fileName: string;
  private readonly extents: Extent[] = [];
  /** The line each extent stands on. */
  private readonly lines: number[] = [];
  /** Equal cells share one list of flags. */
  private readonly knownFlags = new Map<string, readonly PageFlag[]>();
  private firstProblem: LayoutCsvProblem | null = null;
  private hasHeader = false;

  /** @param fileName  As messages name it. */
  constructor(fileName: string) {
    this.fileName = fileName;
  }

  /** Whether a fault was found: what follows it is not read. */
  get isRefused(): boolean {
    return this.firstProblem !== null;
  }

  /** Notes a fault, unless there was one before it. */
  refuse(line: number | null, text: string): void {
    const place = line === null ? this.fileName : `${this.fileName}:${line}`;
    this.firstProblem ??= { line, message: `${place}: ${text}` };
  }

  /** Takes the next row that is not blank; the first one is the header. */
  take(cells: readonly string[], line: number): void {
    if (this.isRefused) return;
    if (!this.hasHeader) {
      this.hasHeader = true;
      if (cells.join(',') !== HEADER) {
        this.refuse(line, `the header is ${quotedText(cells.join(','))}; allowed: ${HEADER}`);
      }
      return;
    }
    const extent = this.extentFromCells(cells, line);
    if (extent === null) return;
    this.extents.push(extent);
    this.lines.push(line);
  }

  /** The layout of all rows, or the first fault. */
  result(): LayoutCsvResult {
    if (!this.hasHeader) {
      this.refuse(
        null,
        `the file is empty; allowed: the header ${HEADER} and a row for each extent`,
      );
    }
    if (!this.isRefused) {
      const built = buildLayout(this.extents);
      if (built.ok) return built;
      this.refuse(this.lines[built.problem.row] ?? null, built.problem.message);
    }
    const problem = this.firstProblem ?? { line: null, message: `${this.fileName}: no layout` };
    return { ok: false, problem };
  }

  private extentFromCells(cells: readonly string[], line: number): Extent | null {
    if (cells.length !== LAYOUT_CSV_COLUMNS.length) {
      const found = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
      this.refuse(line, `the row has ${found}; allowed: 6 (${HEADER})`);
      return null;
    }
    const numbers: number[] = [];
    for (const [index, column] of NUMBER_COLUMNS.entries()) {
      const reading = readNumber(column, cells[index] ?? '');
      if (!reading.ok) {
        this.refuse(line, reading.found);
        return null;
      }
      numbers.push(reading.value);
    }
    const [vaPage = 0, pfn = 0, pages = 0, order = 0] = numbers;
    const [leafCell = '', flagsCell = ''] = cells.slice(NUMBER_COLUMNS.length);
    const leaf = LEAF_LEVELS.find((level) => level === leafCell);
    if (leaf === undefined) {
      this.refuse(
        line,
        `column leaf is ${quotedText(leafCell)}; allowed: ${LEAF_LEVELS.join(', ')}`,
      );
      return null;
    }
    const flags = this.flagsFromCell(flagsCell, line);
    return flags === null ? null : { vaPage, pfn, pages, order, leaf, flags };
  }

  private flagsFromCell(cell: string, line: number): readonly PageFlag[] | null {
    const known = this.knownFlags.get(cell);
    if (known !== undefined) return known;
    const reading = readFlags(cell);
    if (!reading.ok) {
      this.refuse(line, reading.found);
      return null;
    }
    this.knownFlags.set(cell, reading.value);
    return reading.value;
  }
}
