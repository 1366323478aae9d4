import type { Page } from '@playwright/test';
import { experimentText } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import { beginDesign, button, seePage, startRun } from '../steps.ts';

const TITLE = 'A run that is cut off';
/** Four trials for each replicate. */
const REPLICATES = 15;

function summaryOf(page: Page) {
  return page.getByRole('region', { name: 'The run' });
}

/** A run is cut off with its process; the next start says so, and runs the rest. Run again, it is the same. */
export async function interruptedRun(host: LabHost): Promise<void> {
  const first = await host.open();
  await beginDesign(first.page, experimentText(TITLE, { count: 200_000, replicates: REPLICATES }));
  await startRun(first.page);
  await first.page
    .getByRole('contentinfo')
    .getByText(/^[1-9]\d* of 60 trials/)
    .waitFor();
  await first.kill();

  const { page } = await host.open();
  const told = page.getByRole('alert').filter({ hasText: `“${TITLE}” was cut off` });
  await button(told, 'Show').click();
  await seePage(page, 'Run');
  await summaryOf(page)
    .getByText(/^Interrupted after [1-9]\d* of 60 trials/)
    .waitFor();
  await button(summaryOf(page), 'Resume').click();
  await summaryOf(page)
    .getByText(/^60 trials in /)
    .waitFor();
  await summaryOf(page)
    .getByText(/^It goes on where run [0-9a-f]{8} ended/)
    .waitFor();

  await button(summaryOf(page), 'Run again').click();
  await summaryOf(page)
    .getByText(/^Identical to run [0-9a-f]{8}: 60 of 60 trials/)
    .waitFor();
}
