/// <reference lib="dom" />
// Functions that are sent into the page are written in the tests.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { LabBridge, Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { buildBundles } from '../../src-main/hosts/starting/index.ts';
import { APPLICATION_FOLDER } from '../hosts/test-laboratory.ts';
import { canHaveDisplay, openDisplay } from './display.ts';
import type { Display } from './display.ts';

declare global {
  // The page's own: functions that run there are written here.
  var lab: LabBridge;
}

/** Where Electron is, or why there is none. */
export type ElectronHere =
  { readonly program: string } | { readonly program: null; readonly reason: string };

/** Finds the Electron of the environment, or the one that was fetched; fetches none. */
export function electronHere(): ElectronHere {
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = chosen ?? join(APPLICATION_FOLDER, 'node_modules/electron/dist');
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  const program = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (program === undefined) {
    const how = '"npx install-electron" fetches it, or ELECTRON_OVERRIDE_DIST_PATH names one';
    return { program: null, reason: `there is no Electron in ${folder}; ${how}` };
  }
  if (!canHaveDisplay()) return { program: null, reason: 'there is no display, and no Xvfb' };
  return { program };
}

/** The application with settings and a library of its own. */
export type TestApplication = {
  readonly application: ElectronApplication;
  readonly page: Page;
  /** Gives the exit status when it has ended; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** Asks the laboratory as the page does. */
  readonly ask: <Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
  ) => Promise<Reply<RequestOutput<Name>>>;
  /** Ends it, whatever it is at. */
  readonly close: () => Promise<void>;
};

/** What several starts of the application share. */
export type Home = {
  readonly folder: string;
  readonly libraryPath: string;
  readonly start: (...words: readonly string[]) => Promise<TestApplication>;
  /** What a start is given, for a process that is started otherwise. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => void;
};

function environmentOf(folder: string, display: Display): Record<string, string> {
  return {
    ...(process.env as Record<string, string>),
    DISPLAY: display.name,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    APPDATA: join(folder, 'config'),
  };
}

/** Electron refuses to run as root with its sandbox; the tests of machines do. */
const sandboxWords = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

async function describeApplication(application: ElectronApplication): Promise<TestApplication> {
  const child = application.process();
  const ended = new Promise<number | null>((end) => child.on('exit', end));
  const page = await application.firstWindow();
  await page.waitForLoadState('load');
  return {
    application,
    page,
    ended,
    ask: (name, input) =>
      page.evaluate(
        ([method, value]) => (lab[method as 'describeLab'] as (v: unknown) => unknown)(value),
        [name, input] as const,
      ) as Promise<Reply<never>>,
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await application.close().catch(() => undefined);
    },
  };
}

/** Builds what is to be started. */
export async function buildApplication(): Promise<void> {
  const build = await buildBundles(APPLICATION_FOLDER, () => undefined);
  if (!build.ok) throw new Error(build.sentence);
}

/** Gives the application a place of its own. */
export async function openHome(program: string): Promise<Home> {
  const display = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  const libraryPath = join(folder, 'library.db');
  const environment = environmentOf(folder, display);
  const words = [
    ...sandboxWords,
    // Machines without graphics have Electron try, and fail, several times.
    '--disable-gpu',
    join(APPLICATION_FOLDER, 'out/main/end-to-end.js'),
    `--library=${libraryPath}`,
  ];
  return {
    folder,
    libraryPath,
    words,
    environment,
    start: async (...more) => {
      const args = [...words, ...more];
      return describeApplication(
        await _electron.launch({ executablePath: program, args, env: environment }),
      );
    },
    close: () => {
      display.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
