import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordFromKeys, PRICED } from '#core';
import type { CostModel, PricedName } from '#core';
import { costModelText } from '#contract';
import type { PublishedMachine } from '#contract';
import { modelledFigure, readValidationSources } from '../src-main/lab/index.ts';
import type { ValidationSources } from '../src-main/lab/index.ts';

// Fits the cost models that experiments/published/figures.yaml describes, and writes their prices into
// their files: node scripts/fit-published.ts

const EXPERIMENTS_FOLDER = fileURLToPath(new URL('../experiments', import.meta.url));
const DECIMALS = 10_000;
/** Each fit disturbs those before it a little; after this many rounds nothing moves any more. */
const PASSES = 6;

/** Ten thousandths of a nanosecond are enough for any error that is shown. */
function rounded(ns: number): number {
  return Math.round(ns * DECIMALS) / DECIMALS;
}

function publishedOf({ file }: ValidationSources, id: string): number {
  const published = file.figures.find((each) => each.id === id)?.published;
  if (published === null || published === undefined) throw new Error(`${id} is not published`);
  return published;
}

function withModel(sources: ValidationSources, model: CostModel): ValidationSources {
  return { ...sources, costModels: new Map([...sources.costModels, [model.id, model]]) };
}

function withRest(sources: ValidationSources, id: string, ns: number): ValidationSources {
  const rests = sources.file.rests.map((rest) => (rest.id === id ? { ...rest, ns } : rest));
  return { ...sources, file: { ...sources.file, rests } };
}

function raised(model: CostModel, names: readonly PricedName[], byNs: number): CostModel {
  const prices = recordFromKeys(
    PRICED,
    (name) => model.prices[name] + (names.includes(name) ? byNs : 0),
  );
  return { ...model, prices };
}

/** A rate and a share are something divided by a time, so that their reciprocals grow with it. */
function growsWithTime(sources: ValidationSources, id: string): (value: number) => number {
  const kind = sources.file.figures.find((each) => each.id === id)?.measure?.kind;
  return kind === 'rate' || kind === 'share' ? (value) => 1 / value : (value) => value;
}

/** Where a straight line through two of its points reaches a height. */
function solveLine(at: (x: number) => number, height: number, step: number): number {
  const start = at(0);
  return ((height - start) / (at(step) - start)) * step;
}

/** How much a price or a rest has to rise until a figure is the published one. Unit: nanoseconds. */
function solveFigure(
  sources: ValidationSources,
  id: string,
  raise: (byNs: number) => ValidationSources,
): number {
  const straight = growsWithTime(sources, id);
  return solveLine(
    (byNs) => straight(modelledFigure(raise(byNs), id)),
    straight(publishedOf(sources, id)),
    1,
  );
}

/** The rest of an I/O by id, fitted where a figure is named and as written where none is. */
export function fitRests(sources: ValidationSources): ReadonlyMap<string, number> {
  return new Map(
    sources.file.rests.map(({ id, ns, figure }) => {
      if (figure === undefined) return [id, ns];
      const none = withRest(sources, id, 0);
      return [id, Math.round(solveFigure(none, figure, (byNs) => withRest(none, id, byNs)))];
    }),
  );
}

function fitPrices(
  sources: ValidationSources,
  model: CostModel,
  { figure, prices: names }: PublishedMachine['fits'][number],
): CostModel {
  const byNs = solveFigure(sources, figure, (ns) => withModel(sources, raised(model, names, ns)));
  const { prices } = raised(model, names, byNs);
  const below = names.find((name) => prices[name] < 0);
  if (below !== undefined) {
    throw new Error(`${model.id}: ${below} would have to be below zero for ${figure}`);
  }
  return { ...model, prices: recordFromKeys(PRICED, (name) => rounded(prices[name])) };
}

function fitMachine(sources: ValidationSources, machine: PublishedMachine): CostModel {
  const own = sources.costModels.get(machine.costModel);
  const from = sources.costModels.get(machine.from);
  if (own === undefined || from === undefined) {
    throw new Error(`there is no cost model ${machine.costModel} or ${machine.from}`);
  }
  let model: CostModel = { ...own, prices: { ...from.prices, ...machine.set } };
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const fit of machine.fits) model = fitPrices(sources, model, fit);
  }
  return model;
}

/** The cost models as the published figures have them, in the order of the file. */
export function fitCostModels(sources: ValidationSources): readonly CostModel[] {
  let known = sources;
  return sources.file.machines.map((machine) => {
    const model = fitMachine(known, machine);
    known = withModel(known, model);
    return model;
  });
}

async function writeFits(): Promise<void> {
  const read = await readValidationSources(EXPERIMENTS_FOLDER);
  const rests = fitRests(read);
  let sources = read;
  for (const [id, ns] of rests) {
    sources = withRest(sources, id, ns);
    const written = read.file.rests.find((rest) => rest.id === id)?.ns;
    if (written !== ns) console.log(`rest ${id}: ${ns} ns (written: ${written ?? 'none'})`);
  }
  for (const model of fitCostModels(sources)) {
    const path = join(EXPERIMENTS_FOLDER, 'cost-models', `${model.id}.json`);
    writeFileSync(path, costModelText(model));
    const machine = read.file.machines.find(({ costModel }) => costModel === model.id);
    const names = [...new Set(machine?.fits.flatMap(({ prices }) => prices))];
    console.log(`${model.id}: ${names.map((name) => `${name} ${model.prices[name]}`).join(', ')}`);
  }
}

if (import.meta.main) await writeFits();
