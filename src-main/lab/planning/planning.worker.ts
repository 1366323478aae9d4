import type { Catalogue, ExperimentCheck, ValidateDocument } from '#contract';
import type { Layout, NamedLayout } from '#core';
import { calibrateMeasurements } from '../calibrate/calibrate-measurements.ts';
import { predictRows } from '../calibrate/predict.ts';
import { listCostModels } from '../catalogue/cost-models.ts';
import { findExperiment, listExperiments } from '../catalogue/experiments.ts';
import type { CatalogueLayout } from '../catalogue/layouts.ts';
import { layoutFromArgument, listLayouts } from '../catalogue/layouts.ts';
import { readLayoutCsv } from '../import/layout-csv.ts';
import { layoutRows } from '../import/layout-rows.ts';
import { readMeasuredFile as readFile } from '../measured/read-measured-file.ts';
import { prepareExperiment } from '../prepare-experiment.ts';
import type { PreparationResult } from '../prepare-experiment.ts';
import { estimateRun } from '../queue/estimate-run.ts';
import { shareLayout } from '../queue/share-layout.ts';
import { validateExperiments } from '../validate/validate.ts';
import type { PlanningAnswer, PlanningFunctions, PlanningQuestion } from './answers.ts';
import { confineFiles, UNNAMED } from './confine-files.ts';

// The pool calls the functions below by their names, one at a time.

async function prepareHere({
  experimentsFolder,
  folders,
  text,
  storedCostModels,
}: PlanningQuestion<'prepare'>): Promise<PreparationResult> {
  const confinement = confineFiles(text, folders);
  if (!confinement.ok) return confinement;
  const source = { text, fileName: UNNAMED, folder: confinement.folder };
  return prepareExperiment({ source, experimentsFolder, storedCostModels });
}

/** What an experiment would take, or every mistake in it. */
export async function checkExperiment(
  request: PlanningQuestion<'checkExperiment'>,
): Promise<ExperimentCheck> {
  const preparation = await prepareHere(request);
  if (!preparation.ok) {
    return { problems: preparation.problems, trials: 0, ios: 0, estimatedSeconds: 0 };
  }
  const { trials, ios, seconds } = estimateRun(preparation.prepared.trials);
  return { problems: [], trials, ios, estimatedSeconds: seconds };
}

/** Puts layouts into shared memory, each once. */
function createShare(): (named: NamedLayout) => NamedLayout {
  const copies = new Map<Layout, Layout>();
  return ({ name, layout }) => {
    const copy = copies.get(layout) ?? shareLayout(layout);
    copies.set(layout, copy);
    return { name, layout: copy };
  };
}

/** An experiment that can be run; its layouts need not be copied on the way back. */
export async function prepare(request: PlanningQuestion<'prepare'>): Promise<PreparationResult> {
  const preparation = await prepareHere(request);
  if (!preparation.ok) return preparation;
  const { experiment, trials, ...rest } = preparation.prepared;
  const share = createShare();
  return {
    ok: true,
    prepared: {
      ...rest,
      experiment: { ...experiment, layouts: experiment.layouts.map(share) },
      trials: trials.map((trial) => ({ ...trial, layout: share(trial.layout) })),
    },
  };
}

const MIB = 1_048_576;

function layoutTitle({
  mappedBytes,
  extents,
  smallestOrder,
  largestOrder,
}: CatalogueLayout): string {
  const size = `${(mappedBytes / MIB).toFixed(mappedBytes < 10 * MIB ? 1 : 0)} MiB`;
  const orders =
    smallestOrder === largestOrder
      ? `order ${smallestOrder}`
      : `orders ${smallestOrder} to ${largestOrder}`;
  return `${size} in ${extents} extents, ${orders}`;
}

/** Everything that came with the laboratory. */
export async function readCatalogue(experimentsFolder: string): Promise<Catalogue> {
  const [experiments, layouts, costModels] = await Promise.all([
    listExperiments(experimentsFolder),
    listLayouts(experimentsFolder),
    listCostModels(experimentsFolder),
  ]);
  return {
    experiments: experiments.map(({ id, title, question }) => ({
      id,
      title,
      description: question,
    })),
    layouts: layouts.map((layout) => ({
      id: layout.id,
      title: layout.id,
      description: layoutTitle(layout),
    })),
    costModels,
  };
}

/** The model against the published figures of a folder. */
export function validate(experimentsFolder: string): Promise<ValidateDocument> {
  return validateExperiments(experimentsFolder);
}

const NAME = /^[\w][\w.-]{0,199}$/;

/** A built-in experiment. */
export async function readExperiment({
  experimentsFolder,
  name,
}: PlanningQuestion<'readExperiment'>): Promise<PlanningAnswer<'readExperiment'>> {
  const isKnown = NAME.test(name) && !/\.ya?ml$/.test(name);
  if (isKnown) return findExperiment(experimentsFolder, name);
  return { ok: false, message: `there is no experiment ${JSON.stringify(name)}` };
}

/** A built-in layout as rows. */
export async function readLayout({
  experimentsFolder,
  name,
}: PlanningQuestion<'readLayout'>): Promise<PlanningAnswer<'readLayout'>> {
  if (!NAME.test(name) || name.endsWith('.csv')) {
    return { ok: false, message: `there is no layout ${JSON.stringify(name)}` };
  }
  const found = await layoutFromArgument(experimentsFolder, name);
  return found.ok ? { ok: true, value: layoutRows(found.value) } : found;
}

/** A layout CSV as rows. */
export async function readLayoutFile({
  path,
}: PlanningQuestion<'readLayoutFile'>): Promise<PlanningAnswer<'readLayoutFile'>> {
  const read = await readLayoutCsv(path);
  if (read.ok) return { ok: true, value: layoutRows(read.layout) };
  return { ok: false, message: read.problem.message };
}

/** A file that is to be imported. */
export function readMeasuredFile({
  path,
  command,
}: PlanningQuestion<'readMeasuredFile'>): Promise<PlanningAnswer<'readMeasuredFile'>> {
  return readFile(path, command);
}

/** A cost model fitted to measurements. */
export function calibrate(
  question: PlanningQuestion<'calibrate'>,
): Promise<PlanningAnswer<'calibrate'>> {
  return Promise.resolve(calibrateMeasurements(question));
}

/** A model beside the rows of a measurement table. */
export function predict({
  model,
  fileName,
  rows,
}: PlanningQuestion<'predict'>): Promise<PlanningAnswer<'predict'>> {
  return Promise.resolve(predictRows(model, fileName, rows));
}

({
  calibrate,
  checkExperiment,
  predict,
  prepare,
  readCatalogue,
  readExperiment,
  readLayout,
  readLayoutFile,
  readMeasuredFile,
  validate,
}) satisfies PlanningFunctions;
