import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { openHome } from '../electron/application.ts';
import type { TestApplication } from '../electron/application.ts';
import type { LabHost, LabWindow } from './lab-host.ts';
import { watchPage } from './watch-page.ts';

const SIZE = { width: 1280, height: 800 } as const;
/** How long a page may take for one step of a journey on a busy machine. Unit: milliseconds. */
const STEP_TIMEOUT_MS = 60_000;

/** From now on the user saves everything in this folder, under the name that is suggested. */
function saveIn({ application }: TestApplication, folder: string): Promise<void> {
  return application.evaluate(({ dialog }, where) => {
    const nameOf = (path: string): string => path.replace(/^.*[\\/]/, '');
    // Called with the window and the options, or with the options alone.
    dialog.showSaveDialog = (...given: readonly unknown[]) => {
      const { defaultPath = '' } = given.at(-1) as { readonly defaultPath?: string };
      return Promise.resolve({ canceled: false, filePath: `${where}/${nameOf(defaultPath)}` });
    };
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [where] });
  }, folder);
}

/** From now on the user opens this file. */
function chooseFile({ application }: TestApplication, path: string): Promise<void> {
  return application.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, path);
}

/** The application in Electron, with settings and a library of its own. */
export async function openElectronLabHost(program: string): Promise<LabHost> {
  const home = await openHome(program);
  const windows: LabWindow[] = [];
  const applications: TestApplication[] = [];

  async function open(): Promise<LabWindow> {
    const running = await home.start();
    applications.push(running);
    const { application, page } = running;
    page.setDefaultTimeout(STEP_TIMEOUT_MS);
    await application.evaluate(
      ({ BrowserWindow }, size) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      SIZE,
    );
    const { protocol, host } = new URL(page.url());
    const window: LabWindow = {
      page,
      findings: watchPage(page, `${protocol}//${host}`),
      saveBy: async (act) => {
        const folder = mkdtempSync(join(home.folder, 'saved-'));
        await saveIn(running, folder);
        // What is said goes away again.
        const told = page.getByRole('alert').filter({ hasText: folder }).first();
        const [text] = await Promise.all([told.textContent(), act()]);
        const [, name = ''] = text?.split(`${folder}/`) ?? [];
        return join(folder, name.replace(/\.$/, ''));
      },
      openBy: async (path, act) => {
        await chooseFile(running, path);
        await act();
      },
      kill: async () => {
        await running.close();
      },
      quit: async () => {
        await application.evaluate(({ app }) => app.quit());
        const status = await running.ended;
        if (status !== 0) throw new Error(`Electron ended with ${String(status)}`);
      },
    };
    windows.push(window);
    // It was loaded before anybody could listen.
    await page.reload();
    return window;
  }

  return {
    open,
    windows,
    close: async () => {
      for (const application of applications) await application.close();
      home.close();
    },
  };
}
