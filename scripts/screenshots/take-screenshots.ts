import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../window/launch-browser.ts';
import { SCENES } from './scenes.ts';
import type { Scene } from './scenes.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const THEMES = ['light', 'dark'] as const;

export type ScreenshotOptions = {
  /** Of the window, as `serveWindow` gives it. */
  readonly address: string;
  readonly folder: string;
  /** Only scenes whose name begins with this. */
  readonly only: string;
  /** Only the first size and both themes. */
  readonly isQuick: boolean;
};

/** What a page did that it may not, in sentences. */
export type Finding = string;

/** Everything a page says that no page of ours should: violations, errors, requests outside. */
function watchPage(page: Page, name: string, address: string, findings: Finding[]): void {
  const { origin } = new URL(address);
  page.on('console', (message) => {
    const text = message.text();
    const isViolation = text.includes('Content Security Policy');
    if (isViolation || ['error', 'warning'].includes(message.type())) {
      findings.push(`${name}: ${text}`);
    }
  });
  page.on('pageerror', (error) => findings.push(`${name}: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = url.startsWith(origin) || url.startsWith('data:') || url.startsWith('blob:');
    if (!isOwn) findings.push(`${name}: asked for ${url}`);
  });
}

async function findAccessibilityProblems(page: Page, name: string): Promise<readonly Finding[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map(({ target }) => target.join(' '));
      return `${name}: ${id}: ${help} (${places.join('; ')})`;
    });
}

async function takeScene(
  browser: Browser,
  scene: Scene,
  options: ScreenshotOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const size of options.isQuick ? SIZES.slice(0, 1) : SIZES) {
    for (const theme of THEMES) {
      const name = `${scene.name}-${theme}-${size.width}`;
      const context = await browser.newContext({ viewport: size, colorScheme: theme });
      const page = await context.newPage();
      watchPage(page, name, options.address, findings);
      await page.goto(`${options.address}?${scene.parameters}#${scene.route}`);
      await page.waitForSelector('main .page');
      await scene.prepare?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(options.folder, `${name}.png`) });
      findings.push(...(await findAccessibilityProblems(page, name)));
      await context.close();
    }
  }
  return findings;
}

/**
 * Takes a picture of every scene in both themes and both sizes.
 *
 * @returns What the pages did that they may not; nothing when all is well.
 */
export async function takeScreenshots(options: ScreenshotOptions): Promise<readonly Finding[]> {
  mkdirSync(options.folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const findings: Finding[] = [];
    for (const scene of SCENES.filter(({ name }) => name.startsWith(options.only))) {
      findings.push(...(await takeScene(browser, scene, options)));
    }
    return findings;
  } finally {
    await browser.close();
  }
}
