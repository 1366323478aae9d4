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
