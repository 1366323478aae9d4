import { join } from 'node:path';
import { app, dialog, Menu, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { MenuCommand } from '#contract';
import { defaultLibraryPath, LibraryError } from '../../lab/index.ts';
import { EXPERIMENT_FILE, openLaboratory, SESSION_FILE } from '../requests/index.ts';
import type { FileKind, Laboratory } from '../requests/index.ts';
import { BroughtFiles } from './brought-files.ts';
import { readCommandWords } from './command-words.ts';
import { dialogFiles } from './dialogs.ts';
import { HandedOverFiles } from './handed-over.ts';
import { answerRequests, receiveFiles, WindowEvents } from './ipc/index.ts';
import { openLabWindow } from './lab-window.ts';
import { menuTemplate } from './menu.ts';
import { APPLICATION_FOLDER, MIGRATIONS_FOLDER, WINDOW_FOLDER, WORKERS } from './places.ts';
import { askBeforeQuitting } from './quit-question.ts';
import { confineApplication, originOf } from './security.ts';
import { reportStart } from './start-report.ts';
import { NOTHING_REMEMBERED, withRecentFile, WindowMemoryFile } from './window-memory.ts';
import { registerWindowScheme, serveWindow, WINDOW_ADDRESS } from './window-protocol.ts';

/** What an entry may set; the product sets nothing. */
export type ApplicationOptions = {
  /** The binary of better-sqlite3, where the shipped one does not fit the Electron. */
  readonly nativeBinding?: string;
  /** Where the page comes from instead of the built window. */
  readonly windowAddress?: string;
};

/** How the command line is started from a checkout, and where it is installed. */
const COMMAND = { checkout: 'npm run --silent lab --', installed: 'folio-lab' } as const;

function reportError(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (process.env['FOLIO_LAB_DEBUG'] === '1') process.stderr.write(`${text}\n`);
}

/** The application: one laboratory, one window over it. */
class Application {
  private readonly options: ApplicationOptions;
  private readonly address: string;
  private readonly memory = new WindowMemoryFile(join(app.getPath('userData'), 'window.json'));
  private readonly handedOver = new HandedOverFiles();
  private readonly brought = new BroughtFiles();
  private readonly events: WindowEvents;
  private laboratory: Laboratory | null = null;
  private window: BrowserWindow | null = null;
  private isQuestionOpen = false;
  /** What happens to runs is settled: nothing is asked any more. */
  private mayQuit = false;
  private isClosed = false;

  constructor(options: ApplicationOptions) {
    this.options = options;
    this.address = options.windowAddress ?? WINDOW_ADDRESS;
    this.events = new WindowEvents(this.origin);
  }

  private get origin(): string {
    return originOf(this.address) ?? '';
  }

  /** Opens the library and the window. @throws {LibraryError} when the library cannot be opened. */
  async open(words: readonly string[]): Promise<void> {
    const { library, files } = readCommandWords(words, process.cwd());
    confineApplication(session.defaultSession, this.origin);
    serveWindow(WINDOW_FOLDER);
    this.laboratory = await this.openLaboratory(library ?? defaultLibraryPath());
    this.laboratory.subscribe((event) => this.events.tell(event));
    answerRequests(this.laboratory, this.origin);
    receiveFiles(this.brought.keep, this.origin);
    this.showMenu();
    this.showWindow();
    for (const file of files) this.openFile(file);
  }

  /** Shows the window, and opens another when it was closed. */
  showWindow(): void {
    if (this.window === null) {
      const window = openLabWindow(this.address, this.memory);
      this.window = window;
      this.events.attach(window.webContents);
      window.webContents.once('did-finish-load', () => void reportStart('window-open'));
      window.on('close', (event) => this.beforeEnd(event, process.platform !== 'darwin'));
      window.on('closed', () => (this.window = null));
      return;
    }
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** Opens a session or an experiment that the system or another start named. */
  openFile(path: string): void {
    this.tellCommand(this.handedOver.add(path));
  }

  /** A second start: its files are opened here, and the window comes to the front. */
  continueWith(words: readonly string[], folder: string): void {
    this.showWindow();
    for (const file of readCommandWords(words, folder).files) this.openFile(file);
  }

  /** Asks what becomes of runs that are not over, before the application ends or its window closes. */
  beforeEnd(event: { preventDefault: () => void }, isEnd: boolean): void {
    const active = this.laboratory?.queue.activeRunIds().length ?? 0;
    if (!isEnd || this.mayQuit || active === 0) return;
    event.preventDefault();
    void this.ask(active);
  }

  /** Ends without a question: cancels what runs, and stores what is done. */
  async end(): Promise<void> {
    this.mayQuit = true;
    await this.laboratory?.queue.cancelAll();
    app.quit();
  }

  /** Closes the laboratory before the process ends. */
  beforeExit(event: { preventDefault: () => void }): void {
    if (this.isClosed || this.laboratory === null) return;
    event.preventDefault();
    const finish = (): void => {
      this.isClosed = true;
      // In a later turn: while this event is still under way another quit would be ignored.
      setImmediate(() => app.quit());
    };
    this.laboratory.close().then(finish, (error: unknown) => {
      reportError(error);
      finish();
    });
  }

  private openLaboratory(libraryPath: string): Promise<Laboratory> {
    const { nativeBinding } = this.options;
    return openLaboratory({
      host: 'electron',
      command: app.isPackaged ? COMMAND.installed : COMMAND.checkout,
      applicationFolder: APPLICATION_FOLDER,
      libraryPath,
      libraryOptions: {
        migrationsFolder: MIGRATIONS_FOLDER,
        ...(nativeBinding === undefined ? {} : { nativeBinding }),
      },
      workers: WORKERS,
      files: dialogFiles({
        window: () => this.window,
        takeHandedOver: (kind) => this.handedOver.take(kind),
        takeBrought: (ticket) => this.brought.take(ticket),
        recentFiles: () => this.memory.current.recentFiles,
        openRecentFile: (path) => this.openFile(path),
        onUsed: (path, kind) => this.rememberFile(path, kind),
      }),
      report: reportError,
    });
  }

  private async ask(activeRuns: number): Promise<void> {
    if (this.isQuestionOpen) return;
    this.isQuestionOpen = true;
    const answer = await askBeforeQuitting(this.window, activeRuns);
    this.isQuestionOpen = false;
    if (answer === 'keep-waiting') return;
    if (answer === 'cancel-runs') return this.end();
    this.mayQuit = true;
    app.quit();
  }

  private tellCommand(command: MenuCommand): void {
    this.showWindow();
    this.events.tell({ name: 'menuChosen', payload: { command } });
  }

  private rememberFile(path: string, { endings }: FileKind): void {
    const isOurs = [SESSION_FILE, EXPERIMENT_FILE].some((kind) => kind.endings === endings);
    if (!isOurs) return;
    this.memory.update(withRecentFile(this.memory.current, path));
    app.addRecentDocument(path);
    this.showMenu();
  }

  private forgetFiles(): void {
    this.memory.update({ ...this.memory.current, recentFiles: NOTHING_REMEMBERED.recentFiles });
    app.clearRecentDocuments();
    this.showMenu();
  }

  private showMenu(): void {
    const template = menuTemplate({
      platform: process.platform,
      applicationName: 'Folio Lab',
      recentFiles: this.memory.current.recentFiles,
      hasDeveloperTools: !app.isPackaged,
      onCommand: (command) => this.tellCommand(command),
      onRecentFile: (path) => this.openFile(path),
      onForgetRecentFiles: () => this.forgetFiles(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate([...template]));
  }
}

/** What the user can mend is told by a dialog; from anything else `npm start` has a way out. */
async function fail(error: unknown): Promise<void> {
  reportError(error);
  const isForeseen = error instanceof LibraryError;
  const sentence = error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
  process.stderr.write(`folio-lab: ${sentence}\n`);
  if (isForeseen || process.send === undefined) {
    await reportStart('failed');
    const title = isForeseen ? 'The library cannot be opened' : 'Folio Lab cannot start';
    dialog.showErrorBox(title, sentence);
  }
  app.exit(1);
}

function followSignals(application: Application): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void application.end());
  }
}

function followSystem(application: Application): void {
  app.on('second-instance', (_event, words, folder) => application.continueWith(words, folder));
  app.on('activate', () => application.showWindow());
  app.on('before-quit', (event) => application.beforeEnd(event, true));
  app.on('will-quit', (event) => application.beforeExit(event));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  followSignals(application);
}

/** Starts the application; a second start hands its files to the first and ends. */
export function startApplication(options: ApplicationOptions = {}): void {
  app.setName('folio-lab');
  // Together with --no-sandbox, which only a user can give, helper processes would not start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerWindowScheme();
  if (!app.requestSingleInstanceLock()) {
    void reportStart('handed-over').then(() => app.exit(0));
    return;
  }
  const early: string[] = [];
  let openFile = (path: string): unknown => early.push(path);
  // The system may name a file before the application is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFile(path);
  });
  // Not a top-level await: Electron becomes ready only after this module has ended.
  app
    .whenReady()
    .then(async () => {
      const application = new Application(options);
      followSystem(application);
      await application.open(process.argv);
      openFile = (path) => application.openFile(path);
      early.forEach(openFile);
    })
    .catch(fail);
}
