import { quotedText } from './problem-list.ts';
import type { ProblemList } from './problem-list.ts';

const DECIMAL = /^[0-9]+(?:\.[0-9]+)?$/;
const TEXT_LIMIT = 1000;

/** The cells of one row, by the names of their columns; says what is wrong with a cell. */
export class SpanCells {
  private readonly columns: ReadonlyMap<string, number>;
  private readonly cells: readonly string[];
  private readonly line: number;
  private readonly problems: ProblemList;

  constructor(
    columns: ReadonlyMap<string, number>,
    cells: readonly string[],
    line: number,
    problems: ProblemList,
  ) {
    this.columns = columns;
    this.cells = cells;
    this.line = line;
    this.problems = problems;
  }

  /** What the cell holds, trimmed; empty where there is no such column. */
  raw(column: string): string {
    const at = this.columns.get(column);
    return at === undefined ? '' : (this.cells[at] ?? '').trim();
  }

  /** Notes that a cell holds what it may not. */
  refuse(column: string, allowed: string): void {
    this.problems.add(
      this.line,
      `column ${column} is ${quotedText(this.raw(column))}; allowed: ${allowed}`,
    );
  }

  text(column: string): string | null {
    const found = this.raw(column);
    if (found.length > TEXT_LIMIT) this.refuse(column, `at most ${TEXT_LIMIT} characters`);
    return found === '' ? null : found;
  }

  requiredText(column: string): string {
    const found = this.text(column);
    if (found === null) this.refuse(column, 'at least one character');
    return found ?? '';
  }

  /** A number from 0; null where the cell is empty. */
  figure(column: string): number | null {
    const value = this.decimal(column);
    if (value === null || value <= Number.MAX_SAFE_INTEGER) return value;
    this.refuse(column, 'a number from 0 to 2^53 - 1 in decimal digits');
    return null;
  }

  /** A whole number from 0; null where the cell is empty. */
  count(column: string): number | null {
    const value = this.decimal(column);
    if (value === null || Number.isSafeInteger(value)) return value;
    this.refuse(column, 'a whole number from 0 to 2^53 - 1');
    return null;
  }

  /** A number that must be there. */
  requiredFigure(column: string): number {
    if (this.raw(column) === '') this.refuse(column, 'a number from 0 to 2^53 - 1');
    return this.figure(column) ?? 0;
  }

  /** A whole number that must be there. */
  requiredSize(column: string, least: 0 | 1): number {
    const value = this.decimal(column);
    if (value !== null && Number.isSafeInteger(value) && value >= least) return value;
    this.refuse(column, `a whole number from ${least} to 2^53 - 1`);
    return least;
  }

  /** Null where the cell is empty, NaN where it is no number in decimal digits. */
  private decimal(column: string): number | null {
    const found = this.raw(column);
    if (found === '') return null;
    return DECIMAL.test(found) ? Number(found) : NaN;
  }
}
