import type { CostModel } from '../cost/cost-model.ts';
import { EXTRACT_PHASES } from '../cost/price.ts';
import type { BuildName } from '../cost/cost-model.ts';
import { PRICED } from '../counting/events.ts';
import type { Phase, PricedName } from '../counting/events.ts';
import type { Api } from '../counting/request.ts';
import { recordFromKeys } from '../records.ts';
import { effectivePolicies } from '../strategy/effective.ts';
import { resolveStrategy } from '../strategy/strategy.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { CHAIN_KEYS, CHAIN_LINKS } from './chain-functions.ts';
import type { ChainKey } from './chain-functions.ts';
import { callsOfChain, countSteps } from './chain-calls.ts';
import type { StepCounts } from './chain-calls.ts';
import type { Explanation } from './explain.ts';

/** A function of one side of the conversion, with what the I/O at hand makes of it. */
export type ChainSide = {
  readonly name: string;
  readonly parameters: string;
  readonly calls: number;
  /** All calls together, in the function itself and with everything it calls, untraced. Unit: nanoseconds. */
  readonly ownNs: number;
  readonly totalNs: number;
};

/** One function of the chain, before and after. */
export type ChainRow = {
  readonly key: ChainKey;
  readonly depth: number;
  /** Whether the conversion changes its name or what it takes. */
  readonly isChanged: boolean;
  readonly before: ChainSide;
  /** Null where nothing took its place. */
  readonly after: ChainSide | null;
};

/** Strategies by the side of the conversion they stand for. */
export type ChainStrategies = Readonly<Record<BuildName, Strategy>>;

/** What stands in for a side that nobody asked for: the kernel and the prototype of the 2024 talk. */
const STAND_INS: Readonly<Record<BuildName, string>> = {
  before: 'per-page',
  after: 'folio-threshold',
};

function isOnSide({ policies }: Strategy, side: BuildName): boolean {
  return (policies.result === 'page-pointers') === (side === 'before');
}

/**
 * Chooses what stands before and after: the first that reports pages, and the first that reports something
 * else; the kernel and the prototype of the talk where there is none.
 *
 * @param asked  In the order of preference.
 */
export function chainStrategies(asked: readonly Strategy[], api: Api): ChainStrategies {
  return recordFromKeys(['before', 'after'], (side) => {
    const own = asked.find((strategy) => isOnSide(strategy, side));
    if (own !== undefined) return own;
    const standIn = resolveStrategy({ id: STAND_INS[side] }, api);
    if (standIn.ok) return standIn.strategy;
    throw new Error(standIn.problem.message);
  });
}

/** Counts of an I/O by phase, priced by a model. */
class Costs {
  private readonly explanation: Explanation;
  private readonly model: CostModel;
  private readonly scale: number;

  constructor(explanation: Explanation, model: CostModel) {
    this.explanation = explanation;
    this.model = model;
    this.scale = model.tracer[explanation.tracer.build].ownTimeScale;
  }

  count(phase: Phase, name: PricedName): number {
    return this.explanation.ledger[phase][name] ?? 0;
  }

  of(phase: Phase, names: readonly PricedName[]): number {
    return names.reduce((sum, name) => sum + this.times(this.count(phase, name), name), 0);
  }

  /** What a number of events costs. */
  times(count: number, name: PricedName): number {
    return count * this.model.prices[name] * this.scale;
  }

  total(): number {
    return EXTRACT_PHASES.reduce((sum, phase) => sum + this.of(phase, PRICED), 0);
  }
}

const LEVELS = ['lvl_pgd', 'lvl_p4d', 'lvl_pud', 'lvl_pmd'] as const;
const RANGES = ['pgd-range', 'p4d-range', 'pud-range', 'pmd-range'] as const;
const VISITS: readonly PricedName[] = ['meta', 'contig_cmp'];

type OwnNs = Record<ChainKey, number>;

/** Levels of the fast walk are steps of the functions for each; the locked walk starts over every time. */
function shareLevels(own: OwnNs, costs: Costs, visits: number): void {
  for (const [index, event] of LEVELS.entries()) {
    const all = costs.count('walk', event);
    const slow = Math.min(all, visits);
    own[RANGES[index]] += costs.times(all - slow, event);
    own['get-pages'] += costs.times(slow, event);
  }
}

/** Shares a cost over tables, leaf entries and the locked walk by what each of them handled. */
function shareOut(
  own: OwnNs,
  ns: number,
  parts: readonly (readonly [ChainKey, number])[],
  rest: ChainKey,
): void {
  const all = parts.reduce((sum, [, part]) => sum + part, 0);
  if (all === 0) own[rest] += ns;
  else for (const [key, part] of parts) own[key] += (ns * part) / all;
}

const FAULTS: readonly PricedName[] = [
  'fault',
  'fault_copy',
  'fault_folio',
  'fault_large',
  'fault_page',
  'fault_split',
];

function shareWalk(own: OwnNs, costs: Costs, steps: StepCounts): void {
  const visits = costs.count('walk', 'ptl_lock');
  own['valid-args'] += costs.of('walk', ['argcheck']);
  own.fast += costs.of('walk', ['seq_begin', 'seq_check', 'irq_save', 'irq_restore']);
  shareLevels(own, costs, visits);
  own['map-table'] += costs.of('walk', ['pte_map', 'pte_unmap']);
  const reads = costs.count('walk', 'pte_read');
  const slowReads = Math.min(reads, visits);
  own['pte-range'] += costs.times(reads - slowReads, 'pte_read');
  own['get-pages'] += costs.times(slowReads, 'pte_read');
  own['get-pages'] += costs.of('walk', ['ptl_lock', 'ptl_unlock']);
  own.locked += costs.of('walk', ['mmap_rlock', 'mmap_runlock']);
  own['find-vma'] += costs.of('walk', ['vma_find']);
  own.fault += costs.of('walk', FAULTS);
  own.slow += costs.of('walk', ['migration']);
  // What looks at each page belongs to who walks it; a page array is looked at only by a long-term pin.
  const parts = steps.isRuns
    ? ([
        ['pte-range', steps.table.pages],
        ['record', steps.leaf.pages],
        ['get-pages', steps.slow.pages],
      ] as const)
    : [];
  shareOut(own, costs.of('walk', VISITS), parts, steps.isRuns ? 'pte-range' : 'slow');
  own['put-folio'] += costs.of('walk', [
    'put',
    'unpin_call',
    'nodestat',
    'spill',
    'lock_op.release',
  ]);
}

function shareGrabs(own: OwnNs, costs: Costs, steps: StepCounts): void {
  const fast = costs.count('grab', 'grab_call');
  const slow = costs.count('grab', 'slow_grab_call');
  own.grab += costs.of('grab', ['grab_call']);
  own['slow-grab'] += costs.of('grab', ['slow_grab_call']);
  own['node-state'] += costs.of('grab', ['nodestat', 'spill']);
  const found = costs.of('grab', ['meta', 'pagemap', 'lock_op.reference', 'lock_op.other']);
  shareOut(
    own,
    found,
    [
      ['get-folio', fast],
      ['slow-grab', slow],
    ],
    'slow-grab',
  );
  const entries = [
    ['pte-range', steps.table.entries],
    ['leaf', steps.leaf.entries],
  ] as const;
  shareOut(own, costs.of('grab', ['recheck']), entries, 'pte-range');
  const marked = [...entries, ['fault', steps.faults]] as const;
  shareOut(own, costs.of('grab', ['lock_op.mark']), marked, 'pte-range');
  const { isRuns } = steps;
  const stores = [
    ['pte-range', isRuns ? steps.table.entries : steps.table.pages],
    ['record', isRuns ? steps.leaf.entries : steps.leaf.pages],
    ['get-pages', isRuns ? steps.slow.entries : steps.slow.pages],
  ] as const;
  shareOut(own, costs.of('record', PRICED), stores, 'get-pages');
}

function ownTimes(explanation: Explanation, model: CostModel, steps: StepCounts): OwnNs {
  const own = recordFromKeys(CHAIN_KEYS, () => 0);
  const costs = new Costs(explanation, model);
  shareWalk(own, costs, steps);
  shareGrabs(own, costs, steps);
  own['want-array'] += costs.of('allocate', PRICED);
  own['try-merge'] += costs.of('add', ['merge_test', 'merge_ok']);
  own['new-vector'] += costs.of('add', ['bvec_new']);
  const named = CHAIN_KEYS.reduce((sum, key) => sum + own[key], 0);
  // The scan for runs of the page array, and whatever else no function above stands for.
  own.extract += Math.max(0, costs.total() - named);
  return own;
}

function sideOf(explanation: Explanation, model: CostModel): ReadonlyMap<ChainKey, ChainSide> {
  const { strategy, request, tracer } = explanation;
  const policies = effectivePolicies(strategy.policies, request);
  const steps = countSteps(explanation, policies);
  const own = ownTimes(explanation, model, steps);
  const calls = callsOfChain(explanation, steps, policies);
  return new Map(
    CHAIN_LINKS.map((link, index) => {
      const { name, parameters } = link[tracer.build] ?? link.before;
      const end = CHAIN_LINKS.findIndex((next, at) => at > index && next.depth <= link.depth);
      const below = CHAIN_LINKS.slice(index, end < 0 ? undefined : end);
      const totalNs = below.reduce((sum, { key }) => sum + own[key], 0);
      const isPlain = policies.kind === 'get';
      const shown = isPlain ? name.replace(/^pin_user/, 'get_user') : name;
      const figures = { calls: calls[link.key], ownNs: own[link.key], totalNs };
      return [link.key, { name: shown, parameters, ...figures }];
    }),
  );
}

/**
 * The functions from bio_iov_iter_get_pages() down to try_grab_folio(), before the conversion and after it, with
 * how often each is called on this I/O and what it costs. Times are untraced; the first row's total is what the
 * phases walk, grab, record, allocate and add cost without a tracer.
 *
 * @param before  Of a strategy that reports pages; see `chainStrategies`.
 * @param after   Of the same I/O by a strategy that reports something else.
 * @source K. Kumar, LPC 2024; SPEC rule TRC-5.
 */
export function callChain(
  before: Explanation,
  after: Explanation,
  model: CostModel,
): readonly ChainRow[] {
  const sides = { before: sideOf(before, model), after: sideOf(after, model) };
  return CHAIN_LINKS.flatMap((link) => {
    const own = sides.before.get(link.key);
    const other = sides.after.get(link.key);
    if (own === undefined || other === undefined) return [];
    const isChanged =
      link.after === null ||
      link.after.name !== link.before.name ||
      link.after.parameters !== link.before.parameters;
    const isGone = link.after === null && other.calls === 0;
    return [
      { key: link.key, depth: link.depth, isChanged, before: own, after: isGone ? null : other },
    ];
  });
}
