import { cacheStateOf, PRESETS } from '#core';
import type { CacheState, CostModel } from '#core';
import { parseExperimentFile, sizeText } from '#contract';
import type { LayoutOfFile, RunDocumentTrial, RunRecord } from '#contract';
import { rowsTextFromExtents } from '../../../layout-rows/write-layout-rows.ts';
import { BUDDY_DEFAULTS, MIXED_DEFAULTS, QUESTION_DEFAULTS, UNIFORM_DEFAULTS } from './question.ts';
import type { LayoutWords, Question, StrategyWords } from './question.ts';
import type { LayoutResult } from './read-layout.ts';

type Frames = 'contiguous' | 'scattered' | { readonly adjacency: number };

function framesWord(frames: Frames): string {
  return typeof frames === 'string' ? frames : String(frames.adjacency);
}

function wordsFromUniform(
  uniform: NonNullable<LayoutOfFile['uniform']>,
  seed: string,
): LayoutWords {
  const { size, order, frames, leaf, misalignment, flags } = uniform;
  return {
    ...UNIFORM_DEFAULTS,
    size: String(sizeText(size)),
    order: String(order),
    frames: framesWord(frames),
    leaf,
    misalignment: String(sizeText(misalignment)),
    flags: flags.join('|'),
    seed,
  };
}

function wordsFromMixed(mixed: NonNullable<LayoutOfFile['mixed']>, seed: string): LayoutWords {
  const { size, weights, frames, leaf, flags } = mixed;
  return {
    ...MIXED_DEFAULTS,
    size: String(sizeText(size)),
    weights: weights.map(({ order, weight }) => `${order}:${weight}`).join('+'),
    frames: framesWord(frames),
    leaf,
    flags: flags.join('|'),
    seed,
  };
}

function wordsFromBuddy(buddy: NonNullable<LayoutOfFile['buddy']>, seed: string): LayoutWords {
  const { size, orders, zone, occupancy, fragmentation, misalignment, flags } = buddy;
  return {
    ...BUDDY_DEFAULTS,
    size: String(sizeText(size)),
    orders: orders.join('+'),
    zone: String(sizeText(zone)),
    occupancy: String(occupancy),
    fragmentation: String(fragmentation),
    misalignment: String(sizeText(misalignment)),
    flags: flags.join('|'),
    seed,
  };
}

/** A layout of an experiment as words; its frames are drawn with the experiment's seed. */
function wordsFromLayout(layout: LayoutOfFile, seed: string): LayoutWords {
  if (layout.uniform !== undefined) return wordsFromUniform(layout.uniform, seed);
  if (layout.mixed !== undefined) return wordsFromMixed(layout.mixed, seed);
  if (layout.buddy !== undefined) return wordsFromBuddy(layout.buddy, seed);
  if (layout.extents !== undefined) {
    const extents = layout.extents.map(([vaPage, pfn, pages, order, leaf, flags]) => {
      return { vaPage, pfn, pages, order, leaf, flags };
    });
    return { kind: 'rows', text: rowsTextFromExtents(extents) };
  }
  const name = (layout.file ?? '').replace(/^.*[/\\]/, '').replace(/\.csv$/, '');
  return { kind: 'catalogue', name };
}

/** What departs from the preset, as words. */
function strategyWords({ strategy, parameters, policies }: RunDocumentTrial): StrategyWords {
  const preset = PRESETS.find(({ id }) => id === strategy);
  const departing = (preset?.parameters ?? []).flatMap(({ name, initial }) => {
    const value = parameters[name] ?? initial;
    return value === initial ? [] : [[name, String(value)] as const];
  });
  const own = Object.entries(policies).map(([key, value]) => [key, String(value)] as const);
  return {
    id: strategy,
    parameters: Object.fromEntries(departing),
    policies: Object.fromEntries(own),
  };
}

function sizeWord(value: unknown, otherwise: string): string {
  return typeof value === 'number' ? String(sizeText(value)) : otherwise;
}

function word(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/**
 * The first I/O that a trial could have drawn, as a question; `cachesOfTrial` says what it found in the cache.
 *
 * @param run  Its experiment says what the layout of the trial is.
 * @returns Null when the experiment of the run cannot be read, or does not have the layout.
 */
export function questionFromTrial(
  run: Pick<RunRecord, 'experimentText' | 'seed'>,
  trial: RunDocumentTrial,
): Omit<Question, 'caches'> | null {
  const parsed = parseExperimentFile(run.experimentText, 'experiment.yaml');
  if (!parsed.ok) return null;
  const layout = parsed.file.layouts.find(({ name }) => name === trial.layout);
  if (layout === undefined) return null;
  const { api, operation, path, offset, blockSize, pagesPerCall } = trial.parameters;
  return {
    layout: wordsFromLayout(layout, String(run.seed)),
    api: word(api, QUESTION_DEFAULTS.api),
    operation: word(operation, QUESTION_DEFAULTS.operation),
    path: word(path, QUESTION_DEFAULTS.path),
    offset: sizeWord(offset, QUESTION_DEFAULTS.offset),
    length: sizeWord(blockSize, QUESTION_DEFAULTS.length),
    pagesPerCall: typeof pagesPerCall === 'number' ? String(pagesPerCall) : '',
    strategy: strategyWords(trial),
    beside: null,
    costModel: trial.costModel,
    tracer: trial.tracer,
  };
}

/**
 * What the I/Os of a trial found in the cache; `hot` where its memory or its prices are not known here.
 *
 * @param layout  What its words say, of `readLayoutWords`.
 * @param models  Cost models of the catalogue.
 * @source SPEC rule COLD-4.
 */
export function cachesOfTrial(
  { costModel: costModelId, parameters }: Pick<RunDocumentTrial, 'costModel' | 'parameters'>,
  layout: LayoutResult,
  models: readonly CostModel[],
): CacheState {
  const costModel = models.find(({ id }) => id === costModelId);
  if (costModel === undefined || layout.kind !== 'layout') return 'hot';
  const access = parameters.access === 'sequential' ? 'sequential' : 'random';
  return cacheStateOf(layout.layout, costModel, access);
}
