import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CellValue, ResultTable, RunRecord, StoredTrial } from '#contract';

/** Rows that are written before other work has its turn: some milliseconds of it. */
export const ROWS_PER_TURN = 500;

/** A trial and the run it belongs to. */
export type ExportedTrial = { readonly run: RunRecord; readonly trial: StoredTrial };

/**
 * Goes through the rows of a table, and lets the event loop turn after each trial and after every
 * `ROWS_PER_TURN` rows. Streams that never wait for a disk go on within one turn: without this nobody
 * else would have one until the end.
 */
export async function* rowsInTurns(
  { cellsOf }: ResultTable,
  trials: Iterable<ExportedTrial>,
): AsyncGenerator<readonly CellValue[], void, undefined> {
  for (const { run, trial } of trials) {
    let rows = 0;
    for (const cells of cellsOf(trial, run)) {
      yield cells;
      rows += 1;
      if (rows % ROWS_PER_TURN === 0) await nextTurn();
    }
    await nextTurn();
  }
}
