import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { dropFile } from '../drop-file.ts';
import { smallExperiment } from '../experiment-texts.ts';
import type { LabHost, LabWindow } from '../lab-host.ts';
import { beginDesign, button, chooseFrom, goTo, seePage, seeRunEnded, startRun } from '../steps.ts';

const TITLE = 'A run that is dropped';
const SESSION = 'My session';
const LAYOUT = 'va_page,pfn,pages,order,leaf,flags\n0,4096,512,4,pte,anon\n';

async function readDraft(page: Page): Promise<string> {
  await button(page, 'YAML').click();
  const text = await page.getByRole('textbox', { name: 'YAML', exact: true }).inputValue();
  await button(page, 'YAML').click();
  return text;
}

async function dropSession({ page, saveBy }: LabWindow): Promise<void> {
  await beginDesign(page, smallExperiment(TITLE));
  await startRun(page);
  await seeRunEnded(page, TITLE, 'Finished');
  const more = button(page, `More about ${SESSION}`);
  const file = await saveBy(() => chooseFrom(page, more, /^Save as file/));
  await goTo(page, 'Explain');

  await dropFile(page, file);

  await seePage(page, 'Library');
  const preview = page.getByRole('dialog');
  await preview.getByText(/all of which this library has already/).waitFor();
  await button(preview, 'Cancel').click();
}

async function dropExperiment(page: Page, folder: string): Promise<void> {
  const path = join(folder, 'other.yaml');
  writeFileSync(path, smallExperiment('Another experiment'));

  await dropFile(page, path);

  await seePage(page, 'Design');
  await page.getByText('other.yaml is the draft now.').waitFor();
  expect(await readDraft(page)).toBe(smallExperiment('Another experiment'));
}

async function dropLayout(page: Page, folder: string): Promise<void> {
  const path = join(folder, 'heap.csv');
  writeFileSync(path, LAYOUT);

  await dropFile(page, path);

  const told = page.getByRole('alert').filter({ hasText: 'heap.csv is the layout “heap”' });
  await told.waitFor();
  expect(await readDraft(page)).toContain('[0, 4096, 512, 4, pte, anon]');
  await page
    .getByText('4 layouts')
    .or(page.getByText(/6 trials/))
    .first()
    .waitFor();
  await button(told, 'Undo').click();
  expect(await readDraft(page)).not.toContain('heap');
}

/** What is dropped and cannot be opened, and what is said of it. */
const REFUSED: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
  ['notes.txt', 'x', /^notes\.txt: this cannot be imported; allowed: a layout CSV/],
  ['odd.csv', `${LAYOUT}0,1,1,0,pte,\n`, /^odd\.csv:3: /i],
  ['odd.foliolab', 'x', /odd\.foliolab/],
];

/** A session, an experiment and a layout are dropped on the window; what is none of these is refused. */
export async function droppedFiles(host: LabHost): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  try {
    const window = await host.open();
    await dropSession(window);
    await dropExperiment(window.page, folder);
    await dropLayout(window.page, folder);
    for (const [name, text, sentence] of REFUSED) {
      writeFileSync(join(folder, name), text);
      await dropFile(window.page, join(folder, name));
      await window.page.getByRole('alert').filter({ hasText: sentence }).first().waitFor();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
