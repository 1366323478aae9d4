import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** The experiment that is being designed, kept as it is typed. */
export type DraftStore = {
  /** What was saved last; null when nothing was. */
  readonly read: () => Promise<string | null>;
  /** Keeps a text in place of the one before. Of texts that follow each other quickly the last stays. */
  readonly save: (text: string) => Promise<void>;
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The file has its name only when it is complete: a crash leaves the draft before. */
async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    makeFolder(dirname(path));
    await writeFile(unfinished, text, { flush: true });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Keeps the draft of a library in a file beside it, so that what was typed outlives a crash.
 *
 * @param libraryPath  Where the library is.
 */
export function openDrafts(libraryPath: string): DraftStore {
  const path = `${libraryPath}.draft.yaml`;
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    read: async () => {
      await lastWrite.catch(() => undefined);
      return readText(path);
    },
    save: (text) => {
      // One after the other, whatever became of the one before: the last text is the one that stays.
      lastWrite = lastWrite.catch(() => undefined).then(() => replaceFile(path, text));
      return lastWrite;
    },
  };
}
