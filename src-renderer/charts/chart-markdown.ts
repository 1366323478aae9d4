import { cellText } from './cell-text.ts';
import { escapedCell, markdownTable } from './markdown-table.ts';
import type { ChartPicture } from './picture.ts';
import { provenanceLine } from './provenance.ts';
import type { Provenance } from './provenance.ts';

/** The figures behind a chart as Markdown, with its title and where they come from. */
export function chartMarkdown(
  { title, table }: Pick<ChartPicture, 'title' | 'table'>,
  provenance: Provenance,
): string {
  const { columns, rows } = table();
  const lines = [
    `## ${escapedCell(title)}`,
    '',
    ...markdownTable(
      columns.map((column) => ({ title: column.title, isNumeric: column.kind !== 'text' })),
      rows.map((row) => columns.map(({ kind }, index) => cellText(kind, row[index] ?? null))),
    ),
    '',
    `_${escapedCell(provenanceLine(provenance))}_`,
  ];
  return `${lines.join('\n')}\n`;
}
