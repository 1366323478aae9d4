import { Command } from 'commander';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  buildLayoutFromSpec,
  createCounter,
  createLedger,
  layoutDigest,
  resolveStrategy,
  simulate,
} from '#core';
import type {
  CostModel,
  Layout,
  LayoutSpec,
  Strategy,
  StrategyRequest,
  Trial,
  Workload,
} from '#core';
import { findCostModel, readLayoutCsv } from '../src-main/lab/index.ts';
import type { BenchResult } from './bench/bench-result.ts';
import { benchWindow } from './bench/bench-window.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** Pins of 128 KiB of 4 KiB pages that the measured kernel does in a second (Linux 6.18, EPYC). */
const KERNEL_PINS_PER_SECOND = 420_000;
const IOS_PER_ROUND = 3_000_000;
const ROUNDS = 5;

function layoutOf(spec: LayoutSpec): Layout {
  const built = buildLayoutFromSpec(spec, 1);
  if (!built.ok) throw new Error(built.problem.message);
  return built.layout;
}

function strategyOf(request: StrategyRequest, api: Workload['api']): Strategy {
  const resolved = resolveStrategy(request, api);
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return resolved.strategy;
}

/** Seconds that `work` takes, the median of `rounds` after one round to warm up. */
function medianSeconds(rounds: number, work: () => void): number {
  work();
  const seconds = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e9;
  }).sort((a, b) => a - b);
  return seconds[Math.floor(rounds / 2)] ?? NaN;
}

function randomWrites(count: number): Workload {
  return {
    api: 'direct-io',
    operation: 'write',
    path: 'async',
    blockBytes: 128 * 1024,
    offsetBytes: 0,
    logicalBlockBytes: 512,
    access: 'random',
    count,
    warmUpCount: 0,
    threads: 1,
    queueDepth: 1,
    device: null,
    pagesPerCall: 512,
  };
}

/** Draws, prices, jitters and records I/Os of 128 KiB on one thread. */
function benchSimulation(
  name: string,
  layout: Layout,
  request: StrategyRequest,
  costModel: CostModel,
): BenchResult {
  const trial: Trial = {
    id: name,
    layout: { name, layout },
    layoutDigest: layoutDigest(layout),
    workload: randomWrites(IOS_PER_ROUND),
    strategy: strategyOf(request, 'direct-io'),
    costModel,
    tracer: 'off',
    seed: 1,
    replicate: 0,
  };
  const seconds = medianSeconds(ROUNDS, () => {
    const result = simulate(trial);
    if (result.status !== 'done') throw new Error(result.reason);
  });
  return { name, value: Math.round(IOS_PER_ROUND / seconds), unit: 'ios_per_second' };
}

/** Counts one registration of 1 GiB, which is not cached. */
function benchRegistration(name: string, layout: Layout, times: number): BenchResult {
  const counter = createCounter(strategyOf({ id: 'today' }, 'register').policies);
  const ledger = createLedger();
  const request = { api: 'register', op: 'read', path: 'async', offset: 0, length: GIB } as const;
  const seconds = medianSeconds(ROUNDS, () => {
    for (let time = 0; time < times; time += 1) counter.count({ layout, request }, ledger);
  });
  const value = Number(((seconds / times) * 1e6).toPrecision(3));
  return { name, value, unit: 'microseconds_per_count' };
}

async function benchCore(): Promise<readonly BenchResult[]> {
  const experiments = new URL('../experiments/', import.meta.url);
  const found = await findCostModel(fileURLToPath(experiments), 'textbook');
  if (!found.ok) throw new Error(found.message);
  const costModel = found.value;
  const layoutFile = new URL('layouts/node_process_anon.csv', experiments);
  const nodeProcess = await readLayoutCsv(fileURLToPath(layoutFile));
  if (!nodeProcess.ok) throw new Error(nodeProcess.problem.message);
  const uniform = (bytes: number, order: number, leaf: 'pte' | 'pmd'): Layout =>
    layoutOf({
      kind: 'uniform',
      bytes,
      order,
      frames: 'scattered',
      leaf,
      misalignmentPages: 0,
      flags: [],
    });
  return [
    benchSimulation(
      'simulate.per-page.uniform-4k.128k',
      uniform(64 * MIB, 0, 'pte'),
      { id: 'per-page', parameters: { kernel: 'v6.11' } },
      costModel,
    ),
    benchSimulation(
      'simulate.per-page.node-process.128k',
      nodeProcess.layout,
      { id: 'per-page', parameters: { kernel: 'v6.11' } },
      costModel,
    ),
    benchSimulation(
      'simulate.folio-vec.mthp-128k.128k',
      uniform(64 * MIB, 5, 'pte'),
      { id: 'folio-vec', parameters: { visit: 'each' } },
      costModel,
    ),
    benchRegistration('count.register.hugetlb-2m.1g', uniform(GIB, 9, 'pmd'), 1000),
    benchRegistration('count.register.scattered-4k.1g', uniform(GIB, 0, 'pte'), 10),
  ];
}

function printTable(results: readonly BenchResult[]): void {
  for (const { name, value, unit } of results) {
    const ratio =
      unit === 'ios_per_second' && name.includes('per-page')
        ? `  ${(value / KERNEL_PINS_PER_SECOND).toFixed(1)} times the modelled kernel`
        : '';
    console.log(`${name.padEnd(40)} ${value.toLocaleString('en').padStart(14)} ${unit}${ratio}`);
  }
}

const program = new Command('bench')
  .description(
    'Measures how fast the core simulates and counts, and how the window answers meanwhile.',
  )
  .option('--json', 'print one JSON document, bench@1, and nothing else on stdout', false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const { json: isJson } = program.opts<{ json: boolean }>();
const core = await benchCore();
const window = await benchWindow();
if (window.results === null)
  console.error(`Left out: the figures of the window (${window.reason}).`);
const results = [...core, ...(window.results ?? [])];
if (isJson) {
  const environment = {
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    /** Where the window was measured; null when it was not. */
    window: window.results === null ? null : window.host,
  };
  console.log(JSON.stringify({ schema: 'folio-lab/bench@1', environment, results }, null, 2));
} else {
  printTable(results);
}
