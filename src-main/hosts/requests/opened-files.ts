import { randomUUID } from 'node:crypto';
import type { OpenedSessionFile } from '../../lab/index.ts';

/** What the user has opened from files and not closed yet. */
export class OpenedFiles {
  private readonly sessions = new Map<string, OpenedSessionFile>();
  private folder: string | null = null;

  /** The folder of the experiment that was opened last; null when none lay in a folder of the user's. */
  get experimentFolder(): string | null {
    return this.folder;
  }

  rememberFolder(folder: string): void {
    this.folder = folder;
  }

  /** Keeps a session file until it is imported. @returns The ticket that names it. */
  keep(file: OpenedSessionFile): string {
    const ticket = randomUUID();
    this.sessions.set(ticket, file);
    const [oldest] = this.sessions.keys();
    if (oldest !== undefined && this.sessions.size > MOST_SESSION_FILES) this.take(oldest)?.close();
    return ticket;
  }

  /** Gives a session file away; its ticket is then worth nothing. */
  take(ticket: string): OpenedSessionFile | null {
    const file = this.sessions.get(ticket) ?? null;
    this.sessions.delete(ticket);
    return file;
  }

  close(): void {
    for (const file of this.sessions.values()) file.close();
    this.sessions.clear();
  }
}

/** Each is a copy on the disk. */
const MOST_SESSION_FILES = 8;
