import { expect } from 'vitest';
import { longExperiment } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import { beginDesign, goTo, runRow, seeRunEnded, startRun } from '../steps.ts';

const TITLE = 'A run that is cancelled';
const PLANNED = 40_000;

/** A run is cancelled from another page: the trials that were done stay, now and after a restart. */
export async function cancelledRun(host: LabHost): Promise<void> {
  const first = await host.open();
  await beginDesign(first.page, longExperiment(TITLE));
  await startRun(first.page);
  await goTo(first.page, 'Explain');
  const strip = first.page.getByRole('contentinfo');
  await strip.getByText(/^[1-9][\d,]* of 40,000 trials/).waitFor();
  await strip.getByRole('button', { name: `Cancel ${TITLE}` }).click();
  await strip.getByText('No run in progress').waitFor();
  await seeRunEnded(first.page, TITLE, 'Cancelled');
  const row = await runRow(first.page, TITLE).innerText();
  const [, finished = ''] = /([\d,]+) of 40,000/.exec(row) ?? [];
  expect(Number(finished.replaceAll(',', ''))).toBeGreaterThan(0);
  expect(Number(finished.replaceAll(',', ''))).toBeLessThan(PLANNED);
  await first.quit();

  const second = await host.open();
  await seeRunEnded(second.page, TITLE, 'Cancelled');
  expect(await runRow(second.page, TITLE).innerText()).toBe(row);
}
