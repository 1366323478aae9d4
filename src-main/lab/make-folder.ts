import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Makes a folder and those around it, unless it is there. Step by step: the recursive form of Node 24
 * never ends where the system lets nobody make folders, as in /proc.
 *
 * @throws {Error} of the file system when it cannot be made.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  try {
    mkdirSync(path);
  } catch (error) {
    const parent = dirname(path);
    if (!isMissing(error) || parent === path) throw error;
    makeFolder(parent);
    mkdirSync(path);
  }
}
