import { resolve } from 'node:path';
import {
  applySettings,
  costModelsOf,
  layoutFilesOf,
  parseExperimentFile,
  resolveExperiment,
} from '#contract';
import type { ExperimentFile, ExperimentSources, Problem, StoredCostModel } from '#contract';
import { planTrials } from '#core';
import type { Experiment, Trial } from '#core';
import { findCostModel } from './catalogue/cost-models.ts';
import type { ExperimentText } from './catalogue/experiments.ts';
import { readLayoutCsv } from './import/layout-csv.ts';

/** What is to be run. */
export type ExperimentRequest = {
  readonly source: ExperimentText;
  /** `path=value` each, as `--set` takes them. */
  readonly settings?: readonly string[];
  /** Instead of the seed of the file. */
  readonly seed?: number;
  /** The folder of the built-in experiments, where cost models are looked up. */
  readonly experimentsFolder: string;
  /** The cost models of the library; none for an experiment that is run without one. */
  readonly storedCostModels?: readonly StoredCostModel[];
};

/** An experiment that can be run: nothing in it is missing or wrong. */
export type PreparedExperiment = {
  readonly file: ExperimentFile;
  /** The text as it is run, settings included. */
  readonly text: string;
  readonly experiment: Experiment;
  readonly trials: readonly Trial[];
};

export type PreparationResult =
  | { readonly ok: true; readonly prepared: PreparedExperiment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads what an experiment names beforehand: resolving it does not wait. */
async function readSources(
  file: ExperimentFile,
  { source, experimentsFolder, storedCostModels }: ExperimentRequest,
): Promise<ExperimentSources> {
  const layouts = new Map<string, ReturnType<ExperimentSources['layout']>>();
  for (const path of layoutFilesOf(file)) {
    const read = await readLayoutCsv(resolve(source.folder, path));
    layouts.set(path, read.ok ? read : { ok: false, message: read.problem.message });
  }
  const costModels = new Map<string, ReturnType<ExperimentSources['costModel']>>();
  for (const id of costModelsOf(file)) {
    const found = await findCostModel(experimentsFolder, id, storedCostModels);
    costModels.set(id, found.ok ? { ok: true, costModel: found.value } : found);
  }
  const notRead = { ok: false, message: 'the experiment did not say that it needs this' } as const;
  return {
    layout: (path) => layouts.get(path) ?? notRead,
    costModel: (id) => costModels.get(id) ?? notRead,
  };
}

/**
 * Reads an experiment with everything it names and plans its trials. Nothing is run or stored.
 *
 * @returns The plan, or every problem: mistakes in the settings, else in the text, else in the files it
 *   names.
 */
export async function prepareExperiment(request: ExperimentRequest): Promise<PreparationResult> {
  const { source, settings = [], seed } = request;
  const seedSetting = seed === undefined ? [] : [`seed=${seed}`];
  const applied = applySettings(source.text, [...settings, ...seedSetting]);
  if (!applied.ok) return applied;
  const { text } = applied;
  const parsed = parseExperimentFile(text, source.fileName);
  if (!parsed.ok) return parsed;
  const { file } = parsed;
  const sources = await readSources(file, request);
  const resolution = resolveExperiment(file, sources);
  if (!resolution.ok) {
    const problems = resolution.problems.map((problem) => ({ ...problem, file: source.fileName }));
    return { ok: false, problems };
  }
  const { experiment } = resolution;
  return { ok: true, prepared: { file, text, experiment, trials: planTrials(experiment) } };
}
