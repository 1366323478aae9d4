import type { CellValue } from '#contract';
import { shownText } from './columns.ts';
import type { TableColumn } from './columns.ts';

type Comparison = ':' | '=' | '<' | '<=' | '>' | '>=';
type Term = {
  readonly isNegated: boolean;
  /** A column by id or title, lower case and without spaces; null for any column. */
  readonly column: string | null;
  readonly comparison: Comparison;
  readonly sought: string;
};

const TERM = /(-?)(?:([\p{L}\p{N}_%.-]+?)(<=|>=|[:=<>]))?("[^"]*"|[^\s"]+)/gu;

function comparisonFrom(text: string | undefined): Comparison {
  switch (text) {
    case '=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return text;
    default:
      return ':';
  }
}

/**
 * The terms of a filter text: words, `"words in quotes"`, `column:word`, `column=value`,
 * `column<figure` and so on; a minus in front turns a term round.
 */
export function termsFromText(text: string): readonly Term[] {
  return [...text.matchAll(TERM)].map(([, minus, column, comparison, sought = '']) => ({
    isNegated: minus === '-',
    column: column?.toLowerCase() ?? null,
    comparison: comparisonFrom(comparison),
    sought: sought.replaceAll('"', '').toLowerCase(),
  }));
}

function nameOf(title: string): string {
  return title.toLowerCase().replaceAll(/\s+/g, '');
}

function compares(value: CellValue, comparison: Comparison, sought: string): boolean {
  if (comparison === '=') return String(value ?? '').toLowerCase() === sought;
  const limit = Number(sought);
  if (typeof value !== 'number' || sought === '' || Number.isNaN(limit)) return false;
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case ':':
      return false;
  }
}

type Matcher<Row> = (row: Row) => boolean;

function matcherFrom<Row>(
  term: Term,
  columns: readonly TableColumn<Row>[],
  textOf: (row: Row) => string,
): Matcher<Row> {
  const column =
    term.column === null
      ? undefined
      : columns.find(
          ({ id, title }) => id.toLowerCase() === term.column || nameOf(title) === term.column,
        );
  if (column === undefined) {
    // No such column: the term is taken as it was typed.
    const typed =
      term.column === null ? term.sought : `${term.column}${term.comparison}${term.sought}`;
    return (row) => textOf(row).includes(typed);
  }
  if (term.comparison === ':') {
    return (row) => textOfCell(column, row).includes(term.sought);
  }
  return (row) => compares(column.value(row), term.comparison, term.sought);
}

/** Both what is shown and what is behind it can be searched. */
function textOfCell<Row>(column: TableColumn<Row>, row: Row): string {
  const value = column.value(row);
  const shown = shownText(column, row);
  return (typeof value === 'string' && value !== shown ? `${shown} ${value}` : shown).toLowerCase();
}

/** All that a row can be found by, in lower case. */
export function searchText<Row>(columns: readonly TableColumn<Row>[], row: Row): string {
  return columns.map((column) => textOfCell(column, row)).join('\n');
}

/**
 * The rows for which every term of a filter text holds.
 *
 * @param textOf  `searchText` of a row; a table that is filtered as one types keeps them.
 */
export function rowsMatching<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  text: string,
  textOf: (row: Row) => string = (row) => searchText(columns, row),
): readonly Row[] {
  const terms = termsFromText(text);
  if (terms.length === 0) return rows;
  const matchers = terms.map((term) => ({
    matches: matcherFrom(term, columns, textOf),
    isNegated: term.isNegated,
  }));
  return rows.filter((row) =>
    matchers.every(({ matches, isNegated }) => matches(row) !== isNegated),
  );
}
