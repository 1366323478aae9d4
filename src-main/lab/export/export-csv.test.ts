import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  allocationsTable,
  eventsTable,
  latencyTable,
  lineText,
  neutraliseText,
  restoreText,
  trialsTable,
} from '#contract';
import type { CellValue, CsvTable, RunRecord, StoredTrial } from '#contract';
import { openLibrary } from '../index.ts';
import type { Library } from '../index.ts';
import { smallLayout, smallTrials } from '../testing/small-plan.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { createTemporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';
import { exportCsv } from './export-csv.ts';

let temporary: TemporaryFolder;
let folder: string;
let library: Library;

beforeEach(() => {
  temporary = createTemporaryFolder();
  folder = temporary.path;
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
  temporary.remove();
});

function read(fileName: string): string {
  return readFileSync(join(folder, fileName), 'utf8');
}

/** What a table says about trials, cell by cell. */
function cellsOf<Row>(
  table: CsvTable<Row>,
  run: RunRecord,
  trials: readonly StoredTrial[],
): CellValue[][] {
  return trials.flatMap((trial) =>
    Array.from(table.rowsOf(trial, run), (row) =>
      table.columns.map(({ valueOf }): CellValue => valueOf(row)),
    ),
  );
}

/** Reads a file back as values, by the kinds of the table's columns. */
function valuesIn<Row>(table: CsvTable<Row>): CellValue[][] {
  const [header, ...rows]: string[][] = parse(read(table.fileName));
  expect(header).toEqual(table.columns.map(({ name }) => name));
  return rows.map((cells) =>
    cells.map((cell, index) => {
      if (cell === '') return null;
      return table.columns[index]?.kind === 'number' ? Number(cell) : restoreText(cell);
    }),
  );
}

/** An empty text and no value look the same in a file. */
function emptyAsNull(rows: readonly (readonly CellValue[])[]): CellValue[][] {
  return rows.map((cells) => cells.map((cell) => (cell === '' ? null : cell)));
}

it('writes four tables that read back as the values of the trials', async () => {
  const formula = '=HYPERLINK("http://example.org","a"), "quoted"\nsecond line';
  const trials = smallTrials({
    layouts: { [formula]: smallLayout({}), "'plain": smallLayout({ order: 4 }) },
    workload: {
      queueDepth: 2,
      device: { parallelism: 1, service: { distribution: 'constant', meanNs: 4000 } },
    },
  });
  const run = storeSmallRun(library, trials);
  const stored = [...library.trials(run.id)];

  await exportCsv(library, [run], folder);

  expect(valuesIn(trialsTable)).toEqual(emptyAsNull(cellsOf(trialsTable, run, stored)));
  expect(valuesIn(latencyTable)).toEqual(cellsOf(latencyTable, run, stored));
  expect(valuesIn(eventsTable)).toEqual(cellsOf(eventsTable, run, stored));
  expect(valuesIn(allocationsTable)).toEqual(cellsOf(allocationsTable, run, stored));
});

it('writes UTF-8 with line feeds, and no cell that a spreadsheet runs as a formula', async () => {
  const run = storeSmallRun(library, smallTrials({ layouts: { '@µ=1': smallLayout({}) } }));

  await exportCsv(library, [run], folder);

  const text = read('trials.csv');
  expect(text).toContain(",'@µ=1,");
  expect(text).not.toContain('\r');
  expect(text.endsWith('\n')).toBe(true);
});

it('writes cells as csv-stringify does', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2 }), (cells) => {
      const harmless = cells.map((each) =>
        typeof each === 'string' ? neutraliseText(each) : each,
      );

      expect(lineText(cells)).toBe(stringify([harmless]));
    }),
  );
});

it('exports a cancelled run with the trials it has, and several runs one after the other', async () => {
  const [first, second] = smallTrials();
  const cancelled = storeSmallRun(library, first === undefined ? [] : [first], {
    status: 'cancelled',
  });
  const finished = storeSmallRun(library, second === undefined ? [] : [second]);

  await exportCsv(library, [cancelled, finished], folder);

  expect(valuesIn(trialsTable).map(([runId, trialId]) => [runId, trialId])).toEqual([
    [cancelled.id, first?.id],
    [finished.id, second?.id],
  ]);
});

it('writes headers alone for a run without trials', async () => {
  await exportCsv(library, [storeSmallRun(library, [])], folder);

  expect(valuesIn(trialsTable)).toEqual([]);
});

it('leaves earlier tables as they were, and no others, when a trial cannot be read', async () => {
  const run = storeSmallRun(library, smallTrials());
  await exportCsv(library, [run], folder);
  const before = readdirSync(folder).map((name) => [name, read(name)]);
  const damaged: Pick<Library, 'trials'> = {
    *trials(runId) {
      yield* library.trials(runId);
      throw new Error('the third trial is damaged');
    },
  };

  await expect(exportCsv(damaged, [run], folder)).rejects.toThrow('the third trial is damaged');

  expect(readdirSync(folder).map((name) => [name, read(name)])).toEqual(before);
});

it('refuses a folder that is a file, in one sentence', async () => {
  const path = join(folder, 'taken');
  writeFileSync(path, 'mine');

  await expect(exportCsv(library, [storeSmallRun(library, [])], path)).rejects.toThrow(
    `Nothing was written to ${path}: there is a file of this name.`,
  );
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

it('makes the folder it is to write to', async () => {
  const inner = join(folder, 'a', 'b');

  const paths = await exportCsv(library, [storeSmallRun(library, [])], inner);

  expect(readdirSync(inner).sort()).toEqual([
    'allocations.csv',
    'events.csv',
    'latency.csv',
    'trials.csv',
  ]);
  expect(paths).toHaveLength(4);
});

it('keeps every table when a folder has the name of one of them', async () => {
  mkdirSync(join(folder, 'events.csv'));

  await expect(exportCsv(library, [storeSmallRun(library, [])], folder)).rejects.toThrow(
    `Nothing was written to ${join(folder, 'events.csv')}: there is a folder of this name.`,
  );

  expect(readdirSync(folder)).toEqual(['events.csv']);
});
