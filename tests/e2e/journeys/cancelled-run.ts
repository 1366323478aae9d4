import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { findBarriers } from '../accessibility.ts';
import { longExperiment } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import { beginDesign, button, goTo, startRun } from '../steps.ts';

const TITLE = 'A run that takes for ever';

/** What the Run page says of a run that was cancelled, once it lists as many trials as it says. */
async function readEnd(page: Page): Promise<string> {
  const summary = page.getByRole('region', { name: 'The run' }).getByRole('status');
  const sentence = await summary.filter({ hasText: /^Cancelled after/ }).innerText();
  const [, trials = ''] = /^Cancelled after ([1-9][\d,]*) of 40,000 trials/.exec(sentence) ?? [];
  // The heading is a row too.
  const rowCount = Number(trials.replaceAll(',', '')) + 1;
  await page.locator(`[aria-label="Trials"][aria-rowcount="${rowCount}"]`).waitFor();
  return sentence;
}

/** A run goes on when its page is left. Cancelled, what was done of it stays, also after a restart. */
export async function cancelledRun(host: LabHost): Promise<void> {
  const first = await host.open();
  await beginDesign(first.page, longExperiment(TITLE));
  await startRun(first.page);
  await first.page.getByRole('main').getByRole('progressbar').waitFor();
  expect(await findBarriers(first.page, 'Run, running')).toEqual([]);
  await goTo(first.page, 'Explain');
  const strip = first.page.getByRole('contentinfo');
  await strip.getByText(/^[1-9][\d,]* of 40,000 trials/).waitFor();
  await goTo(first.page, 'Run');
  await button(first.page, 'Cancel the run').click();
  const end = await readEnd(first.page);
  await strip.getByText('No run in progress').waitFor();
  await first.quit();

  const second = await host.open();
  await goTo(second.page, 'Run');
  expect(await readEnd(second.page)).toEqual(end);
}
