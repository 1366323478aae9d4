import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../window/launch-browser.ts';
import { WINDOW_SIZE } from './measured-window.ts';
import type { MeasuredWindow } from './measured-window.ts';

const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** The web host in a process that is watched, and Chromium. */
export async function openBrowserWindow(libraryPath: string): Promise<MeasuredWindow> {
  const watch = ['--import', './scripts/bench/main-watch.ts'];
  const start = ['src-main/hosts/start.ts', '--browser', '--library', libraryPath];
  const child = spawn(process.execPath, [...watch, ...start], {
    cwd: APPLICATION_FOLDER,
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('the laboratory cannot be heard');
  const ended = once(child, 'exit');
  const ask = (question: string): Promise<unknown> =>
    new Promise((resolve) => {
      child.once('message', resolve);
      child.send(question);
    });
  for await (const line of createInterface(stdout)) {
    const [, address] = /^Open (\S+)$/.exec(line) ?? [];
    if (address === undefined) continue;
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: WINDOW_SIZE });
    await page.goto(address);
    return {
      page,
      startMainWatch: async () => {
        await ask('start');
      },
      stopMainWatch: async () => Number(await ask('stop')),
      close: async () => {
        await browser.close();
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the laboratory was not served');
}
