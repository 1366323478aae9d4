import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { findBarriers } from '../accessibility.ts';
import { dropFile } from '../drop-file.ts';
import { smallExperiment } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import {
  beginDesign,
  button,
  compareRun,
  goTo,
  readTrials,
  seePage,
  seeRunEnded,
  startRun,
} from '../steps.ts';

const TITLE = 'A run beside a disk';

function fixture(name: string): string {
  const url = new URL(`../../../src-main/lab/measured/fixtures/${name}`, import.meta.url);
  return fileURLToPath(url);
}

/** The cells of a function in the tree, as they are read. */
async function readFunction(page: Page, name: string): Promise<string> {
  const tree = page.getByRole('treegrid', { name: 'Trace beside the model' });
  const row = tree
    .getByRole('row')
    .filter({ hasText: `${name}()` })
    .first();
  return (await row.innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** The listings of the talk stand beside the model, with what was assumed of them. */
async function dropTrace(page: Page): Promise<readonly string[]> {
  await dropFile(page, fixture('talk-2024-listings.txt'));

  await seePage(page, 'Explain');
  const told = page.getByRole('alert').filter({ hasText: /talk-2024-listings was imported/ });
  await told.getByText(/Tracing inflates time/).waitFor();
  await page.getByText(/135 calls traced, 135 modelled/).waitFor();
  expect(await readFunction(page, 'try_grab_folio')).toMatch(/^try_grab_folio\(\) 32 32 11\.9 µs/);
  await page.getByText('15 as written, 135 with repetitions').waitFor();
  await page
    .getByText(/Spaces in names are read as underscores/)
    .first()
    .waitFor();
  const barriers = await findBarriers(page, 'Explain, Trace');
  await page.locator('.part-select').click();
  await page.getByRole('option', { name: /, 9 calls$/ }).click();
  // The question follows the listing: what stands beside it now is the prototype of the talk.
  await page.getByText(/9 calls traced, 9 modelled/).waitFor();
  await page.getByText('Flame graph', { exact: true }).click();
  await page.getByRole('img', { name: /./ }).first().waitFor();
  return [...barriers, ...(await findBarriers(page, 'Explain, Trace as flame graph'))];
}

/** Results of fio stand beside a run, dashed, until they are taken away. */
async function dropFio(page: Page): Promise<readonly string[]> {
  await compareRun(page, TITLE);
  await readTrials(page);
  await dropFile(page, fixture('fio-json-plus.json'));

  await seePage(page, 'Compare');
  const series = page.getByRole('table', { name: 'Measured series' });
  await series.getByText('measured: fio-json-plus, read clat').waitFor();
  expect(await series.innerText()).toMatch(/32 I\/Os/);
  await page.getByText(/the model has pinning and building the bio alone/).waitFor();
  const barriers = await findBarriers(page, 'Compare, measured');
  await button(page, 'Table').click();
  const figures = page.getByRole('grid', { name: /^Percentiles/ });
  await figures.hover();
  // The last rows are drawn once they come into sight.
  await page.mouse.wheel(0, 10_000);
  await figures.getByText('measured: fio-json-plus, read clat').first().waitFor();
  await button(page, 'Draw measured: fio-json-plus, read clat no more').click();
  await series.waitFor({ state: 'detached' });
  return barriers;
}

/** What cannot be imported is refused with its lines, and nothing of it is kept. */
async function dropBroken(page: Page, folder: string): Promise<void> {
  const path = join(folder, 'broken.csv');
  const table = readFileSync(fixture('direct-io.csv'), 'utf8');
  writeFileSync(path, `${table}a,b\na,b,c\n`);

  await dropFile(page, path);

  const report = page.getByRole('dialog', { name: 'broken.csv was not imported' });
  await report
    .getByText(/^broken\.csv:\d+: /)
    .first()
    .waitFor();
  await button(report, 'Close').click();
}

/** Measurements are renamed, thrown away and had back where the runs are listed. */
async function keepMeasurements(page: Page): Promise<readonly string[]> {
  await goTo(page, 'Library');
  await page.getByText(/^Measurements 2$/).click();
  const listed = page.getByRole('grid', { name: 'Measurements' }).getByRole('row');
  const trace = listed.filter({ hasText: 'talk-2024-listings' });
  await trace.click();
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Details of the measurement' });
  await details.getByRole('button', { name: /^Name: talk-2024-listings/ }).click();
  await details.getByRole('textbox', { name: 'Name' }).fill('Listings of the talk');
  await page.keyboard.press('Enter');
  const renamed = listed.filter({ hasText: 'Listings of the talk' });
  await renamed.waitFor();
  const barriers = await findBarriers(page, 'Library, measurements');
  await button(page, 'Trash').click();
  await renamed.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await renamed.waitFor();
  await button(details, 'Set beside the model').click();
  await seePage(page, 'Explain');
  await page.getByText(/135 calls traced/).waitFor();
  return barriers;
}

/** Measured files are dropped on the window, and each goes where it is of use. */
export async function importedFiles(host: LabHost): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  try {
    const { page } = await host.open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await beginDesign(page, smallExperiment(TITLE));
    await startRun(page);
    await seeRunEnded(page, TITLE, 'Finished');
    const barriers = [...(await dropTrace(page)), ...(await dropFio(page))];
    await dropBroken(page, folder);
    barriers.push(...(await keepMeasurements(page)));
    expect(barriers).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
