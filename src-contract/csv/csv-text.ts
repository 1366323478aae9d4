/** What a spreadsheet takes for the start of a formula, with any marks of ours in front of it. */
const RUNS_AS_FORMULA = /^'*[=+\-@\t\r\n]/;
const NEUTRALISED = /^'+[=+\-@\t\r\n]/;

/**
 * Makes a text cell harmless in a spreadsheet: a leading `'` where it would be run as a formula.
 * `restoreText` is the exact way back, for any text.
 */
export function neutraliseText(text: string): string {
  return RUNS_AS_FORMULA.test(text) ? `'${text}` : text;
}

/** Takes the mark of `neutraliseText` away again. */
export function restoreText(text: string): string {
  return NEUTRALISED.test(text) ? text.slice(1) : text;
}

/** What a cell holds: text, a number, or nothing. */
export type CellValue = string | number | null;

/**
 * One cell as it stands in the file: numbers unquoted with a point, text neutralised and quoted where
 * RFC 4180 asks for it, nothing as nothing.
 */
export function cellText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = neutraliseText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a table, with its line feed. */
export function lineText(cells: readonly CellValue[]): string {
  return `${cells.map(cellText).join(',')}\n`;
}
