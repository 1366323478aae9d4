import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launchBrowser } from '../../scripts/window/launch-browser.ts';
import { APPLICATION_FOLDER } from '../hosts/test-laboratory.ts';
import type { LabHost, LabWindow } from './lab-host.ts';
import { watchPage } from './watch-page.ts';

const SIZE = { width: 1280, height: 800 } as const;
/** How long a page may take for one step of a journey on a busy machine. Unit: milliseconds. */
const STEP_TIMEOUT_MS = 60_000;

/** The laboratory as `npm start -- --browser` serves it, in a process of its own. */
type Served = {
  readonly address: string;
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
};

async function serve(libraryPath: string): Promise<Served> {
  const words = ['src-main/hosts/start.ts', '--browser', '--library', libraryPath];
  const child = spawn(process.execPath, words, {
    cwd: APPLICATION_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => child.exitCode);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const end = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null) child.kill(signal);
    return ended;
  };
  for await (const line of createInterface(child.stdout)) {
    const [, address] = /^Open (\S+)$/.exec(line) ?? [];
    if (address !== undefined) return { address, end };
  }
  throw new Error(`The laboratory was not served: ${said}`);
}

/** A web host over a library of its own, and Chromium. @throws {Error} where there is no Chromium. */
export async function openWebLabHost(): Promise<LabHost> {
  const browser = await launchBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  const windows: LabWindow[] = [];
  const ends: (() => Promise<unknown>)[] = [];

  async function open(): Promise<LabWindow> {
    const served = await serve(join(folder, 'library.db'));
    ends.push(served.end);
    // As if by another browser: what was kept is in the library, or it is lost.
    const context = await browser.newContext({ viewport: SIZE });
    context.setDefaultTimeout(STEP_TIMEOUT_MS);
    const page = await context.newPage();
    const window: LabWindow = {
      page,
      findings: watchPage(page, new URL(served.address).origin),
      saveBy: async (act) => {
        const [download] = await Promise.all([page.waitForEvent('download'), act()]);
        const path = join(folder, download.suggestedFilename());
        await download.saveAs(path);
        return path;
      },
      openBy: async (path, act) => {
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), act()]);
        await chooser.setFiles(path);
      },
      kill: async () => {
        // Left open, it would say that it is alone.
        await page.close();
        await served.end('SIGKILL');
      },
      quit: async () => {
        await page.close();
        const status = await served.end();
        if (status !== 0) throw new Error(`The laboratory ended with ${String(status)}`);
      },
    };
    windows.push(window);
    await page.goto(served.address);
    return window;
  }

  return {
    open,
    windows,
    close: async () => {
      await browser.close();
      await Promise.all(ends.map((end) => end()));
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
