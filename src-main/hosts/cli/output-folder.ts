import { accessSync, constants } from 'node:fs';
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
