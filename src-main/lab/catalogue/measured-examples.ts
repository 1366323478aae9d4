import { join } from 'node:path';
import type { MeasuredExampleId } from '#contract';
import { listCatalogueFiles } from './catalogue-folder.ts';

/**
 * The files of measurements that came with the laboratory, by name.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @returns Their paths.
 */
export async function listExampleFiles(
  experimentsFolder: string,
  id: MeasuredExampleId,
): Promise<readonly string[]> {
  const files = await listCatalogueFiles(join(experimentsFolder, 'measurements', id), '.csv');
  return files.map(({ path }) => path);
}
