import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src-main/lab/index.ts';
import { experimentText, until } from '../hosts/test-laboratory.ts';
import { electronHere } from '../../scripts/window/electron-here.ts';
import { buildApplication, openHome } from './application.ts';
import type { Home, TestApplication } from './application.ts';

const electron = electronHere();
if (electron.program === null) {
  console.warn(`The tests of the window in Electron did not run: ${electron.reason}.`);
}

describe.skipIf(electron.program === null)('the window in Electron', () => {
  let home: Home;
  let running: TestApplication[];

  beforeAll(buildApplication);
  beforeEach(async () => {
    home = await openHome(electron.program ?? '');
    running = [];
  });
  afterEach(async () => {
    for (const application of running) await application.close();
    home.close();
  });

  async function start(...words: readonly string[]): Promise<TestApplication> {
    const application = await home.start(...words);
    running.push(application);
    return application;
  }

  async function value<Reply extends { readonly ok: boolean }>(
    asked: Promise<Reply>,
  ): Promise<Extract<Reply, { readonly ok: true }>> {
    const reply = await asked;
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply as Extract<Reply, { readonly ok: true }>;
  }

  async function startEndlessRun(application: TestApplication): Promise<string> {
    const { value: session } = await value(application.ask('createSession', { name: 'Reads' }));
    const text = experimentText({ count: 100_000_000, replicates: 50 });
    const input = { text, sessionId: session.id, parentRunId: null };
    return (await value(application.ask('startRun', input))).value.runId;
  }

  /** The user answers the next question with the button of this number. */
  async function answerQuestions({ application }: TestApplication, button: number): Promise<void> {
    await application.evaluate(({ dialog }, response) => {
      dialog.showMessageBox = () => {
        Reflect.set(globalThis, 'questions', Number(Reflect.get(globalThis, 'questions') ?? 0) + 1);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    }, button);
  }

  function questions({ application }: TestApplication): Promise<number> {
    return application.evaluate(() => Number(Reflect.get(globalThis, 'questions') ?? 0));
  }

  /** The user chooses this file, or folder, in the next dialog. */
  async function chooseFile({ application }: TestApplication, path: string): Promise<void> {
    await application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
  }

  async function watchCommands({ page }: TestApplication): Promise<void> {
    await page.evaluate(() => {
      lab.onMenuChosen(({ command }) => Reflect.set(globalThis, 'chosen', command));
    });
  }

  /** What was chosen in the menu last, as the page was told. */
  function chosenCommand({ page }: TestApplication): Promise<unknown> {
    return page.evaluate((): unknown => Reflect.get(globalThis, 'chosen'));
  }

  function statusOf(runId: string): string | undefined {
    const library = openLibrary(home.libraryPath);
    try {
      return library.findRun(runId)?.status;
    } finally {
      library.close();
    }
  }

  it('runs an experiment, exports it, and has it still after it was closed', async () => {
    const first = await start();
    const { value: session } = await value(first.ask('createSession', { name: 'Reads' }));
    const text = experimentText();
    const { value: started } = await value(
      first.ask('startRun', { text, sessionId: session.id, parentRunId: null }),
    );
    await until(async () => {
      const { value: runs } = await value(first.ask('listRuns', null));
      return runs.every(({ status }) => status === 'finished');
    });
    await chooseFile(first, home.folder);
    const exported = await value(first.ask('exportCsv', { runId: started.runId }));
    const before = await value(first.ask('readRun', { id: started.runId }));
    await first.application.evaluate(({ app }) => app.quit());
    await first.ended;

    const second = await start();
    const after = await value(second.ask('readRun', { id: started.runId }));

    expect(exported.value.kind).toBe('saved');
    expect(existsSync(join(home.folder, `small-${started.runId.slice(0, 8)}`, 'trials.csv'))).toBe(
      true,
    );
    expect(after).toEqual(before);
    expect(after.value.trials).toHaveLength(2);
  });

  it('tells the page how far a run is, and that it ended', async () => {
    const application = await start();
    await application.page.evaluate(() => {
      const told: string[] = [];
      Reflect.set(globalThis, 'told', told);
      lab.onRunProgressed(({ runId }) => told.push(`progress ${runId}`));
      lab.onRunEnded(({ runId, status }) => told.push(`${status} ${runId}`));
    });
    const runId = await startEndlessRun(application);
    const told = (): Promise<unknown> =>
      application.page.evaluate((): unknown => Reflect.get(globalThis, 'told'));
    await until(async () => String(await told()).includes(`progress ${runId}`));

    await value(application.ask('cancelRun', { runId }));
    await until(async () => String(await told()).includes(`cancelled ${runId}`));

    expect(statusOf(runId)).toBe('cancelled');
  });

  it('asks before it is closed while a run goes on, and stays when the user wants to wait', async () => {
    const application = await start();
    const runId = await startEndlessRun(application);
    await answerQuestions(application, 1);

    await application.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().forEach((window) => window.close()),
    );
    await until(async () => (await questions(application)) === 1);
    expect(await value(application.ask('describeLab', null))).toMatchObject({ ok: true });

    await answerQuestions(application, 0);
    await application.application.evaluate(({ app }) => app.quit());
    await application.ended;
    expect(statusOf(runId)).toBe('cancelled');
  });

  it('ends at once when the user does not care, and says so of the run', async () => {
    const application = await start();
    const runId = await startEndlessRun(application);
    await answerQuestions(application, 2);

    await application.application.evaluate(({ app }) => app.quit());
    await application.ended;

    expect(statusOf(runId)).toBe('interrupted');
  });

  it('does not ask when nothing runs', async () => {
    const application = await start();
    await answerQuestions(application, 1);

    await application.application.evaluate(({ app }) => app.quit());

    expect(await application.ended).toBe(0);
  });

  it('saves a session by a dialog and opens it again, as the system asks or as the user does', async () => {
    const first = await start();
    const { value: session } = await value(first.ask('createSession', { name: 'Reads' }));
    const path = join(home.folder, 'reads.foliolab');
    await chooseFile(first, path);
    const saved = await value(first.ask('saveSessionFile', { sessionId: session.id }));
    await first.application.evaluate(({ app }) => app.quit());
    await first.ended;

    const second = await start(path);
    // The window asks for the file by itself and shows what is in it.
    await second.page.getByText('reads.foliolab').first().waitFor();
    await chooseFile(second, path);
    const chosen = await value(second.ask('openSessionFile', { upload: null }));
    const imported = await value(
      second.ask('importSessionFile', { ticket: chosen.value?.ticket ?? '' }),
    );

    expect(saved.value).toEqual({ kind: 'saved', path });
    expect(chosen.value?.sessions).toMatchObject([{ id: session.id }]);
    expect(imported.value).toMatchObject({ sessionIds: [session.id] });
    const recent = await second.application.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? [])
        .flatMap((item) => item.submenu?.items ?? [])
        .flatMap((item) => item.submenu?.items ?? [])
        .map(({ label }) => label),
    );
    expect(recent).toContain(path);
  });

  it('opens what the system asks for while it runs, and lists it on the start page', async () => {
    const application = await start();
    const path = join(home.folder, 'mine.yaml');
    await chooseFile(application, path);
    await value(
      application.ask('saveExperimentFile', { text: experimentText(), suggestedName: 'mine.yaml' }),
    );

    await application.application.evaluate(
      ({ app }, file) => app.emit('open-file', { preventDefault: () => undefined }, file),
      path,
    );
    await application.page.getByText('A small experiment').first().waitFor();

    await application.page.getByRole('link', { name: 'Library', exact: true }).click();
    await application.page.getByRole('button', { name: /^mine\.yaml/ }).click();
    await application.page.getByRole('heading', { level: 1, name: 'Design' }).waitFor();
    expect((await value(application.ask('listRecentFiles', null))).value).toEqual([
      { path, fileName: 'mine.yaml', kind: 'experiment' },
    ]);
  });

  it('hands the files of a second start to the first', async () => {
    const first = await start();
    await watchCommands(first);
    const path = join(home.folder, 'mine.yaml');
    await chooseFile(first, path);
    await value(
      first.ask('saveExperimentFile', { text: experimentText(), suggestedName: 'mine.yaml' }),
    );

    const second = spawn(electron.program ?? '', [...home.words, path], {
      env: home.environment,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [[message], [code]] = (await Promise.all([
      once(second, 'message'),
      once(second, 'exit'),
    ])) as [[string], [number]];
    await until(async () => (await chosenCommand(first)) === 'open-experiment');

    expect([message, code]).toEqual(['handed-over', 0]);
  });

  it('tells whoever started it that its window is open', async () => {
    const child = spawn(electron.program ?? '', home.words, {
      env: home.environment,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [message] = (await once(child, 'message')) as [string];
    child.kill('SIGTERM');
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];

    expect([message, code, signal]).toEqual(['window-open', 0, null]);
  });

  it('opens where it was closed', async () => {
    const bounds = { x: 120, y: 90, width: 1111, height: 777 };
    const first = await start();
    await first.application.evaluate(
      ({ BrowserWindow }, where) => BrowserWindow.getAllWindows()[0]?.setBounds(where),
      bounds,
    );
    await first.application.evaluate(({ app }) => app.quit());
    await first.ended;
    const memory = JSON.parse(
      readFileSync(join(home.folder, 'config/folio-lab/window.json'), 'utf8'),
    ) as { bounds: unknown };

    const second = await start();
    const found = await second.application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );

    expect([memory.bounds, { ...found }]).toEqual([bounds, bounds]);
  });

  it('tells the window what was chosen in the menu', async () => {
    const application = await start();
    await watchCommands(application);

    await application.application.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('show-compare')?.click();
    });

    await until(async () => (await chosenCommand(application)) === 'show-compare');
  });
});
