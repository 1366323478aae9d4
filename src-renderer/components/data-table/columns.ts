import type { CellValue } from '#contract';
import type { IconName } from '../icon-paths.ts';

/** One column of a table of `Row`s, as data. */
export type TableColumn<Row> = {
  readonly id: string;
  readonly title: string;
  /** What a row has here: sorted, searched and exported. */
  readonly value: (row: Row) => CellValue;
  /** What is shown for it; the value itself where it is left out. */
  readonly text?: (row: Row) => string;
  /** Of the value, as an exported heading has it: `ns`, `bytes`. */
  readonly unit?: string;
  /** What the title leaves open; a hint on the heading. */
  readonly description?: string;
  /** Drawn in the heading instead of the title, which becomes a hint. */
  readonly icon?: IconName;
  /** Figures stand to the right and are sorted from the largest. */
  readonly isNumeric?: boolean;
  /** Unit: CSS pixels; 110 where it is left out. */
  readonly width?: number;
  /** Takes the space the others leave; at most one column of a table. */
  readonly isFlexible?: boolean;
  /** Stays when one scrolls aside; the first column of a table only. */
  readonly isFrozen?: boolean;
  readonly isHiddenAtFirst?: boolean;
  /** Cannot be hidden, and is no candidate for "hide constant columns". */
  readonly isAlwaysShown?: boolean;
  /** Heading in the list of columns. */
  readonly group?: string;
};

const DEFAULT_WIDTH = 110;

export function widthOf(column: { readonly width?: number }): number {
  return column.width ?? DEFAULT_WIDTH;
}

/** What a cell shows. */
export function shownText<Row>(column: TableColumn<Row>, row: Row): string {
  if (column.text !== undefined) return column.text(row);
  const value = column.value(row);
  return value === null ? '–' : String(value);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order of two cells, smaller first: figures before text, `10k` after `9k`. */
export function compareCells(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return collator.compare(a ?? '', b ?? '');
}

/** The columns in which all rows have the same value; none while there are fewer than two rows. */
export function constantColumns<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): ReadonlySet<string> {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return new Set();
  return new Set(
    columns
      .filter((column) => {
        if (column.isAlwaysShown === true) return false;
        const value = column.value(first);
        return others.every((row) => column.value(row) === value);
      })
      .map(({ id }) => id),
  );
}

/** A table as it is on screen, for a file. */
export type VisibleTable = {
  /** Of the rows, in their order. */
  readonly ids: readonly string[];
  readonly columns: readonly {
    readonly id: string;
    readonly title: string;
    readonly unit: string | null;
  }[];
  readonly rows: readonly (readonly CellValue[])[];
};

/** The rows and columns given, by value. */
export function visibleTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  rowId: (row: Row) => string,
): VisibleTable {
  return {
    ids: rows.map(rowId),
    columns: columns.map(({ id, title, unit }) => ({ id, title, unit: unit ?? null })),
    rows: rows.map((row) => columns.map((column) => column.value(row))),
  };
}
