import type { Locator, Page } from '@playwright/test';
import { expect } from 'vitest';
import type { LabHost } from '../lab-host.ts';
import { button, PAGE_TITLES, readTrials, endedRow, seePage } from '../steps.ts';
import type { PageTitle } from '../steps.ts';

const TITLE = '128 KiB on 4 KiB pages and on 128 KiB folios';
/** The key after G that leads to a page. */
const PAGE_KEYS: Readonly<Record<PageTitle, string>> = {
  Library: 'l',
  Design: 'd',
  Run: 'r',
  Compare: 'c',
  Explain: 'e',
  Validate: 'v',
  Calibrate: 'b',
  Race: 'a',
};
/** More than any page has between two places. */
const MOST_TABS = 120;

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tab = 0; tab < MOST_TABS; tab += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

/** Every page, a run and its comparison without a mouse, by Tab and Enter or by shortcuts. */
export async function keyboard(host: LabHost): Promise<void> {
  const { page } = await host.open();
  await seePage(page, 'Library');
  for (const title of PAGE_TITLES.toReversed()) {
    const link = page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: title, exact: true });
    await tabTo(page, link);
    await page.keyboard.press('Enter');
    await seePage(page, title);
  }
  for (const title of PAGE_TITLES.toReversed()) {
    await page.keyboard.press('g');
    await page.keyboard.press(PAGE_KEYS[title]);
    await seePage(page, title);
  }

  await page.keyboard.press('n');
  await seePage(page, 'Design');
  const start = button(page, 'Start').and(page.locator(':enabled'));
  await tabTo(page, start);
  await page.keyboard.press('Enter');
  await seePage(page, 'Run');

  await page.keyboard.press('Control+k');
  const words = page.getByRole('combobox', { name: 'Find a command' });
  await words.and(page.locator(':focus')).waitFor();
  await page.keyboard.type('library');
  await page.keyboard.press('Enter');
  await seePage(page, 'Library');
  const row = endedRow(page, TITLE, 'Finished');
  await tabTo(page, row);
  await page.keyboard.press('Space');
  await page.keyboard.press('c');
  await seePage(page, 'Compare');
  expect(await readTrials(page)).toHaveLength(4);
}
