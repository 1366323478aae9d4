import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseExperimentFile, problemText, suggestNames } from '#contract';
import { fileProblem, isPath, listCatalogueFiles } from './catalogue-folder.ts';
import type { Found } from './catalogue-folder.ts';

/** An experiment as text, with what is needed to read it. */
export type ExperimentText = {
  readonly text: string;
  /** As problems name it. */
  readonly fileName: string;
  /** Layout files are relative to this folder. */
  readonly folder: string;
};

/** An experiment that came with the laboratory. */
export type CatalogueExperiment = {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly question: string;
};

const ENDING = '.yaml';

async function readExperimentText(path: string): Promise<Found<ExperimentText>> {
  try {
    const text = await readFile(path, 'utf8');
    return { ok: true, value: { text, fileName: path, folder: dirname(path) } };
  } catch (error) {
    return { ok: false, message: `${path}: ${fileProblem(error)}` };
  }
}

/**
 * Finds the experiment an argument means.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @param argument           The path of a YAML file, or the name of a built-in experiment.
 */
export async function findExperiment(
  experimentsFolder: string,
  argument: string,
): Promise<Found<ExperimentText>> {
  if (isPath(argument, ENDING) || argument.endsWith('.yml')) return readExperimentText(argument);
  const files = await listCatalogueFiles(experimentsFolder, ENDING);
  const file = files.find(({ id }) => id === argument);
  if (file !== undefined) return readExperimentText(file.path);
  const known = files.map(({ id }) => id);
  return {
    ok: false,
    message: `there is no experiment ${argument}; ${suggestNames(argument, known)}, or a YAML file`,
  };
}

/**
 * All built-in experiments, by name.
 *
 * @throws {Error} for a file that is no experiment: what is built in is complete, or broken.
 */
export async function listExperiments(
  experimentsFolder: string,
): Promise<readonly CatalogueExperiment[]> {
  const files = await listCatalogueFiles(experimentsFolder, ENDING);
  return Promise.all(
    files.map(async ({ id, path }) => {
      const parsed = parseExperimentFile(await readFile(path, 'utf8'), path);
      if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
      return { id, path, title: parsed.file.title, question: parsed.file.question };
    }),
  );
}
