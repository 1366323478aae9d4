/// <reference lib="dom" />
// Functions that are sent into the page are written in the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, errors } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { LabBridge, Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { openDisplay } from '../../scripts/window/display.ts';
import { environmentIn, SANDBOX_WORDS } from '../../scripts/window/electron-here.ts';
import { buildBundles } from '../../src-main/hosts/starting/index.ts';
import { APPLICATION_FOLDER } from '../hosts/test-laboratory.ts';

declare global {
  // The page's own: functions that run there are written here.
  var lab: LabBridge;
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

const LAUNCHES = 3;
const LAUNCH_MS = 45_000;

/**
 * Starts Electron. On a busy machine Playwright now and then misses the moment at which it could take hold of
 * the process, and then waits for ever: what did not start in time is started again.
 */
async function launch(
  options: Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await _electron.launch({ ...options, timeout: LAUNCH_MS });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || attempt === LAUNCHES) throw error;
    }
  }
}

/** Gives the application a place of its own. */
export async function openHome(program: string): Promise<Home> {
  const display = await openDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  const libraryPath = join(folder, 'library.db');
  const environment = environmentIn(folder, display.name);
  const words = [
    ...SANDBOX_WORDS,
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
      return describeApplication(await launch({ executablePath: program, args, env: environment }));
    },
    close: () => {
      display.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
