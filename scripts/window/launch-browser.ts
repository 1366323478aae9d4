import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';

/** Where distributions put Chromium. */
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

const ARGUMENTS = [
  // A superuser cannot have the browser's sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type BrowserHere =
  | { readonly program: string }
  /** Why there is none, and what installs one, in sentences. */
  | { readonly program: null; readonly reason: string };

/** Finds the Chromium of `CHROMIUM_PATH`; without one, Playwright's own, or that of the system. */
export function browserHere(): BrowserHere {
  const chosen = process.env['CHROMIUM_PATH'] ?? '';
  const paths = chosen === '' ? [chromium.executablePath(), ...SYSTEM_PATHS] : [chosen];
  const program = paths.find((path) => existsSync(path));
  if (program !== undefined) return { program };
  const where = chosen === '' ? 'here' : `in CHROMIUM_PATH, which names ${chosen}`;
  const how =
    'This installs one: npx playwright install chromium (on Debian, as root: apt-get install -y chromium).';
  return { program: null, reason: `There is no Chromium ${where}. ${how}` };
}

/**
 * Starts the Chromium that is here.
 *
 * @throws {Error} with the command that installs one where there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const browser = browserHere();
  if (browser.program === null) throw new Error(browser.reason);
  return chromium.launch({ executablePath: browser.program, args: ARGUMENTS });
}
