/** One column of a Markdown table. */
export type MarkdownColumn = { readonly title: string; readonly isNumeric: boolean };

/** What Markdown would take for markup in a cell, or for the end of it. */
export function escapedCell(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

/**
 * A table in Markdown, its columns as wide as their longest cell: most who read a cover letter see the
 * plain text.
 */
export function markdownTable(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const heads = columns.map(({ title }) => escapedCell(title));
  const cells = rows.map((row) => row.map(escapedCell));
  const widths = heads.map((head, index) =>
    Math.max(3, head.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string => {
    const padded = widths.map((width, index) => {
      const cell = row[index] ?? '';
      return columns[index]?.isNumeric === true ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, index) =>
    columns[index]?.isNumeric === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(heads), `| ${rule.join(' | ')} |`, ...cells.map(line)];
}

/** As mailing lists have it. Unit: characters. */
const LINE_LENGTH = 75;

/**
 * A paragraph as lines that a mail keeps as they are.
 *
 * @param indent  Before every line but the first.
 */
export function wrapped(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= LINE_LENGTH || line === '') line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line];
}
