import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { csvWriters } from '#contract';
import type { RunRecord } from '#contract';
import type { Library } from '../library/index.ts';
import { exportErrorFrom } from './export-error.ts';
import { writeFilesTogether } from './unfinished-file.ts';
import type { UnfinishedFile } from './unfinished-file.ts';

async function writeRun(
  library: Pick<Library, 'trials'>,
  run: RunRecord,
  files: readonly UnfinishedFile[],
): Promise<void> {
  for (const trial of library.trials(run.id)) {
    for (const [index, { lines }] of csvWriters.entries()) {
      let text = '';
      for (const line of lines(trial, run)) text += line;
      await files[index]?.write(text);
    }
    // Writing into a buffer waits for nobody: without this an export would be one long turn.
    await nextTurn();
  }
}

/**
 * Writes the tables of runs as CSV: `trials.csv`, `latency.csv`, `events.csv` and `allocations.csv`.
 *
 * One trial is in memory at a time, however many there are. Files of these names are replaced when all
 * four are complete; until then, and when the export fails, they are as they were.
 *
 * @param runs    In the order in which they are written; at any state, with the trials they have.
 * @param folder  Made when it is not there.
 * @returns The paths of the files.
 * @throws {ExportError} when the folder or the disk refuses; {LibraryError} when a trial cannot be read.
 */
export async function exportCsv(
  library: Pick<Library, 'trials'>,
  runs: readonly RunRecord[],
  folder: string,
): Promise<readonly string[]> {
  const paths = csvWriters.map(({ fileName }) => join(folder, fileName));
  try {
    await mkdir(folder, { recursive: true });
    await writeFilesTogether(paths, async (files) => {
      for (const [index, { header }] of csvWriters.entries()) await files[index]?.write(header);
      for (const run of runs) await writeRun(library, run, files);
    });
  } catch (error) {
    throw exportErrorFrom(error, folder);
  }
  return paths;
}
