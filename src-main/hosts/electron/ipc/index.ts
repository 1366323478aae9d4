import { ipcMain } from 'electron';
import type { WebContents } from 'electron';
import { LAB_EVENT_NAMES, REQUEST_NAMES } from '#contract';
import type { Reply } from '#contract';
import type { LabEvent, Laboratory } from '../../requests/index.ts';
import type { TrustedOrigin } from '../security.ts';
import { isTrustedSender } from './sender.ts';

const REFUSAL: Reply<never> = {
  ok: false,
  code: 'bad-input',
  message: 'The laboratory answers its own window only.',
};

/** Answers the requests of our own pages: first the sender is checked, then the input. */
export function answerRequests(
  { answer }: Pick<Laboratory, 'answer'>,
  trusted: TrustedOrigin,
): void {
  for (const name of REQUEST_NAMES) {
    ipcMain.handle(`lab:${name}`, (event, input: unknown) =>
      isTrustedSender(event, trusted) ? answer(name, input) : REFUSAL,
    );
  }
}

/** Takes the paths of files that were dropped on our own pages. */
export function receiveFiles(keep: (path: unknown) => Reply<string>, trusted: TrustedOrigin): void {
  ipcMain.handle('lab:bringFile', (event, path: unknown) =>
    isTrustedSender(event, trusted) ? keep(path) : REFUSAL,
  );
}

/** Tells the window what happens; what it missed while it loaded is told when it listens. */
export class WindowEvents {
  private readonly listening = new Set<string>();
  private readonly missed = new Map<string, LabEvent>();
  private contents: WebContents | null = null;

  constructor(trusted: TrustedOrigin) {
    ipcMain.on('lab:listens', (event, name: unknown) => {
      const isOurs = isTrustedSender(event, trusted) && event.sender === this.contents;
      if (isOurs && typeof name === 'string' && LAB_EVENT_NAMES.includes(name)) this.open(name);
    });
  }

  /** From now on it is this window that is told. */
  attach(contents: WebContents): void {
    this.contents = contents;
    this.listening.clear();
    // A page that is loaded again has to say again what it listens to.
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.listening.clear();
    });
    contents.on('destroyed', () => {
      if (this.contents === contents) this.contents = null;
    });
  }

  tell(event: LabEvent): void {
    const { name, payload } = event;
    if (this.contents !== null && this.listening.has(name)) {
      this.contents.send(`lab:${name}`, payload);
    } else if (name === 'menuChosen') {
      this.missed.set(name, event);
    }
  }

  private open(name: string): void {
    this.listening.add(name);
    const missed = this.missed.get(name);
    this.missed.delete(name);
    if (missed !== undefined) this.tell(missed);
  }
}
