import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import { openDisplay } from '../window/display.ts';
import { environmentIn, SANDBOX_WORDS } from '../window/electron-here.ts';
import { WINDOW_SIZE } from './measured-window.ts';
import type { MeasuredWindow } from './measured-window.ts';

const ENTRY = fileURLToPath(new URL('../../out/main/end-to-end.js', import.meta.url));

/** The application in Electron, with settings of its own. */
export async function openElectronWindow(
  program: string,
  libraryPath: string,
): Promise<MeasuredWindow> {
  const display = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-bench-'));
  const application = await _electron.launch({
    executablePath: program,
    args: [...SANDBOX_WORDS, ENTRY, `--library=${libraryPath}`],
    env: environmentIn(folder, display.name),
  });
  const page = await application.firstWindow();
  await application.evaluate(
    ({ BrowserWindow }, size) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    WINDOW_SIZE,
  );
  return {
    page,
    startMainWatch: () =>
      application.evaluate(() => {
        const histogram = process
          .getBuiltinModule('node:perf_hooks')
          .monitorEventLoopDelay({ resolution: 10 });
        histogram.enable();
        Reflect.set(globalThis, 'mainWatch', () => {
          histogram.disable();
          return histogram.percentile(99) / 1e6;
        });
      }),
    stopMainWatch: () =>
      application.evaluate(() => {
        const read: unknown = Reflect.get(globalThis, 'mainWatch');
        return typeof read === 'function' ? Number(Reflect.apply(read, undefined, [])) : NaN;
      }),
    close: async () => {
      await application.close();
      display.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
