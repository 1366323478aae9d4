import { buildLayoutFromSpec, planTrials, PRICED, recordFromKeys, resolveStrategy } from '#core';
import type { CostModel, Layout, LayoutSpec, Strategy, Trial, Workload } from '#core';

const noTracer = { enterNs: 1, exitNs: 1, exitNsRange: [1, 1], ownTimeScale: 1 } as const;

/** Prices that are far from equal, so that a mixed-up event shows. */
export const smallCostModel: CostModel = {
  id: 'for-tests',
  title: 'Prices for tests',
  provenance: 'Made up.',
  error: 'Unknown.',
  prices: recordFromKeys(PRICED, (_name, index) => 1 + index * 0.75),
  cacheBytes: null,
  jitter: { sigma: 0.1 },
  tracer: { before: noTracer, after: noTracer },
};

const smallWorkload: Workload = {
  api: 'direct-io',
  operation: 'write',
  path: 'async',
  blockBytes: 65_536,
  offsetBytes: 0,
  logicalBlockBytes: 512,
  access: 'random',
  count: 200,
  warmUpCount: 10,
  threads: 1,
  queueDepth: 1,
  device: null,
  pagesPerCall: 1,
};

/** A scattered buffer of 2 MiB, but for what is said otherwise. */
export function smallLayout(changes: { readonly order?: number; readonly bytes?: number }): Layout {
  const spec: LayoutSpec = {
    kind: 'uniform',
    bytes: changes.bytes ?? 2_097_152,
    order: changes.order ?? 0,
    frames: 'scattered',
    leaf: 'pte',
    misalignmentPages: 0,
    flags: [],
  };
  const built = buildLayoutFromSpec(spec, 1);
  if (!built.ok) throw new Error(built.problem.message);
  return built.layout;
}

function smallStrategy(id: string): Strategy {
  const resolved = resolveStrategy({ id }, 'direct-io');
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return resolved.strategy;
}

/** What a small plan varies; everything can be left out. */
export type SmallPlan = {
  readonly layouts?: Readonly<Record<string, Layout>>;
  readonly strategies?: readonly string[];
  readonly workload?: Partial<Workload>;
  readonly costModel?: CostModel;
  readonly seed?: number;
  readonly replicates?: number;
};

/** Trials of some milliseconds each. */
export function smallTrials(plan: SmallPlan = {}): Trial[] {
  const layouts = plan.layouts ?? { base: smallLayout({}) };
  const workload = { ...smallWorkload, ...plan.workload };
  return planTrials({
    name: 'small',
    seed: plan.seed ?? 1,
    replicates: plan.replicates ?? 1,
    layouts: Object.entries(layouts).map(([name, layout]) => ({ name, layout })),
    strategies: (plan.strategies ?? ['per-page', 'folio-vec']).map(smallStrategy),
    points: [{ workload, costModel: plan.costModel ?? smallCostModel, tracer: 'off' }],
  });
}
