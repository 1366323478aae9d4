import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CostModel, Layout } from '#core';
import { parsePublishedFile, problemText, validateDocument } from '#contract';
import type {
  PublishedFigure,
  PublishedFile,
  PublishedMeasure,
  PublishedWorkload,
  ValidateDocument,
  ValidateRow,
} from '#contract';
import { listCostModels } from '../catalogue/cost-models.ts';
import { layoutFromArgument } from '../catalogue/layouts.ts';
import { SpanCounter } from '../calibrate/count-spans.ts';
import { priceSpan } from '../calibrate/predict.ts';
import type { SpanQuestion } from '../calibrate/span-definitions.ts';
import { ContentionReader } from './contended.ts';
import { inUnit, takeMeasure } from './measure.ts';
import type { Reading } from './measure.ts';
import { bytesFrom, ioFromWorkload, modelIo } from './modelled-io.ts';
import type { ModelledIo, WorkloadIo } from './modelled-io.ts';

/** Where the published figures are kept, under the folder of the experiments. */
export const PUBLISHED_PATH = ['published', 'figures.yaml'] as const;

/** Everything that the published figures are computed from. */
export type ValidationSources = {
  readonly file: PublishedFile;
  /** By id. */
  readonly costModels: ReadonlyMap<string, CostModel>;
  /** By workload. */
  readonly ios: ReadonlyMap<string, WorkloadIo>;
};

/**
 * Reads the published figures, the cost models and the layouts they name.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @throws {Error} for a file that is wrong: what is built in is complete, or broken.
 */
export async function readValidationSources(experimentsFolder: string): Promise<ValidationSources> {
  const path = join(experimentsFolder, ...PUBLISHED_PATH);
  const [text, models] = await Promise.all([
    readFile(path, 'utf8'),
    listCostModels(experimentsFolder),
  ]);
  const parsed = parsePublishedFile(text, path);
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  const { file } = parsed;
  const layouts = new Map<string, Layout>();
  const ios = new Map<string, WorkloadIo>();
  for (const workload of file.workloads) {
    const layout = layouts.get(workload.layout) ?? (await readLayout(experimentsFolder, workload));
    layouts.set(workload.layout, layout);
    const io = ioFromWorkload(workload, layout);
    if (!io.ok) throw new Error(`${path}: ${io.message}`);
    ios.set(workload.id, io.value);
  }
  return { file, costModels: new Map(models.map((model) => [model.id, model])), ios };
}

async function readLayout(folder: string, workload: PublishedWorkload): Promise<Layout> {
  const found = await layoutFromArgument(folder, workload.layout);
  if (found.ok) return found.value;
  throw new Error(`${workload.id}: ${found.message}`);
}

function needed<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined)
    throw new Error(`the published figures name ${name}, which is not there`);
  return value;
}

/** Reads figures off the model, each workload counted once for each cost model. */
class FigureReader {
  private readonly modelled = new Map<string, ModelledIo>();
  private readonly contended = new ContentionReader();
  private readonly spans = new SpanCounter();
  private readonly sources: ValidationSources;

  constructor(sources: ValidationSources) {
    this.sources = sources;
  }

  read(figure: PublishedFigure): Reading | null {
    const { measure } = figure;
    if (measure === undefined) return null;
    if (measure.kind === 'contention') {
      const contention = this.sources.file.contentions.find(({ id }) => id === measure.of);
      const ns = this.contended.p50Ns(needed(contention, measure.of), measure.group);
      return { value: inUnit(ns, figure.unit, 1), range: null };
    }
    if (measure.kind === 'span') return { value: this.spanNs(measure, figure), range: null };
    if (measure.kind === 'db2') return { value: this.contended.db2()[measure.of], range: null };
    if (measure.kind === 'ratio' || measure.kind === 'reduction') {
      const before = this.valueOf(measure.before);
      const after = this.valueOf(measure.after);
      const value = measure.kind === 'ratio' ? before / after : 100 * (1 - after / before);
      return { value, range: null };
    }
    const rest = 'rest' in measure ? measure.rest : undefined;
    return takeMeasure(measure, {
      io: this.modelledIo(figure.workload, figure.costModel),
      shorter: measure.kind === 'slope' ? this.modelledIo(measure.from, figure.costModel) : null,
      restNs: rest === undefined ? 0 : this.restNs(rest),
      unit: figure.unit,
    });
  }

  valueOf(id: string): number {
    const figure = needed(
      this.sources.file.figures.find((each) => each.id === id),
      id,
    );
    return needed(this.read(figure)?.value, `the modelled figure ${id}`);
  }

  private restNs(id: string): number {
    const rest = this.sources.file.rests.find((each) => each.id === id);
    return needed(rest, `the rest ${id}`).ns;
  }

  private spanNs(
    measure: Extract<PublishedMeasure, { readonly kind: 'span' }>,
    { id, costModel }: PublishedFigure,
  ): number {
    const counted = this.spans.countRow(spanRowOf(measure, id));
    if (!counted.ok) throw new Error(`${id}: ${counted.message}`);
    return priceSpan(counted.value, this.costModel(costModel));
  }

  private costModel(id: string | undefined): CostModel {
    return needed(this.sources.costModels.get(id ?? ''), `the cost model ${String(id)}`);
  }

  private modelledIo(workload: string | undefined, costModel: string | undefined): ModelledIo {
    const key = JSON.stringify([workload, costModel]);
    const known = this.modelled.get(key);
    if (known !== undefined) return known;
    const io = needed(this.sources.ios.get(workload ?? ''), `the workload ${String(workload)}`);
    const modelled = modelIo(io, this.costModel(costModel));
    this.modelled.set(key, modelled);
    return modelled;
  }
}

/** A row of the measurement tables, as far as a prediction reads it. */
function spanRowOf(
  { metric, layout, length, device, op }: Extract<PublishedMeasure, { readonly kind: 'span' }>,
  id: string,
): SpanQuestion {
  return {
    ...{ metric, layout, mode: 'hot', offsetBytes: 0 },
    bytes: bytesFrom(id, length),
    device: device ?? null,
    op: op ?? null,
    table: metric === 'pin_span' ? 'pin-register' : 'direct-io',
  };
}

/** What was run, in words: of a workload, of threads beside each other, or as the figure says it. */
function settingOf(
  file: PublishedFile,
  figure: PublishedFigure,
  workload: PublishedWorkload | null,
): string {
  const { measure } = figure;
  const contention =
    measure?.kind === 'contention'
      ? file.contentions.find(({ id }) => id === measure.of)
      : undefined;
  return workload?.title ?? contention?.title ?? figure.setting ?? '';
}

/** The workload of a figure; a ratio has that of the figure it divides. */
function workloadOf(file: PublishedFile, figure: PublishedFigure): PublishedWorkload | null {
  const { measure, workload } = figure;
  if (measure !== undefined && 'before' in measure) {
    const before = file.figures.find(({ id }) => id === measure.before);
    return before === undefined ? null : workloadOf(file, before);
  }
  return file.workloads.find(({ id }) => id === workload) ?? null;
}

function errorOf(published: number | null, modelled: number | null): number | null {
  if (published === null || modelled === null) return null;
  if (published === 0) return modelled === 0 ? 0 : null;
  return 100 * (modelled / published - 1);
}

/** Whether a figure only counts, or divides counts; a share of nothing is a count too. */
function isCounted(file: PublishedFile, figure: PublishedFigure, modelled: number | null): boolean {
  const { measure } = figure;
  switch (measure?.kind) {
    case 'count':
      return true;
    case 'share':
      return modelled === 0;
    case 'db2':
      return measure.of === 'slowCalls';
    case 'ratio':
    case 'reduction': {
      const before = file.figures.find(({ id }) => id === measure.before);
      return before !== undefined && isCounted(file, before, null);
    }
    default:
      return false;
  }
}

/** Prices have no part in how often something happens, nor in what is divided. */
function pricedBy({ measure, costModel }: PublishedFigure): string | null {
  if (measure === undefined || measure.kind === 'count') return null;
  return costModel ?? null;
}

/**
 * What the model says of one figure, in its unit.
 *
 * @throws {Error} for a figure that is not there or not modelled.
 */
export function modelledFigure(sources: ValidationSources, id: string): number {
  return new FigureReader(sources).valueOf(id);
}

/**
 * Puts every published figure beside what the model says.
 *
 * @param source  The source whose figures are wanted, such as `s2`; null for all.
 * @returns A row for each figure, in the order of the file.
 */
export function validateRows(
  sources: ValidationSources,
  source: string | null = null,
): readonly ValidateRow[] {
  const { file, ios } = sources;
  const reader = new FigureReader(sources);
  const figures = file.figures.filter(({ id }) => source === null || id.startsWith(`${source}.`));
  return figures.map((figure) => {
    const reading = reader.read(figure);
    const modelled = reading?.value ?? null;
    const workload = workloadOf(file, figure);
    return {
      id: figure.id,
      figure: figure.figure,
      source: figure.source,
      workload: settingOf(file, figure, workload),
      layout: workload?.layout ?? '',
      strategy: workload === null ? '' : (ios.get(workload.id)?.strategy.name ?? ''),
      published: figure.published,
      modelled,
      modelledRange: reading?.range ?? null,
      unit: figure.unit,
      errorPercent: errorOf(figure.published, modelled),
      isCounted: isCounted(file, figure, modelled),
      // What cannot be modelled was not fitted.
      basis: figure.basis ?? 'predicted',
      costModel: pricedBy(figure),
      reason: figure.reason ?? null,
    };
  });
}

/**
 * The model against published and measured figures. Those of the 2008 mail take about a second.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @param source             The source whose figures are wanted, such as `s2`; null for all.
 * @throws {Error} for a built-in file that is wrong.
 */
export async function validateExperiments(
  experimentsFolder: string,
  source: string | null = null,
): Promise<ValidateDocument> {
  return validateDocument(validateRows(await readValidationSources(experimentsFolder), source));
}
