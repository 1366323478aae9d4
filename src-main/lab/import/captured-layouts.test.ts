import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import { layoutCsvText, parseLayoutCsv } from './layout-csv.ts';

const folder = join(import.meta.dirname, '../../../experiments/layouts');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

/** The row a layout file should have in the table of the README. */
function tableRow(name: string): string {
  const content = readFileSync(join(folder, name));
  const result = parseLayoutCsv(content, name);
  if (!result.ok) throw new Error(result.problem.message);
  const extents = extentsFromLayout(result.layout);
  const gaps = extents.filter(({ vaPage }, index) => {
    const before = extents[index - 1];
    return before !== undefined && before.vaPage + before.pages < vaPage;
  }).length;
  const distinct = (values: readonly (string | number)[]): string =>
    [...new Set(values)].join(', ');
  const cells = [
    `\`${name}\``,
    extents.length,
    result.layout.mappedPages,
    gaps,
    distinct(extents.map(({ order }) => order).sort((a, b) => a - b)),
    distinct(extents.map(({ leaf }) => leaf)),
    distinct(extents.map(({ flags }) => flags.join('\\|'))),
    `\`${createHash('sha256').update(content).digest('hex').slice(0, 12)}\``,
  ];
  return `| ${cells.join(' | ')} |`;
}

describe('the captured layouts', () => {
  const names = globSync('*.csv', { cwd: folder }).sort();

  it('stand in the table of their README as they are', () => {
    const rows = readme
      .split('\n')
      .filter((line) => line.startsWith('| `') && line.includes('.csv`'))
      .map((line) => line.replaceAll(/ +/g, ' '));

    expect(names.length).toBe(8);
    expect(rows).toEqual(names.map(tableRow));
  });

  it.each(names)('[LAY-12] %s is written back byte for byte', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const result = parseLayoutCsv(text, name);

    expect(result.ok && layoutCsvText(result.layout)).toBe(text);
  });

  it('are named and described one by one', () => {
    const described = [...readme.matchAll(/^- `(\w+)`/gm)].map(([, name]) => `${name}.csv`);

    expect(described.toSorted()).toEqual(names.map((name) => basename(name)));
  });

  it('come with an example of the format that can be read', () => {
    const example = /```csv\n([^`]*)```/.exec(readme)?.[1] ?? '';

    expect(parseLayoutCsv(example, 'README.md').ok).toBe(true);
  });
});
