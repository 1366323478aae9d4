import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { simulate } from '#core';
import { resultTables, restoreText } from '#contract';
import type { CellValue, ResultTable, RunRecord, StoredTrial } from '#contract';
import { openLibrary } from '../index.ts';
import type { Library } from '../index.ts';
import { storedTrialFromResult } from '../queue/stored-trial.ts';
import { smallLayout, smallTrials } from '../testing/small-plan.ts';
import { startSmallRun } from '../testing/start-small-run.ts';
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
function cellsOf(
  table: ResultTable,
  run: RunRecord,
  trials: readonly StoredTrial[],
): (readonly CellValue[])[] {
  return trials.flatMap((trial) => [...table.cellsOf(trial, run)]);
}

/** Reads a file back as values, by the kinds of the table's columns. */
function valuesIn({ fileName, columns }: ResultTable): CellValue[][] {
  const [header, ...rows]: string[][] = parse(read(fileName));
  expect(header).toEqual(columns.map(({ name }) => name));
  return rows.map((cells) =>
    cells.map((cell, index) => {
      if (cell === '') return null;
      return columns[index]?.kind === 'number' ? Number(cell) : restoreText(cell);
    }),
  );
}

/** The runs and trials whose rows `trials.csv` holds. */
function exportedTrials(): CellValue[][] {
  return resultTables
    .filter(({ fileName }) => fileName === 'trials.csv')
    .flatMap(valuesIn)
    .map(([runId = null, trialId = null]) => [runId, trialId]);
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

  for (const table of resultTables) {
    expect(valuesIn(table)).toEqual(emptyAsNull(cellsOf(table, run, stored)));
  }
});

it('writes UTF-8 with line feeds, and no cell that a spreadsheet runs as a formula', async () => {
  const run = storeSmallRun(library, smallTrials({ layouts: { '@µ=1': smallLayout({}) } }));

  await exportCsv(library, [run], folder);

  const text = read('trials.csv');
  expect(text).toContain(",'@µ=1,");
  expect(text).not.toContain('\r');
  expect(text.endsWith('\n')).toBe(true);
});

it('writes the bytes of every row, the trials of a run in the order of its plan', async () => {
  const run = storeSmallRun(library, smallTrials());
  const stored = [...library.trials(run.id)];

  await exportCsv(library, [run], folder);

  const texts = resultTables.map((table) =>
    [table.columns.map(({ name }) => name), ...cellsOf(table, run, stored)]
      .map((cells) => `${cells.map((cell) => cell ?? '').join(',')}\n`)
      .join(''),
  );
  expect(resultTables.map(({ fileName }) => read(fileName))).toEqual(texts);
});

it('exports a cancelled run with the trials it has, and several runs one after the other', async () => {
  const [first, second] = smallTrials();
  const cancelled = storeSmallRun(library, first === undefined ? [] : [first], {
    status: 'cancelled',
  });
  const finished = storeSmallRun(library, second === undefined ? [] : [second]);

  await exportCsv(library, [cancelled, finished], folder);

  expect(exportedTrials()).toEqual([
    [cancelled.id, first?.id],
    [finished.id, second?.id],
  ]);
});

it('has the same trials in every table of a run that goes on meanwhile', async () => {
  const [first, second] = smallTrials().map((trial, position) =>
    storedTrialFromResult({ trial, position }, simulate(trial)),
  );
  if (first === undefined || second === undefined) throw new Error('the plan has two trials');
  const run = startSmallRun(library, 2);
  library.appendTrials(run.id, [first]);
  const growing: Pick<Library, 'trials' | 'trialIds'> = {
    trialIds: library.trialIds,
    *trials(runId) {
      yield* library.trials(runId);
      if (library.trialIds(runId).size === 1) library.appendTrials(runId, [second]);
    },
  };

  await exportCsv(growing, [run], folder);

  expect(resultTables.map(valuesIn)).toEqual(
    resultTables.map((table) => emptyAsNull(cellsOf(table, run, [first]))),
  );
});

it('writes headers alone for a run without trials', async () => {
  await exportCsv(library, [storeSmallRun(library, [])], folder);

  expect(resultTables.map(valuesIn)).toEqual([[], [], [], []]);
});

it('leaves earlier tables as they were, and no others, when a trial cannot be read', async () => {
  const run = storeSmallRun(library, smallTrials());
  await exportCsv(library, [run], folder);
  const before = readdirSync(folder).map((name) => [name, read(name)]);
  const damaged: Pick<Library, 'trials' | 'trialIds'> = {
    trialIds: library.trialIds,
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
