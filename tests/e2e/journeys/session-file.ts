import { expect } from 'vitest';
import { smallExperiment } from '../experiment-texts.ts';
import type { LabHost } from '../lab-host.ts';
import {
  beginDesign,
  button,
  chooseFrom,
  compareRun,
  goTo,
  readTrials,
  endedRow,
  runRow,
  seeRunEnded,
  startRun,
} from '../steps.ts';

const TITLE = 'A run that travels';
const SESSION = 'My session';

/** A session is saved, deleted for good, and brought back from its file, once. */
export async function sessionFile(host: LabHost): Promise<void> {
  const window = await host.open();
  const { page } = window;
  await beginDesign(page, smallExperiment(TITLE));
  await startRun(page);
  await seeRunEnded(page, TITLE, 'Finished');
  await compareRun(page, TITLE);
  const trials = await readTrials(page);

  await goTo(page, 'Library');
  const more = button(page, `More about ${SESSION}`);
  const file = await window.saveBy(() => chooseFrom(page, more, /^Save as file/));
  expect(file).toMatch(/\.foliolab$/);
  await chooseFrom(page, more, 'Move to the trash');
  await page
    .getByRole('navigation', { name: 'Parts of the library' })
    .getByRole('button', { name: /^Trash/ })
    .click();
  await chooseFrom(page, more, /^Delete for good/);
  await button(page.getByRole('dialog'), 'Delete for good').click();
  await more.waitFor({ state: 'detached' });

  const ask = (): Promise<void> => button(page, 'Open session file…').click();
  await window.openBy(file, ask);
  const preview = page.getByRole('dialog');
  await preview.getByRole('row').filter({ hasText: TITLE }).waitFor();
  await preview.getByText('1 session with 1 run, all of them new to this library.').waitFor();
  await button(preview, 'Import 1 run').click();
  await endedRow(page, TITLE, 'Finished').waitFor();
  await compareRun(page, TITLE);
  expect(await readTrials(page)).toEqual(trials);

  await goTo(page, 'Library');
  await window.openBy(file, ask);
  await preview.getByText(/all of which this library has already/).waitFor();
  expect(await button(preview, 'Nothing to import').isDisabled()).toBe(true);
  await button(preview, 'Cancel').click();
  expect(await runRow(page, TITLE).count()).toBe(1);
}
