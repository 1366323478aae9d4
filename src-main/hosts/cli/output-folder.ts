import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadInput } from './bad-input.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Makes a folder and those around it. Step by step: the recursive form of Node never ends where the
 * system lets nobody make folders, as in /proc.
 */
function makeFolder(path: string): void {
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

/**
 * Makes the folder that tables go to: before the work, and not after it, is the time to say that
 * there is no place for them.
 *
 * @throws {BadInput} when it cannot be made or written.
 */
export function prepareOutputFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`--csv: the folder ${folder} cannot be written: ${reason}`);
  }
}
