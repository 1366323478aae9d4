import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { costModelsOf, layoutFilesOf, parseExperimentFile } from '#contract';
import type { ExperimentFile, Problem } from '#contract';

/** How problems name an experiment that has no file of its own. */
export const UNNAMED = 'experiment';

export type Confinement =
  /** The folder to which the files of the experiment are relative. */
  | { readonly ok: true; readonly folder: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Whether a path stays inside a folder, by its words alone. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, resolve(folder, path));
  return !isAbsolute(path) && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

function isPath(costModel: string): boolean {
  return /[\\/]|\.json$/i.test(costModel);
}

function findOutsiders(file: ExperimentFile, folder: string): Problem[] {
  const layouts = layoutFilesOf(file)
    .filter((path) => !isInside(folder, path))
    .map((path) => ({
      key: 'layouts',
      message: `found the layout file ${JSON.stringify(path)}; allowed: a file in the folder of the experiment, or below it`,
    }));
  const costModels = costModelsOf(file)
    .filter(isPath)
    .map((path) => ({
      key: 'costModel',
      message: `found the file ${JSON.stringify(path)}; allowed: the id of a cost model, such as textbook`,
    }));
  return [...layouts, ...costModels].map((problem) => ({ file: UNNAMED, line: null, ...problem }));
}

/**
 * Finds the folder that has the layout files an experiment names.
 *
 * @param folders  At least one. The first is taken when none has all files.
 */
export function folderWithFiles(file: ExperimentFile, folders: readonly string[]): string {
  const files = layoutFilesOf(file);
  const complete = folders.find((folder) =>
    files.every((path) => existsSync(resolve(folder, path))),
  );
  return complete ?? folders[0] ?? '';
}

/**
 * Chooses the folder that has the layout files an experiment names. A text that came through a window
 * must not make the laboratory read files elsewhere: one that names some is refused.
 *
 * @param folders  At least one. The first is taken when none has all files.
 */
export function confineFiles(text: string, folders: readonly string[]): Confinement {
  const [first = ''] = folders;
  const parsed = parseExperimentFile(text, UNNAMED);
  // Its mistakes are told by whoever prepares it.
  if (!parsed.ok) return { ok: true, folder: first };
  const problems = findOutsiders(parsed.file, first);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, folder: folderWithFiles(parsed.file, folders) };
}
