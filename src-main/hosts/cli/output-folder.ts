import { accessSync, constants, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, sep } from 'node:path';
import { describeValue } from '#contract';
import { makeFolder } from '../../lab/index.ts';
import { BadInput } from './bad-input.ts';

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

/** @throws {BadInput} for a path that the system refuses, such as one of a folder that may not be read. */
function findStats(option: string, path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${option}: ${path} cannot be written: ${reason}`);
  }
}

/**
 * Looks whether a file can be written: before the work, as for folders. Its folder is not made.
 *
 * @param option  The option that names the file, for the sentence.
 * @throws {BadInput} when it cannot.
 */
export function checkOutputFile(option: string, path: string): void {
  if (path === '' || path.endsWith('/') || path.endsWith(sep)) {
    throw new BadInput(`${option}: found ${describeValue(path)}; allowed: the name of a file`);
  }
  const found = findStats(option, path);
  if (found?.isDirectory() === true) {
    throw new BadInput(`${option}: ${path} is a folder; allowed: the name of a file`);
  }
  // The complete file takes the name, and a device would lose it.
  if (found?.isFile() === false) {
    throw new BadInput(`${option}: ${path} is no ordinary file; allowed: the name of a file`);
  }
  const folder = dirname(path);
  if (findStats(option, folder)?.isDirectory() !== true) {
    throw new BadInput(
      `${option}: there is no folder ${folder}; allowed: a file in one that is there`,
    );
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${option}: the folder ${folder} cannot be written: ${reason}`);
  }
}
