import { stringify } from 'csv-stringify/browser/esm/sync';
import { neutraliseText } from '#contract';
import type { ChartCell, ChartTable } from './chart-table.ts';
import { provenanceFields } from './provenance.ts';
import type { Provenance } from './provenance.ts';

function harmless(cell: ChartCell): string | number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  return cell === null ? null : neutraliseText(cell);
}

/**
 * Rows as CSV: RFC 4180, a header line, units in the names of columns, texts neutralised.
 *
 * @param provenance  Repeated in the last columns of every row, where it survives being joined with
 *   other files.
 */
export function csvFromTable(
  {
    columns,
    rows,
  }: Pick<ChartTable, 'rows'> & {
    readonly columns: readonly { readonly name: string }[];
  },
  provenance: Provenance,
): string {
  const fields = provenanceFields(provenance);
  const origin = fields.map(({ value }) => value);
  return stringify(
    rows.map((row) => [...row, ...origin].map(harmless)),
    { header: true, columns: [...columns, ...fields].map(({ name }) => name) },
  );
}
