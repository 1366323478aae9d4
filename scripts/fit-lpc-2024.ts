import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  buildLayoutFromSpec,
  buildOf,
  countTracedCalls,
  createCounter,
  createLedger,
  createPricer,
  EXTRACT_PHASES,
  PAGE_BYTES,
  PHASES,
  resolveStrategy,
  tracedCallTotal,
  tracedRoots,
} from '#core';
import type { BuildName, CostModel, Strategy, StrategyRequest } from '#core';
import { costModelText, parseCostModel } from '#contract';

// Fits the own-time scales of the cost model lpc-2024 to the two totals the talk shows, and writes
// them into its file: node scripts/fit-lpc-2024.ts

/** The file of the model that is fitted. */
export const FITTED_FILE = fileURLToPath(
  new URL('../experiments/cost-models/lpc-2024.json', import.meta.url),
);

/** Duration of bio_iov_iter_get_pages() in each trace. Unit: nanoseconds. Source: LPC 2024 talk. */
const PUBLISHED_NS: Readonly<Record<BuildName, number>> = { before: 28_382, after: 3_750 };

/** What the talk compares: the kernel of its day, and its sample code with 32 ranges on the stack. */
const STRATEGIES: Readonly<Record<BuildName, StrategyRequest>> = {
  before: { id: 'per-page', parameters: { kernel: 'v6.11' } },
  after: { id: 'folio-threshold', parameters: { threshold: 32 } },
};

const LENGTH = 131_072;
const DECIMALS = 10_000;

function resolve(request: StrategyRequest): Strategy {
  const result = resolveStrategy(request, 'direct-io');
  if (!result.ok) throw new Error(result.problem.message);
  return result.strategy;
}

/** 128 KiB on one order-5 folio mapped by 32 PTEs. */
function publishedLayout() {
  const spec = {
    kind: 'uniform',
    bytes: LENGTH,
    order: Math.log2(LENGTH / PAGE_BYTES),
    frames: 'contiguous',
    leaf: 'pte',
    misalignmentPages: 0,
    flags: [],
  } as const;
  const result = buildLayoutFromSpec(spec, 0);
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

/** The factor on the model's prices that makes the traced total of a build the published one. */
function fitBuild(model: CostModel, name: BuildName): number {
  const { policies } = resolve(STRATEGIES[name]);
  if (buildOf(policies) !== name)
    throw new Error(`the strategy of build ${name} runs another build`);
  const ledger = createLedger();
  const request = {
    api: 'direct-io',
    op: 'write',
    path: 'async',
    offset: 0,
    length: LENGTH,
  } as const;
  const { figures } = createCounter(policies).count({ layout: publishedLayout(), request }, ledger);
  const unscaled = { ...model.tracer[name], ownTimeScale: 1 };
  const pricer = createPricer(
    { ...model, tracer: { ...model.tracer, [name]: unscaled } },
    policies,
    'off',
  );
  const prices = new Float64Array(PHASES.length);
  pricer.price(ledger, figures, prices);
  const ownNs = PHASES.reduce(
    (sum, phase, index) => sum + (EXTRACT_PHASES.includes(phase) ? (prices[index] ?? 0) : 0),
    0,
  );
  const calls = tracedCallTotal(countTracedCalls(ledger, figures, policies, name));
  const { enterNs, exitNs } = model.tracer[name];
  const tracerNs = calls * (enterNs + exitNs) - tracedRoots(figures) * exitNs;
  return Math.round(((PUBLISHED_NS[name] - tracerNs) / ownNs) * DECIMALS) / DECIMALS;
}

/** The own-time scales of both builds, to four decimals. */
export function fitOwnTimeScales(model: CostModel): Record<BuildName, number> {
  return { before: fitBuild(model, 'before'), after: fitBuild(model, 'after') };
}

function writeFit(): void {
  const result = parseCostModel(readFileSync(FITTED_FILE, 'utf8'), FITTED_FILE);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const model = result.costModel;
  const scales = fitOwnTimeScales(model);
  const tracer = {
    before: { ...model.tracer.before, ownTimeScale: scales.before },
    after: { ...model.tracer.after, ownTimeScale: scales.after },
  };
  writeFileSync(FITTED_FILE, costModelText({ ...model, tracer }));
  console.log(`ownTimeScale before ${scales.before}, after ${scales.after}, in ${FITTED_FILE}`);
}

if (import.meta.main) writeFit();
