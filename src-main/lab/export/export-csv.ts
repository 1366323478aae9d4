import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { resultTables } from '#contract';
import type { ResultTable, RunRecord } from '#contract';
import { csvFormat } from '../csv-format.ts';
import type { Library } from '../library/index.ts';
import { makeFolder } from '../make-folder.ts';
import { exportErrorFrom } from './export-error.ts';
import { rowsInTurns } from './rows-in-turns.ts';
import type { ExportedTrial } from './rows-in-turns.ts';
import { writeFilesTogether } from './unfinished-file.ts';
import type { UnfinishedFile } from './unfinished-file.ts';

/** The trials that are exported, from the first on whenever they are asked for. */
type TrialSource = () => Iterable<ExportedTrial>;

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

async function writeTable(
  table: ResultTable,
  trials: TrialSource,
  file: UnfinishedFile,
): Promise<void> {
  const csv = stringify(csvFormat(table.columns.map(({ name }) => name)));
  csv.setEncoding('utf8');
  await pipeline(rowsInTurns(table, trials()), csv, async (texts: AsyncIterable<string>) => {
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
    makeFolder(folder);
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
