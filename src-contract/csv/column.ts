import type { CellValue } from './csv-text.ts';

/** One column of a CSV table. The unit, where there is one, is in the name. */
export type Column<Row> = {
  readonly name: string;
  readonly meaning: string;
  /** `text` cells are neutralised against spreadsheets; an empty cell means that there is no value. */
  readonly kind: 'text' | 'number';
  readonly valueOf: (row: Row) => CellValue;
};

/** A column of words. */
export function textColumn<Row>(
  name: string,
  meaning: string,
  valueOf: (row: Row) => string | null,
): Column<Row> {
  return { name, meaning, kind: 'text', valueOf };
}

/** A column of figures. */
export function numberColumn<Row>(
  name: string,
  meaning: string,
  valueOf: (row: Row) => number | null,
): Column<Row> {
  return { name, meaning, kind: 'number', valueOf };
}

/** `naturalBoundary` is called `natural_boundary` in a table, `lock_op.mark` is `lock_op_mark`. */
export function columnName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('.', '_');
}
