import type { Locator, Page } from '@playwright/test';

// What a user does in the window, in the words that stand there.

export const PAGE_TITLES = [
  'Library',
  'Design',
  'Run',
  'Compare',
  'Explain',
  'Validate',
  'Calibrate',
  'Race',
] as const;
export type PageTitle = (typeof PAGE_TITLES)[number];

/** A button by the words on it, and no others. */
export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

/** Waits until a page is there. */
export async function seePage(page: Page, title: PageTitle): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('heading', { level: 1, name: title, exact: true })
    .waitFor();
}

export async function goTo(page: Page, title: PageTitle): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await navigation.getByRole('link', { name: title, exact: true }).click();
  await seePage(page, title);
}

/** Chooses an entry of a menu that opens below a button. */
export async function chooseFrom(page: Page, menu: Locator, entry: string | RegExp): Promise<void> {
  await menu.click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Begins a design with the experiment of somebody who has none, or with this text. */
export async function beginDesign(page: Page, text?: string): Promise<void> {
  await goTo(page, 'Library');
  await button(page, 'New experiment').click();
  await seePage(page, 'Design');
  if (text === undefined) return;
  await button(page, 'YAML').click();
  await page.getByRole('textbox', { name: 'YAML', exact: true }).fill(text);
  await button(page, 'YAML').click();
}

/** Starts what was designed, and sees its run. */
export async function startRun(page: Page): Promise<void> {
  await button(page, 'Start').click();
  await seePage(page, 'Run');
}

/** The run of this title in the table of the library. */
export function runRow(page: Page, title: string): Locator {
  return page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: title });
}

/** The run of this title, once it has this status. */
export function endedRow(page: Page, title: string, status: string): Locator {
  return runRow(page, title).filter({ has: page.getByText(status, { exact: true }) });
}

/** Goes to the library and waits until the run has ended so. */
export async function seeRunEnded(page: Page, title: string, status: string): Promise<void> {
  await goTo(page, 'Library');
  await endedRow(page, title, status).waitFor();
}

/** Compares the strategies of a run, beginning in the library. */
export async function compareRun(page: Page, title: string): Promise<void> {
  await goTo(page, 'Library');
  await runRow(page, title).getByRole('checkbox').check();
  await page
    .getByRole('group', { name: 'Selected runs' })
    .getByRole('button', { name: 'Compare' })
    .click();
  await seePage(page, 'Compare');
}

/** The trials on the Compare page as they are read, a line for each row. */
export async function readTrials(page: Page): Promise<readonly string[]> {
  const rows = page.getByRole('grid', { name: 'Trials' }).getByRole('row');
  // The first is the heading.
  await rows.nth(1).waitFor();
  return (await rows.allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
