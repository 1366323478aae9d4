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

/** The program of Chromium: that of `CHROMIUM_PATH`, else Playwright's own, else the system's. */
export function findBrowser(): string | null {
  const paths = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...SYSTEM_PATHS];
  return paths.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/**
 * Starts the Chromium that `findBrowser` finds.
 *
 * @throws {Error} with the command that installs one where there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    throw new Error(
      'There is no Chromium here. This installs one: npx playwright install chromium ' +
        '(on Debian, as root: apt-get install -y chromium). CHROMIUM_PATH names one that lies elsewhere.',
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
