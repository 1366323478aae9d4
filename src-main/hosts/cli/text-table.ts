/** A column of a table for people. */
export type Column<Row> = {
  readonly title: string;
  /** Figures stand right, words left. */
  readonly align: 'left' | 'right';
  readonly text: (row: Row) => string;
};

/** Columns stand this far apart. */
const GAP = '  ';

function pad(text: string, width: number, align: 'left' | 'right'): string {
  return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

/** Sets rows in columns, as wide as their widest cell; a line under the titles. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ];
  const widths = columns.map((_column, index) =>
    Math.max(...cells.map((line) => line[index]?.length ?? 0)),
  );
  const lines = cells.map((line) =>
    columns
      .map(({ align }, index) => pad(line[index] ?? '', widths[index] ?? 0, align))
      .join(GAP)
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join(GAP);
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].join('\n');
}

/** Breaks words into lines of at most `width` columns; the lines after the first begin with `indent`. */
export function wrapWords(text: string, width: number, indent: string): string {
  const [first = '', ...words] = text.split(' ');
  const lines: string[] = [];
  let line = first;
  for (const word of words) {
    if (line.length + 1 + word.length <= width || line.trim() === '') {
      line += ` ${word}`;
    } else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
