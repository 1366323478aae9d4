import { expect, it } from 'vitest';
import { parseExperimentFile } from '#contract';
import type { LayoutRow } from '#contract';
import { NEW_EXPERIMENT } from '../pages/design/draft/new-parts.ts';
import { droppedKind } from './dropped-kind.ts';
import { draftWithLayout, MOST_ROWS } from './layout-in-draft.ts';

const ROWS: readonly LayoutRow[] = [
  [0, 4096, 6, 4, 'pte', 'anon'],
  [6, 9001, 1, 0, 'pte', 'file|shared'],
];

function layoutsOf(text: string) {
  const parsed = parseExperimentFile(text, 'draft');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file.layouts;
}

it('knows sessions and experiments by their endings', () => {
  const names = ['Reads.FOLIOLAB', 'a.yaml', 'a.yml', 'yaml', 'notes.txt', ''];

  expect(names.map((name) => droppedKind(name, ''))).toEqual([
    'session',
    'experiment',
    'experiment',
    'measured',
    'measured',
    'measured',
  ]);
});

it('knows a layout by its heading and not by its ending', () => {
  const heading = 'va_page,pfn,pages,order,leaf,flags';

  expect([
    droppedKind('heap.csv', `${heading}\n0,1,1,0,pte,\n`),
    droppedKind('heap.txt', `\n ${heading}\r\n`),
    droppedKind('heap.csv', 'pfn,pages,va_page\n'),
    droppedKind('direct-io.csv', 'layout,mode,bytes,metric,p50_ns\nbase,hot,4096,pin,1\n'),
    droppedKind('heap.csv', `0,1,1,0,pte,\n${heading}\n`),
  ]).toEqual(['layout', 'layout', 'layout', 'measured', 'measured']);
});

it('takes a layout into a draft behind those that are there, under a name of its own', () => {
  const first = draftWithLayout(NEW_EXPERIMENT, { fileName: 'heap.csv', rows: ROWS });
  const second = draftWithLayout(first.ok ? first.text : '', { fileName: 'heap.csv', rows: ROWS });

  const layouts = layoutsOf(second.ok ? second.text : '');
  expect(layouts.map(({ name }) => name)).toEqual(['base-4k', 'mthp-128k', 'heap', 'heap-2']);
  expect(layouts.at(-1)?.extents).toEqual([
    [0, 4096, 6, 4, 'pte', ['anon']],
    [6, 9001, 1, 0, 'pte', ['file', 'shared']],
  ]);
});

it('begins an experiment with a layout where there is no draft', () => {
  const begun = draftWithLayout(null, { fileName: 'heap.csv', rows: ROWS });

  expect(layoutsOf(begun.ok ? begun.text : '').map(({ name }) => name)).toEqual(['heap']);
});

it('says why a layout cannot be taken in', () => {
  const rows = Array.from(
    { length: MOST_ROWS + 1 },
    (): LayoutRow => ROWS[0] ?? [0, 0, 1, 0, '', ''],
  );

  expect([
    draftWithLayout(NEW_EXPERIMENT, { fileName: 'heap.csv', rows }),
    draftWithLayout('layouts: [', { fileName: 'heap.csv', rows: ROWS }),
  ]).toEqual([
    {
      ok: false,
      message:
        'heap.csv has 2,001 rows, and a draft takes at most 2,000 rows; keep it beside the experiment file and name it there as "file: heap.csv".',
    },
    { ok: false, message: 'The draft is no YAML: mend it before heap.csv is added.' },
  ]);
});
