import type { MenuCommand } from '#contract';
import type { FileKind } from '../requests/index.ts';

const SESSION = /\.foliolab$/i;

/** Files that the system asked to open, until the window asks for them. */
export class HandedOverFiles {
  private readonly waiting: string[] = [];

  /** @returns The command with which the window opens the file. */
  add(path: string): MenuCommand {
    this.waiting.push(path);
    return SESSION.test(path) ? 'open-session' : 'open-experiment';
  }

  /** Gives the latest file of a kind away, and forgets those of the kind before it. */
  take({ endings }: FileKind): string | null {
    const isOfKind = (path: string): boolean =>
      endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
    const latest = this.waiting.findLast(isOfKind) ?? null;
    const others = this.waiting.filter((path) => !isOfKind(path));
    this.waiting.splice(0, this.waiting.length, ...others);
    return latest;
  }
}
