import { widthOf } from './columns.ts';

/** How wide a user made the columns, by their ids. Unit: CSS pixels. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** Narrower than this there would be nothing left to take hold of. */
const LEAST_WIDTH = 44;
const MOST_WIDTH = 900;
/** What a press of a key adds or takes. */
export const WIDTH_STEP = 16;

type Sizable = { readonly id: string; readonly width?: number; readonly isFlexible?: boolean };

/** Whether what was remembered is a set of widths. */
export function isColumnWidths(value: unknown): value is ColumnWidths {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((width) => typeof width === 'number' && width >= LEAST_WIDTH)
  );
}

/** Widths with one changed, within what can be used. */
export function withWidth(widths: ColumnWidths, id: string, widthPx: number): ColumnWidths {
  const width = Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, widthPx)));
  return { ...widths, [id]: width };
}

/** Widths without one of them: the column is as wide as it was designed. */
export function withoutWidth(widths: ColumnWidths, id: string): ColumnWidths {
  return Object.fromEntries(Object.entries(widths).filter(([own]) => own !== id));
}

/** How wide a column is; null for one that takes what the others leave. */
export function columnWidth(column: Sizable, widths: ColumnWidths): number | null {
  const own = widths[column.id];
  if (own !== undefined) return own;
  return column.isFlexible === true ? null : widthOf(column);
}

/** A column that takes what the others leave has its designed width at least. */
export function leastTableWidth(columns: readonly Sizable[], widths: ColumnWidths): number {
  return columns.reduce((sum, column) => sum + (widths[column.id] ?? widthOf(column)), 0);
}
