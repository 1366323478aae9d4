import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import type { LabHost } from '../lab-host.ts';
import { runCopiedCommand } from '../same-command.ts';
import { beginDesign, button, goTo, seePage } from '../steps.ts';

const MODEL = 'my-epyc';

/** A fit to half of what came with the laboratory, which takes a few seconds. */
async function fitExample(page: Page): Promise<void> {
  await goTo(page, 'Calibrate');
  await button(page, 'Take the measurements of Linux 6.18').click();
  const measurements = page.getByRole('group', { name: 'linux-6.18-epyc' });
  const registrations = measurements.getByRole('checkbox', { name: /^pin-register/ });
  await registrations.waitFor();
  expect(await registrations.isChecked()).toBe(true);
  await measurements.getByRole('checkbox', { name: /^direct-io/ }).uncheck();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(MODEL);
  await button(page, 'Calibrate').click();
  await page.getByRole('heading', { name: `${MODEL}@1`, exact: true }).waitFor();
}

/** What the head of the report says of the fit. */
async function readFact(page: Page, title: string): Promise<string> {
  const head = page.getByRole('region', { name: 'The model' });
  const fact = head.locator('dl > div').filter({ has: page.getByText(title, { exact: true }) });
  return fact.locator('dd').innerText();
}

/** The report, its views, and the row that the table begins with. */
async function lookAround(page: Page): Promise<void> {
  expect(parseFloat(await readFact(page, 'MAPE'))).toBeLessThan(20);
  await page.getByRole('img', { name: /^Modelled against measured/ }).waitFor();
  await page.getByText('Error by layout', { exact: true }).click();
  await page.getByRole('img', { name: /^Error by layout/ }).waitFor();
  const accuracy = page
    .getByRole('table', { name: /^Accuracy/ })
    .getByRole('row')
    .nth(1);
  const [mape = ''] = /\d+\.\d\d %/.exec(await accuracy.innerText()) ?? [];
  expect(await runCopiedCommand(page)).toContain(mape);
  await page.getByText('Prices', { exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'lock_op.reference' }).waitFor();
  await page.getByText('Rows', { exact: true }).first().click();
  const worst = page.getByRole('grid', { name: 'Rows of the fit' }).getByRole('row').nth(1);
  // The worst row is the first.
  expect(await worst.innerText()).toContain(await readFact(page, 'Worst row'));
  await page.getByText('Predict', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Rows of' }).press('Enter');
  // It was not fitted to these.
  await page.getByRole('option', { name: 'direct-io' }).click();
  await page.getByText(/^[\d,]+ rows told with a MAPE of/).waitFor();
  expect(await runCopiedCommand(page)).toContain('get_pages_span');
}

/** Measurements come in, a model is fitted to them, looked at, exported, and prices an experiment. */
export async function calibration(host: LabHost): Promise<void> {
  const { page, saveBy } = await host.open();
  await beginDesign(page);
  await fitExample(page);
  await lookAround(page);
  const file = await saveBy(() => button(page, 'Export model…').click());
  expect(file).toMatch(/my-epyc.*\.json$/);
  await button(page, 'Calibrate').click();
  await page.getByText(`The library has these prices already: ${MODEL}@1.`).waitFor();

  await button(page, 'Use in Design').click();

  await seePage(page, 'Design');
  await page.getByText(`${MODEL}@1 prices the draft now.`).waitFor();
  const prices = page.getByRole('combobox', { name: 'Prices' });
  await prices.press('Enter');
  await page.getByRole('option', { name: new RegExp(`^${MODEL}@1`) }).waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Start').and(page.locator(':enabled')).waitFor();
  await goTo(page, 'Calibrate');
  await page.getByRole('heading', { name: `${MODEL}@1`, exact: true }).waitFor();
}
