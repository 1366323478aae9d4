import { exportErrorFrom } from './export-error.ts';
import { writeFilesTogether } from './unfinished-file.ts';

/**
 * Writes a file of text. A file of this name is replaced when the new one is complete.
 *
 * @throws {ExportError} when the disk refuses.
 */
export async function exportText(text: string, path: string): Promise<void> {
  try {
    await writeFilesTogether([path], async ([file]) => file?.write(text));
  } catch (error) {
    throw exportErrorFrom(error, path);
  }
}
