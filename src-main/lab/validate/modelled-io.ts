import {
  callTree,
  countTracedCalls,
  createCounter,
  createLedger,
  createPricer,
  eventTotal,
  explainIo,
  PHASE_INDEX,
  PHASES,
  reportedNs,
  resolveStrategy,
  tracedCallTotal,
  tracedRoots,
} from '#core';
import type {
  CallNode,
  CostModel,
  IoRequest,
  Layout,
  Phase,
  PricedName,
  Strategy,
  TracerMode,
} from '#core';
import { readSize } from '#contract';
import type { PublishedWorkload } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';

/** One I/O of a published workload, ready to be counted. */
export type WorkloadIo = {
  readonly layout: Layout;
  readonly request: IoRequest;
  readonly strategy: Strategy;
};

/** What the model says of one I/O. Unit of times: nanoseconds. */
export type ModelledIo = {
  readonly pages: number;
  readonly bytes: number;
  readonly timeOf: (phases: readonly Phase[], tracer: TracerMode) => number;
  readonly eventsOf: (event: PricedName) => number;
  readonly priceOf: (event: PricedName) => number;
  /** What function_graph reports for a call of a function, the mean of all; null where there is none. */
  readonly reportedOf: (name: string) => number | null;
  readonly tracedCalls: number;
  readonly gupCalls: number;
  readonly slowCalls: number;
  readonly heapBytes: number;
  readonly stackBytes: number;
  /** How much the time with the tracer off changes over what the tracer's exit can cost. */
  readonly tracerDoubtNs: readonly [number, number];
};

/** A size of the published figures. @throws {Error} for text that is none. */
export function bytesFrom(key: string, written: string): number {
  const reading = readSize(written);
  if (reading.ok) return reading.value;
  throw new Error(`${key}: ${reading.message}`);
}

/**
 * Turns a workload of the published figures into an I/O.
 *
 * @returns The I/O, or why its strategy or a size cannot be read.
 */
export function ioFromWorkload(workload: PublishedWorkload, layout: Layout): Found<WorkloadIo> {
  const { strategy, api, operation, path, pagesPerCall } = workload;
  const resolved = resolveStrategy(strategy, api);
  if (!resolved.ok) return { ok: false, message: `${workload.id}: ${resolved.problem.message}` };
  const request: IoRequest = {
    api,
    op: operation,
    path,
    offset: bytesFrom('offset', workload.offset),
    length: bytesFrom('length', workload.length),
    ...(pagesPerCall === undefined ? {} : { pagesPerCall }),
  };
  return { ok: true, value: { layout, request, strategy: resolved.strategy } };
}

/** Calls of a function in a tree, and the time of all of them. */
function callsOf(
  nodes: readonly CallNode[],
  name: string,
  durationOf: (node: CallNode) => number,
): { readonly count: number; readonly ns: number } {
  let count = 0;
  let ns = 0;
  for (const node of nodes) {
    const isSought = node.name === name;
    const inside = isSought
      ? { count: 1, ns: durationOf(node) }
      : callsOf(node.children, name, durationOf);
    count += node.count * inside.count;
    ns += node.count * inside.ns;
  }
  return { count, ns };
}

/** Counts and prices one I/O. Cost is proportional to page tables, not to pages. */
export function modelIo(io: WorkloadIo, model: CostModel): ModelledIo {
  const { policies } = io.strategy;
  const ledger = createLedger();
  const counted = createCounter(policies).count(io, ledger);
  const figures = { ...counted.figures };
  const { pages } = counted.outcome;
  const pricer = createPricer(model, policies, 'off');
  const traced = tracedCallTotal(countTracedCalls(ledger, figures, policies, pricer.build));
  const { tracer } = pricer;
  const exits = traced - tracedRoots(figures);
  const [leastExit, mostExit] = tracer.exitNsRange;
  return {
    pages,
    bytes: io.request.length,
    timeOf: (phases, mode) => {
      const prices = new Float64Array(PHASES.length);
      createPricer(model, policies, mode).price(ledger, figures, prices);
      return phases.reduce((sum, phase) => sum + (prices[PHASE_INDEX[phase]] ?? 0), 0);
    },
    eventsOf: (event) => eventTotal(ledger, event),
    priceOf: (event) => model.prices[event],
    reportedOf: (name) => {
      const explanation = explainIo({ ...io, costModel: model, tracer: 'function-graph' });
      const { count, ns } = callsOf(callTree(explanation, model), name, (node) =>
        reportedNs(node, tracer),
      );
      return count === 0 ? null : ns / count;
    },
    tracedCalls: traced,
    gupCalls: figures.calls,
    slowCalls: figures.slowCalls,
    heapBytes: figures.heapBytes,
    stackBytes: figures.stackBytes,
    tracerDoubtNs: [exits * (tracer.exitNs - mostExit), exits * (tracer.exitNs - leastExit)],
  };
}
