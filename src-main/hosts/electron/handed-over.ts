import type { MenuCommand } from '#contract';
import { isOfKind, SESSION_FILE } from '../requests/index.ts';
import type { FileKind } from '../requests/index.ts';

/** Files that the system asked to open, until the window asks for them. */
export class HandedOverFiles {
  private readonly waiting: string[] = [];

  /** @returns The command with which the window opens the file. */
  add(path: string): MenuCommand {
    this.waiting.push(path);
    return isOfKind(path, SESSION_FILE) ? 'open-session' : 'open-experiment';
  }

  /** Gives the latest file of a kind away, and forgets those of the kind before it. */
  take(kind: FileKind): string | null {
    const latest = this.waiting.findLast((path) => isOfKind(path, kind)) ?? null;
    const others = this.waiting.filter((path) => !isOfKind(path, kind));
    this.waiting.splice(0, this.waiting.length, ...others);
    return latest;
  }
}
