import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { stringify } from 'csv-stringify';
import { resultTables } from '#contract';
import type { CellValue, ResultTable, RunRecord, StoredTrial } from '#contract';
import { csvFormat } from '../csv-format.ts';
import type { Library } from '../library/index.ts';
import { exportErrorFrom } from './export-error.ts';
import { writeFilesTogether } from './unfinished-file.ts';
import type { UnfinishedFile } from './unfinished-file.ts';

/** Rows that are written before other work has its turn. */
const ROWS_PER_TURN = 500;

/** The trials that are exported, as often as they are asked for. */
type TrialSource = () => Iterable<{ readonly run: RunRecord; readonly trial: StoredTrial }>;

/** Settles which trials are exported: a run that goes on meanwhile has the same ones in every table. */
function settleTrials(
  library: Pick<Library, 'trials' | 'trialIds'>,
  runs: readonly RunRecord[],
): TrialSource {
  const settled = runs.map((run) => ({ run, ids: library.trialIds(run.id) }));
  return function* () {
    for (const { run, ids } of settled) {
      for (const trial of library.trials(run.id)) {
        if (ids.has(trial.parameters.id)) yield { run, trial };
      }
    }
  };
}

async function* rowsInTurns(
  { cellsOf }: ResultTable,
  trials: TrialSource,
): AsyncGenerator<readonly CellValue[], void, undefined> {
  for (const { run, trial } of trials()) {
    let rows = 0;
    for (const cells of cellsOf(trial, run)) {
      yield cells;
      rows += 1;
      if (rows % ROWS_PER_TURN === 0) await nextTurn();
    }
    // Streams that wait for nobody go on within one turn: nobody else would have one until the end.
    await nextTurn();
  }
}

async function writeTable(
  table: ResultTable,
  trials: TrialSource,
  file: UnfinishedFile,
): Promise<void> {
  const csv = stringify(csvFormat(table.columns.map(({ name }) => name)));
  csv.setEncoding('utf8');
  await pipeline(rowsInTurns(table, trials), csv, async (texts: AsyncIterable<string>) => {
    for await (const text of texts) await file.write(text);
  });
}

/**
 * Writes the tables of runs as CSV: `trials.csv`, `latency.csv`, `events.csv` and `allocations.csv`.
 *
 * A few trials are in memory at a time, however many there are. All tables hold the same trials. Files of
 * these names are replaced when all four are complete; until then, and when the export fails, they are
 * as they were.
 *
 * @param runs    In the order in which they are written; at any state, with the trials they have.
 * @param folder  Made when it is not there.
 * @returns The paths of the files.
 * @throws {ExportError} when the folder or the disk refuses; {LibraryError} when a trial cannot be read.
 */
export async function exportCsv(
  library: Pick<Library, 'trials' | 'trialIds'>,
  runs: readonly RunRecord[],
  folder: string,
): Promise<readonly string[]> {
  const paths = resultTables.map(({ fileName }) => join(folder, fileName));
  try {
    await mkdir(folder, { recursive: true });
    await writeFilesTogether(paths, async (files) => {
      const trials = settleTrials(library, runs);
      for (const [index, file] of files.entries()) {
        const table = resultTables[index];
        if (table !== undefined) await writeTable(table, trials, file);
      }
    });
  } catch (error) {
    throw exportErrorFrom(error, folder);
  }
  return paths;
}
