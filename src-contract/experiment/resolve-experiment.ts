import { buildLayoutFromSpec, resolveStrategy } from '#core';
import type { CostModel, Experiment, ExperimentPoint, Layout, NamedLayout, Strategy } from '#core';
import type { ExperimentFile } from '../experiment-schema.ts';
import { specFromLayout } from './layout-schema.ts';
import type { LayoutOfFile } from './layout-schema.ts';
import { pointsOfSweep } from './points.ts';
import { workloadFromFile } from './workload-schema.ts';

type Refusal = {
  readonly ok: false;
  /** What was found and what is allowed, with its own file and line where it has one. */
  readonly message: string;
};

/** Where the things come from that an experiment file only names. */
export type ExperimentSources = {
  /** @param path  As the file writes it, relative to the file. */
  readonly layout: (path: string) => { readonly ok: true; readonly layout: Layout } | Refusal;
  readonly costModel: (
    id: string,
  ) => { readonly ok: true; readonly costModel: CostModel } | Refusal;
};

/** A name in an experiment that led nowhere. */
export type ResolutionProblem = {
  readonly line: null;
  /** Such as `layouts[2].file`. */
  readonly key: string;
  readonly message: string;
};

export type ResolutionResult =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problems: readonly ResolutionProblem[] };

type Problems = ResolutionProblem[];

function report(problems: Problems, key: string, message: string): void {
  problems.push({ line: null, key, message });
}

/** The layout CSVs an experiment needs, as it writes their paths, each once. */
export function layoutFilesOf(file: ExperimentFile): readonly string[] {
  const paths = file.layouts.flatMap((layout) => (layout.file === undefined ? [] : [layout.file]));
  return [...new Set(paths)];
}

/** The ids of the cost models an experiment needs, each once. */
export function costModelsOf(file: ExperimentFile): readonly string[] {
  return [...new Set(file.sweep.costModel ?? [file.costModel])];
}

function resolveLayout(
  layout: LayoutOfFile,
  index: number,
  seed: number,
  sources: ExperimentSources,
  problems: Problems,
): NamedLayout[] {
  const { name } = layout;
  if (layout.file !== undefined) {
    const read = sources.layout(layout.file);
    if (read.ok) return [{ name, layout: read.layout }];
    report(problems, `layouts[${index}].file`, read.message);
    return [];
  }
  const spec = specFromLayout(layout);
  const built = spec === null ? null : buildLayoutFromSpec(spec, seed);
  if (built?.ok === true) return [{ name, layout: built.layout }];
  report(problems, `layouts[${index}]`, built?.problem.message ?? 'no description of the layout');
  return [];
}

function resolveStrategies(file: ExperimentFile, problems: Problems): Strategy[] {
  return file.strategies.flatMap((request, index) => {
    const result = resolveStrategy(request, file.workload.api);
    if (result.ok) return [result.strategy];
    const { key, message } = result.problem;
    report(problems, `strategies[${index}].${key}`, message);
    return [];
  });
}

function resolveCostModels(
  file: ExperimentFile,
  sources: ExperimentSources,
  problems: Problems,
): Map<string, CostModel> {
  const models = new Map<string, CostModel>();
  const key = file.sweep.costModel === undefined ? 'costModel' : 'sweep.costModel';
  for (const id of costModelsOf(file)) {
    const read = sources.costModel(id);
    if (read.ok) models.set(id, read.costModel);
    else report(problems, key, read.message);
  }
  return models;
}

function resolvePoints(
  file: ExperimentFile,
  models: ReadonlyMap<string, CostModel>,
): ExperimentPoint[] {
  const { workload, costModel, tracer } = file;
  return pointsOfSweep({ workload, costModel, tracer }, file.sweep).flatMap((point) => {
    const model = models.get(point.costModel);
    if (model === undefined) return [];
    return [{ workload: workloadFromFile(point.workload), costModel: model, tracer: point.tracer }];
  });
}

/**
 * Fetches or builds everything an experiment file names.
 *
 * @param file     A document from `parseExperimentFile`.
 * @param sources  Asked once for each layout file and cost model; see `layoutFilesOf`, `costModelsOf`.
 * @returns The experiment, ready for `planTrials`, or every name that led nowhere.
 */
export function resolveExperiment(
  file: ExperimentFile,
  sources: ExperimentSources,
): ResolutionResult {
  const problems: Problems = [];
  const layouts = file.layouts.flatMap((layout, index) =>
    resolveLayout(layout, index, file.seed, sources, problems),
  );
  const strategies = resolveStrategies(file, problems);
  const models = resolveCostModels(file, sources, problems);
  if (problems.length > 0) return { ok: false, problems };
  const { name, seed, replicates } = file;
  const points = resolvePoints(file, models);
  return { ok: true, experiment: { name, seed, replicates, layouts, strategies, points } };
}
