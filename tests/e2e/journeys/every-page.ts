import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { findBarriers } from '../accessibility.ts';
import { smallExperiment } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import {
  beginDesign,
  button,
  compareRun,
  goTo,
  PAGE_TITLES,
  readTrials,
  seeRunEnded,
  startRun,
} from '../steps.ts';

const TITLE = 'A run to look at';
const CALIBRATE_VIEWS = ['Prices', 'Rows', 'Fit'] as const;
const EXPLAIN_VIEWS = ['Steps', 'Events and cost', 'Calls', 'Vectors and memory', 'Trace'] as const;

async function walkEmpty(page: Page): Promise<readonly string[]> {
  const barriers: string[] = [];
  for (const title of PAGE_TITLES) {
    await goTo(page, title);
    barriers.push(...(await findBarriers(page, `${title}, empty`)));
  }
  return barriers;
}

/** Two settings side by side: at the crash, where one of them stops before it. */
async function walkRace(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, 'Race');
  await look('Race');
  await button(page, 'A second setting beside it').click();
  await page.keyboard.press('e');
  await page.getByText('kswapd cannot page out').waitFor();
  await page.getByText('it crashes.').first().waitFor();
  await look('Race, side by side');
  await button(page, 'Take away').click();
}

/** A small fit, and everything that it shows. */
async function walkCalibrate(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, 'Calibrate');
  const model = page.getByRole('heading', { name: /^linux-6\.18-epyc@1$/ });
  if (!(await model.isVisible())) {
    await button(page, 'Take the measurements of Linux 6.18').first().click();
    await page.getByRole('checkbox', { name: /^direct-io/ }).uncheck();
    await button(page, 'Calibrate').click();
  }
  await model.waitFor();
  for (const view of CALIBRATE_VIEWS) {
    await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click();
    await look(`Calibrate, ${view}`);
  }
  await page.getByRole('button', { name: /^textbook/ }).click();
  await look('Calibrate, a model that was not fitted');
  await page.getByRole('button', { name: /^linux-6\.18-epyc@1/ }).click();
}

/** Every page with something in it, and what opens over the pages. */
async function walkFull(page: Page, theme: string): Promise<readonly string[]> {
  const barriers: string[] = [];
  const look = async (name: string): Promise<void> => {
    barriers.push(...(await findBarriers(page, `${name}, ${theme}`)));
  };
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).waitFor();
  await look('Commands');
  await page.keyboard.press('Escape');
  await compareRun(page, TITLE);
  await readTrials(page);
  await page.getByRole('img', { name: /./ }).first().waitFor();
  await look('Compare');
  await goTo(page, 'Library');
  await look('Library');
  await goTo(page, 'Design');
  // It is checked first, and changes its colours then.
  await button(page, 'Start').and(page.locator(':enabled')).waitFor();
  await look('Design');
  await goTo(page, 'Run');
  await page.getByText(TITLE).first().waitFor();
  await look('Run');
  await goTo(page, 'Explain');
  for (const view of EXPLAIN_VIEWS) {
    await page.getByText(view, { exact: true }).click();
    await look(`Explain, ${view}`);
  }
  await goTo(page, 'Validate');
  await page.getByRole('grid', { name: 'Published figures' }).getByText('s1.before').waitFor();
  await look('Validate');
  await page.getByText('Off', { exact: true }).click();
  await look('Validate, off');
  await walkCalibrate(page, look);
  await walkRace(page, look);
  return barriers;
}

/** Every page, empty and full, light and dark: nothing keeps anybody out, and no page does what it may not. */
export async function everyPage(host: LabHost): Promise<void> {
  const { page } = await host.open();
  // What is under way from one colour to another has neither.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const barriers = [...(await walkEmpty(page))];
  await beginDesign(page, smallExperiment(TITLE));
  await button(page, 'YAML').click();
  await startRun(page);
  await seeRunEnded(page, TITLE, 'Finished');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    barriers.push(...(await walkFull(page, colorScheme)));
  }
  expect(barriers).toEqual([]);
}
