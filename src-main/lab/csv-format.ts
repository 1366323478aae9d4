import type { Options } from 'csv-stringify';
import { neutraliseText } from '#contract';

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}

/**
 * How the laboratory writes CSV, for csv-stringify: RFC 4180 with line feeds and a header line, numbers
 * unquoted with a point, texts that no spreadsheet runs as a formula, nothing for null and for what is
 * no finite number.
 *
 * @param columns  Their names, in the order of the cells of a row.
 */
export function csvFormat(columns: readonly string[]): Options {
  // The line feed is not named: csv-stringify then also quotes cells with a carriage return in them.
  return { header: true, columns, cast: { string: neutraliseText, number: numberText } };
}
