import { randomUUID } from 'node:crypto';
import { basename, isAbsolute } from 'node:path';
import type { Reply } from '#contract';
import {
  EXPERIMENT_FILE,
  isOfKind,
  LAYOUT_FILE,
  MEASURED_FILE,
  SESSION_FILE,
} from '../requests/index.ts';

const KINDS = [SESSION_FILE, EXPERIMENT_FILE, LAYOUT_FILE, MEASURED_FILE] as const;
/** What was dropped and not opened is not kept for ever. */
const MOST_KEPT = 8;

/** Files that were dropped on the window, until the window opens them. */
export class BroughtFiles {
  private readonly paths = new Map<string, string>();

  /**
   * Keeps the path of a file.
   *
   * @param path  What the preload found; empty for what lies in no folder.
   * @returns The ticket that names it in a request. A page knows tickets and no paths.
   */
  readonly keep = (path: unknown): Reply<string> => {
    if (typeof path !== 'string' || !isAbsolute(path)) {
      return {
        ok: false,
        code: 'bad-input',
        message: 'Only files of a folder can be dropped here.',
      };
    }
    if (!KINDS.some((kind) => isOfKind(path, kind))) {
      const message = `${basename(path)} is no session, experiment, layout or measurement: none of those ends so.`;
      return { ok: false, code: 'bad-input', message };
    }
    const ticket = randomUUID();
    this.paths.set(ticket, path);
    const [oldest] = this.paths.keys();
    if (oldest !== undefined && this.paths.size > MOST_KEPT) this.paths.delete(oldest);
    return { ok: true, value: ticket };
  };

  /** The file of a ticket, once; null for one that was never given. */
  take(ticket: string): string | null {
    const path = this.paths.get(ticket) ?? null;
    this.paths.delete(ticket);
    return path;
  }
}
