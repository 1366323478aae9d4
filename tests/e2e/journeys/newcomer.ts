import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import type { LabHost } from '../lab-host.ts';
import { runCopiedCommand } from '../same-command.ts';
import {
  beginDesign,
  button,
  chooseFrom,
  compareRun,
  readTrials,
  seePage,
  seeRunEnded,
  startRun,
} from '../steps.ts';

const TITLE = '128 KiB on 4 KiB pages and on 128 KiB folios';
const TRIALS = 4;

/** The tables of a run as they arrive: files of a folder, or of an archive. */
function holdsTable(path: string, name: string): boolean {
  // An archive names its files as they are.
  return statSync(path).isDirectory()
    ? existsSync(join(path, name))
    : readFileSync(path).includes(`/${name}`);
}

function readCsv(path: string): readonly Record<string, string>[] {
  const text = readFileSync(path, 'utf8').replaceAll(/^#.*\n/gm, '');
  return parse(text, { columns: true, bom: true });
}

/**
 * Design, run, see the same in a terminal, compare, take away as CSV, end, begin again: all of it is still
 * there.
 */
export async function newcomer(host: LabHost): Promise<void> {
  const first = await host.open();
  await beginDesign(first.page);
  await startRun(first.page);
  await first.page
    .getByRole('main')
    .getByText(/^4 trials in /)
    .waitFor();
  const shown = await runCopiedCommand(first.page);
  expect(shown).toContain(TITLE);
  expect(shown).toMatch(/finished: 4 trials/);
  await button(first.page.getByRole('main'), 'Compare').click();
  await seePage(first.page, 'Compare');
  const trials = await readTrials(first.page);
  expect(trials).toHaveLength(TRIALS);

  const menu = button(first.page.getByRole('main'), 'Export');
  const table = await first.saveBy(() => chooseFrom(first.page, menu, /^Table on screen as CSV/));
  const rows = readCsv(table);
  expect(rows).toHaveLength(TRIALS);
  expect(Number(rows[0]?.['total_p99_ns'])).toBeGreaterThan(0);
  const results = await first.saveBy(() => chooseFrom(first.page, menu, /^All results of/));
  for (const name of ['trials.csv', 'latency.csv']) expect(holdsTable(results, name)).toBe(true);
  const drawing = await first.saveBy(() => button(first.page, 'PNG').click());
  expect(readFileSync(drawing).subarray(1, 4).toString('latin1')).toBe('PNG');
  await first.quit();

  const second = await host.open();
  await seeRunEnded(second.page, TITLE, 'Finished');
  await compareRun(second.page, TITLE);
  expect(await readTrials(second.page)).toEqual(trials);
}
