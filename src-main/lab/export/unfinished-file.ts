import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExportError } from './export-error.ts';

/** Text is handed to the system in pieces of about this many characters. */
const PIECE_LENGTH = 262_144;

/** A file that has its name only when it is complete; until then it is a hidden one beside it. */
export class UnfinishedFile {
  private readonly path: string;
  private readonly temporaryPath: string;
  private readonly handle: FileHandle;
  private pending: string[] = [];
  private pendingLength = 0;

  private constructor(path: string, temporaryPath: string, handle: FileHandle) {
    this.path = path;
    this.temporaryPath = temporaryPath;
    this.handle = handle;
  }

  /**
   * Begins a file; its folder exists.
   *
   * @throws {ExportError} when a folder has the name, which would show only at the end.
   */
  static async begin(path: string): Promise<UnfinishedFile> {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() === true) {
      throw new ExportError(`Nothing was written to ${path}: there is a folder of this name.`);
    }
    const temporaryPath = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
    return new UnfinishedFile(path, temporaryPath, await open(temporaryPath, 'wx'));
  }

  /** Appends text as UTF-8. */
  async write(text: string): Promise<void> {
    this.pending.push(text);
    this.pendingLength += text.length;
    if (this.pendingLength >= PIECE_LENGTH) await this.flush();
  }

  /** Writes what is left to the disk; the file is complete but for its name. */
  async complete(): Promise<void> {
    await this.flush();
    await this.handle.sync();
    await this.handle.close();
  }

  /** Gives a complete file its name, in place of one that had it. */
  async publish(): Promise<void> {
    await rename(this.temporaryPath, this.path);
  }

  /** Removes what there is of a file that has no name yet. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.temporaryPath, { force: true });
  }

  private async flush(): Promise<void> {
    const text = this.pending.join('');
    this.pending = [];
    this.pendingLength = 0;
    if (text !== '') await this.handle.appendFile(text);
  }
}

/**
 * Writes files that get their names together, when all of them are complete.
 *
 * @param paths  Where; the folders exist.
 * @param write  Fills them, in the order of `paths`. When it fails no file is left, and those that had
 *   the names before are as they were.
 */
export async function writeFilesTogether(
  paths: readonly string[],
  write: (files: readonly UnfinishedFile[]) => Promise<void>,
): Promise<void> {
  const files: UnfinishedFile[] = [];
  try {
    for (const path of paths) files.push(await UnfinishedFile.begin(path));
    await write(files);
    for (const file of files) await file.complete();
    for (const file of files) await file.publish();
  } catch (error) {
    for (const file of files) await file.discard();
    throw error;
  }
}
