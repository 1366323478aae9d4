import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles } from '../../src-main/hosts/starting/index.ts';
import { electronHere } from '../window/electron-here.ts';
import { browserHere } from '../window/launch-browser.ts';
import type { BenchResult } from './bench-result.ts';
import type { MeasuredWindow } from './measured-window.ts';
import { openBrowserWindow } from './open-browser-window.ts';
import { openElectronWindow } from './open-electron-window.ts';
import { longestFrameWhileScrolling, startDelayWatch, stopDelayWatch } from './page-watches.ts';
import { endlessExperiment, writeRuns } from './window-contents.ts';

export type WindowBench =
  | { readonly results: readonly BenchResult[]; readonly host: string }
  /** Why there are no figures, in words without a full stop. */
  | { readonly results: null; readonly reason: string };

const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const RUNS = 1000;
/** How long a sweep is watched. */
const WATCH_MS = 20_000;

type Opening = {
  readonly host: string;
  readonly open: (libraryPath: string) => Promise<MeasuredWindow>;
};

/** Electron, where there is one; else a browser; else why there is neither. */
function findOpening(): Opening | string {
  const electron = electronHere();
  const { program } = electron;
  if (program !== null) {
    return { host: 'electron', open: (path) => openElectronWindow(program, path) };
  }
  if (browserHere().program !== null) return { host: 'browser', open: openBrowserWindow };
  return `${electron.reason}; and there is no Chromium`;
}

/** Starts a sweep as a user does, and sees its first trial. */
async function startSweep(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New experiment', exact: true }).click();
  await page.getByRole('button', { name: 'YAML', exact: true }).click();
  await page.getByRole('textbox', { name: 'YAML', exact: true }).fill(endlessExperiment());
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Run', exact: true }).waitFor();
  await page
    .getByRole('contentinfo')
    .getByText(/^[1-9][\d,]* of [\d,]+ trials/)
    .waitFor();
}

/** How late timers are in both processes while a sweep runs and its page is looked at. */
async function benchSweep(window: MeasuredWindow): Promise<readonly BenchResult[]> {
  const { page } = window;
  await startSweep(page);
  await window.startMainWatch();
  await page.evaluate(startDelayWatch);
  await page.waitForTimeout(WATCH_MS);
  const main = await window.stopMainWatch();
  const renderer = await page.evaluate(stopDelayWatch);
  await page.getByRole('button', { name: 'Cancel the run', exact: true }).click();
  await page.getByText('No run in progress').waitFor();
  return [
    { name: 'window.main.event-loop-delay.p99', value: main, unit: 'milliseconds' },
    { name: 'window.renderer.event-loop-delay.p99', value: renderer, unit: 'milliseconds' },
  ];
}

/** The longest that a frame took while the list of the library was scrolled from end to end. */
async function benchScrolling({ page }: MeasuredWindow): Promise<BenchResult> {
  const grid = page.getByRole('grid', { name: 'Runs' });
  await grid.getByRole('row').nth(1).waitFor();
  const value = await grid.evaluate(longestFrameWhileScrolling);
  return { name: `window.library.scroll-${RUNS}-runs.longest-frame`, value, unit: 'milliseconds' };
}

async function measure({ host, open }: Opening): Promise<WindowBench> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-bench-'));
  const libraryPath = join(folder, 'library.db');
  writeRuns(libraryPath, RUNS);
  const window = await open(libraryPath);
  try {
    const results = [await benchScrolling(window), ...(await benchSweep(window))];
    const rounded = results.map((one) => ({ ...one, value: Number(one.value.toPrecision(3)) }));
    return { host, results: rounded };
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Measures the window in Electron, or in a browser where there is no Electron. */
export async function benchWindow(): Promise<WindowBench> {
  const opening = findOpening();
  if (typeof opening === 'string') return { results: null, reason: opening };
  const build = await buildBundles(APPLICATION_FOLDER, () => undefined);
  if (!build.ok) return { results: null, reason: build.sentence.replace(/\.$/, '') };
  try {
    return await measure(opening);
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { results: null, reason: `${opening.host}: ${line}` };
  }
}
