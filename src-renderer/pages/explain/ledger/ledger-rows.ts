import { createLedger, countTracedCalls, EXTRACT_PHASES, ledgerIndex, PHASES, PRICED } from '#core';
import type { CostModel, Explanation, Ledger, Phase, PricedName } from '#core';
import { EVENT_WORDS, PHASE_WORDS } from './event-words.ts';

/** How often something happened, and what that costs. */
export type Cost = { readonly count: number; readonly ns: number };

/** One line of the ledger; `beside` belongs to the second strategy, null where there is none. */
export type LedgerRow = {
  readonly name: string;
  readonly meaning: string;
  readonly cost: Cost;
  readonly beside: Cost | null;
};

/** One phase with its lines. */
export type LedgerPhase = {
  readonly phase: Phase;
  readonly meaning: string;
  readonly ns: number;
  /** Of the I/O's total, 0 to 1. */
  readonly share: number;
  readonly besideNs: number | null;
  readonly besideShare: number | null;
  readonly rows: readonly LedgerRow[];
};

/** An explanation and the prices it was made with. */
export type Priced = { readonly explanation: Explanation; readonly costModel: CostModel };

/** What the tracer itself costs, as one line of a phase. */
const TRACER = 'function_graph';
const TRACER_WORDS = 'what the tracer adds to the calls it records';

function ledgerOf({ ledger }: Explanation): Ledger {
  const target = createLedger();
  for (const phase of PHASES) {
    for (const name of PRICED) target[ledgerIndex(phase, name)] = ledger[phase][name] ?? 0;
  }
  return target;
}

function tracedCalls(explanation: Explanation, phase: Phase): number {
  const { calls, biosStarted, steps, strategy, tracer } = explanation;
  if (tracer.mode === 'off') return 0;
  const extracts = steps.filter(({ kind }) => kind === 'extract').length;
  const figures = { calls, biosStarted, extracts };
  return countTracedCalls(ledgerOf(explanation), figures, strategy.policies, tracer.build)[phase];
}

/** Nanoseconds of one event of a phase. Source: SPEC rules COST-1, COST-3. */
function priceOf({ explanation, costModel }: Priced, phase: Phase, name: PricedName): number {
  const scale = EXTRACT_PHASES.includes(phase)
    ? costModel.tracer[explanation.tracer.build].ownTimeScale
    : 1;
  return costModel.prices[name] * scale;
}

/** The costs of a phase by name; the tracer's stands under its own. */
function costsOf(priced: Priced, phase: Phase): ReadonlyMap<string, Cost> {
  const { explanation } = priced;
  const costs = new Map<string, Cost>();
  let eventNs = 0;
  for (const name of PRICED) {
    const count = explanation.ledger[phase][name] ?? 0;
    if (count === 0) continue;
    const ns = count * priceOf(priced, phase, name);
    eventNs += ns;
    costs.set(name, { count, ns });
  }
  const calls = tracedCalls(explanation, phase);
  // The outermost exit is in nobody's time, so the tracer has what the events leave of the phase.
  if (calls > 0) costs.set(TRACER, { count: calls, ns: explanation.phases[phase] - eventNs });
  return costs;
}

function meaningOf(name: PricedName | typeof TRACER): string {
  return name === TRACER ? TRACER_WORDS : EVENT_WORDS[name];
}

const NOTHING: Cost = { count: 0, ns: 0 };
const NAMES: readonly (PricedName | typeof TRACER)[] = [...PRICED, TRACER];

function shareOf(ns: number, totalNs: number): number {
  return totalNs === 0 ? 0 : ns / totalNs;
}

function ledgerPhase(phase: Phase, priced: Priced, beside: Priced | null): LedgerPhase {
  const costs = costsOf(priced, phase);
  const besideCosts = beside === null ? null : costsOf(beside, phase);
  const rows = NAMES.filter((name) => costs.has(name) || besideCosts?.has(name) === true).map(
    (name) => ({
      name,
      meaning: meaningOf(name),
      cost: costs.get(name) ?? NOTHING,
      beside: besideCosts === null ? null : (besideCosts.get(name) ?? NOTHING),
    }),
  );
  const { phases, totalNs } = priced.explanation;
  const other = beside?.explanation ?? null;
  return {
    phase,
    meaning: PHASE_WORDS[phase],
    ns: phases[phase],
    share: shareOf(phases[phase], totalNs),
    besideNs: other === null ? null : other.phases[phase],
    besideShare: other === null ? null : shareOf(other.phases[phase], other.totalNs),
    rows,
  };
}

/** The event ledger by phase, with a second strategy beside it; phases that nobody enters are left out. */
export function ledgerPhases(priced: Priced, beside: Priced | null): readonly LedgerPhase[] {
  return PHASES.map((phase) => ledgerPhase(phase, priced, beside)).filter(
    ({ rows }) => rows.length > 0,
  );
}
