import type { Page } from '@playwright/test';

/** One thing to take a picture of. */
export type Scene = {
  readonly name: string;
  /** What the laboratory in memory holds, as the address has it. */
  readonly parameters: string;
  readonly route: string;
  /** What a user does before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<unknown>;
};

const rows = (page: Page) => page.locator('main tbody tr.row');

async function openDetails(page: Page): Promise<void> {
  await rows(page).nth(2).click();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').waitFor();
}

async function selectTwo(page: Page): Promise<void> {
  await rows(page).nth(1).click();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
}

async function openPalette(page: Page): Promise<void> {
  await rows(page).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
}

async function openShortcuts(page: Page): Promise<void> {
  await rows(page).first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
}

async function openSessionFile(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open session file…' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'colleague.foliolab',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('session'),
  });
  await page.getByRole('dialog').waitFor();
}

/** Every page, empty and full, and what opens over it. */
export const SCENES: readonly Scene[] = [
  { name: 'library-empty', parameters: 'contents=empty', route: '/library' },
  { name: 'library-full', parameters: 'contents=full', route: '/library' },
  {
    name: 'library-thousand',
    parameters: 'contents=thousand&running&seconds=60',
    route: '/library',
    prepare: selectTwo,
  },
  {
    name: 'library-details',
    parameters: 'contents=full',
    route: '/library',
    prepare: openDetails,
  },
  {
    name: 'library-trash',
    parameters: 'contents=full',
    route: '/library',
    prepare: (page) => page.getByRole('button', { name: /^Trash/ }).click(),
  },
  {
    name: 'library-file',
    parameters: 'contents=few',
    route: '/library',
    prepare: openSessionFile,
  },
  { name: 'window-palette', parameters: 'contents=few', route: '/library', prepare: openPalette },
  {
    name: 'window-shortcuts',
    parameters: 'contents=few',
    route: '/library',
    prepare: openShortcuts,
  },
];
