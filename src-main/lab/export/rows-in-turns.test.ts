import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResultTable } from '#contract';
import { openLibrary } from '../index.ts';
import type { Library } from '../index.ts';
import { smallTrials } from '../testing/small-plan.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { ROWS_PER_TURN, rowsInTurns } from './rows-in-turns.ts';

let library: Library;

beforeEach(() => {
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
});

/** A table of as many rows for each trial as it is told, numbered. */
function numberedTable(rowsOfTrial: number): ResultTable {
  return {
    fileName: 'numbers.csv',
    meaning: 'Numbers.',
    columns: [{ name: 'number', meaning: 'place of the row in its trial', kind: 'number' }],
    *cellsOf() {
      for (let row = 0; row < rowsOfTrial; row += 1) yield [row];
    },
  };
}

/** The rows that each turn of the event loop gave, for turns that gave any. */
async function rowsByTurn(rowsOfTrial: number): Promise<number[][]> {
  const run = storeSmallRun(library, smallTrials());
  const trials = Array.from(library.trials(run.id), (trial) => ({ run, trial }));
  const turns: number[][] = [[]];
  let isReading = true;
  const nextTurn = (): void => {
    turns.push([]);
    if (isReading) setImmediate(nextTurn);
  };
  setImmediate(nextTurn);
  for await (const [row] of rowsInTurns(numberedTable(rowsOfTrial), trials)) {
    turns.at(-1)?.push(Number(row));
  }
  isReading = false;
  return turns.filter((rows) => rows.length > 0);
}

it('gives a few hundred rows in one turn, and each trial turns of its own', async () => {
  const turns = await rowsByTurn(2 * ROWS_PER_TURN + 1);

  expect(turns.map((rows) => rows.length)).toEqual([
    ...[ROWS_PER_TURN, ROWS_PER_TURN, 1],
    ...[ROWS_PER_TURN, ROWS_PER_TURN, 1],
  ]);
  expect(turns.flat().filter((row, index) => row !== index % (2 * ROWS_PER_TURN + 1))).toEqual([]);
});

it('gives nothing for trials without rows', async () => {
  expect(await rowsByTurn(0)).toEqual([]);
});
