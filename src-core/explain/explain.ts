import type { CostModel } from '../cost/cost-model.ts';
import type { BuildName } from '../cost/cost-model.ts';
import { createPricer, phasesFromPrices } from '../cost/price.ts';
import { countTracedCalls, tracedCallTotal } from '../cost/tracer.ts';
import { createCounter } from '../counting/counter.ts';
import {
  OVERHEADS,
  PHASES,
  PRICED,
  createLedger,
  eventTotal,
  eventTotals,
  ledgerIndex,
} from '../counting/events.ts';
import type { EventName, Ledger, OverheadName, Phase, PricedName } from '../counting/events.ts';
import type { BioVectorSource } from '../counting/memory-classes.ts';
import { Recorder } from '../counting/recorder.ts';
import type { FolioReferences, PageVector, Step } from '../counting/recorder.ts';
import { demandOf } from '../counting/page-states.ts';
import type { Demand } from '../counting/page-states.ts';
import { requestProblem } from '../counting/request-problem.ts';
import { firstPageOf, pagesOf } from '../counting/request.ts';
import type { IoOutcome, IoRequest } from '../counting/request.ts';
import { countRuns } from '../counting/runs.ts';
import { ModelError } from '../errors.ts';
import type { BioVector } from './bio-vector.ts';
import { brokenHoles } from './prototype-holes.ts';
import type { BrokenHole } from './prototype-holes.ts';
import type { TracerMode } from '../experiment/experiment.ts';
import type { Layout } from '../layout/layout.ts';
import { recordFromKeys } from '../records.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { PAGE_BYTES } from '../units.ts';

/** One I/O to the last event. */
export type Explanation = {
  readonly request: IoRequest;
  readonly strategy: Strategy;
  readonly costModelId: string;
  readonly outcome: IoOutcome;
  /** Pages the request touches (N). */
  readonly pages: number;
  /** Runs of the pages that were pinned, whatever the strategy makes of them. */
  readonly folioRuns: number;
  readonly physicalRuns: number;
  /** Bios that carry a vector, and all that were started: one more when the next page is unmapped. */
  readonly bios: number;
  readonly biosStarted: number;
  /** GUP calls over all bios, and those of them that needed the slow path. */
  readonly calls: number;
  readonly slowCalls: number;
  /** Page tables that a call walked although the call before it had. */
  readonly rewalkedTables: number;
  readonly events: Readonly<Record<EventName, number>>;
  /** Priced work that is no event: calls of the grab function, allocations above 8 KiB. */
  readonly overheads: Readonly<Record<OverheadName, number>>;
  /** Events by phase, those that occurred. */
  readonly ledger: Readonly<Record<Phase, Readonly<Partial<Record<PricedName, number>>>>>;
  /** Of all bios in order. */
  readonly bvecs: readonly BioVector[];
  readonly bio: {
    readonly path: 'async' | 'sync';
    readonly vecs: number;
    readonly bytes: number;
    readonly source: BioVectorSource;
  };
  readonly temporary: {
    readonly stackBytes: number;
    readonly heapBytes: number;
    readonly heapRequested: number;
    readonly pagesAllocated: number;
  };
  readonly irqOffPages: number;
  /** DMA pins held until completion, by whether the device only reads the memory. Source: SPEC rule PIN-2. */
  readonly pins: { readonly readOnly: number; readonly readWrite: number };
  /** Nanoseconds, with what the tracer adds when it is on. */
  readonly phases: Readonly<Record<Phase, number>>;
  readonly totalNs: number;
  readonly tracer: {
    readonly mode: TracerMode;
    readonly build: BuildName;
    /** Calls that function_graph would record. */
    readonly calls: number;
  };
  /** References by the head frame of their folio. */
  readonly references: ReadonlyMap<number, FolioReferences>;
  readonly steps: readonly Step[];
  /** What the holes of the prototype break on this I/O; empty where they are closed. */
  readonly broken: readonly BrokenHole[];
};

/** What to explain. */
export type ExplainInput = {
  readonly layout: Layout;
  readonly request: IoRequest;
  readonly strategy: Strategy;
  readonly costModel: CostModel;
  readonly tracer: TracerMode;
};

/** Cuts the I/O's offset off its first vector and its unused tail off the last, unless nobody does (HOLE-6). */
function trimVectors(
  vectors: readonly PageVector[],
  request: IoRequest,
  outcome: IoOutcome,
  isTrimmed: boolean,
): BioVector[] {
  if (!isTrimmed) {
    return vectors.map(({ pfn, pages }) => ({ pfn, offset: 0, length: pages * PAGE_BYTES }));
  }
  const start = request.offset % PAGE_BYTES;
  const carried = Math.min(outcome.pages * PAGE_BYTES, start + request.length);
  const bvecs: BioVector[] = [];
  let byte = 0;
  for (const { pfn, pages } of vectors) {
    const offset = byte === 0 ? start : 0;
    const end = Math.min(byte + pages * PAGE_BYTES, carried);
    bvecs.push({ pfn, offset, length: end - byte - offset });
    byte += pages * PAGE_BYTES;
  }
  return bvecs;
}

function pinsByUse(held: number, { isWrite }: Demand): Explanation['pins'] {
  return { readOnly: isWrite ? 0 : held, readWrite: isWrite ? held : 0 };
}

function ledgerRecord(ledger: Ledger): Explanation['ledger'] {
  return recordFromKeys(PHASES, (phase) => {
    const counts: Partial<Record<PricedName, number>> = {};
    for (const name of PRICED) {
      const count = ledger[ledgerIndex(phase, name)];
      if (count > 0) counts[name] = count;
    }
    return counts;
  });
}

/**
 * Counts, prices and records one I/O.
 *
 * @throws {ModelError} `bad-layout` when the pages cannot be counted; ask `requestProblem` first.
 * @source SPEC.md, every counting rule.
 */
export function explainIo(input: ExplainInput): Explanation {
  const { layout, request, strategy, costModel } = input;
  const problem = requestProblem(layout, request, strategy.policies);
  if (problem !== null) throw new ModelError('bad-layout', problem);
  const ledger = createLedger();
  const recorder = new Recorder();
  const counted = createCounter(strategy.policies).count({ layout, request }, ledger, recorder);
  const { outcome } = counted;
  const figures = { ...counted.figures };
  const pricer = createPricer(costModel, strategy.policies, input.tracer);
  const prices = new Float64Array(PHASES.length);
  pricer.price(ledger, figures, prices);
  const traced = countTracedCalls(ledger, figures, strategy.policies, pricer.build);
  const bvecs = trimVectors(recorder.vectors, request, outcome, !strategy.policies.prototypeHoles);
  const { references } = recorder;
  return {
    request,
    strategy,
    costModelId: costModel.id,
    outcome,
    pages: pagesOf(request),
    ...countRuns(layout, firstPageOf(request), outcome.pages),
    bios: figures.bios,
    biosStarted: figures.biosStarted,
    calls: figures.calls,
    slowCalls: figures.slowCalls,
    rewalkedTables: figures.rewalkedTables,
    events: eventTotals(ledger),
    overheads: recordFromKeys(OVERHEADS, (name) => eventTotal(ledger, name)),
    ledger: ledgerRecord(ledger),
    bvecs,
    bio: {
      path: request.path,
      vecs: figures.bioVectors,
      bytes: figures.bioBytes,
      source: figures.bioSource,
    },
    temporary: {
      stackBytes: figures.stackBytes,
      heapBytes: figures.heapBytes,
      heapRequested: figures.heapRequested,
      pagesAllocated: figures.pagesAllocated,
    },
    irqOffPages: figures.irqOffPages,
    pins: pinsByUse(figures.pinsHeld, demandOf(request, strategy.policies)),
    phases: phasesFromPrices(prices),
    totalNs: prices.reduce((sum, ns) => sum + ns, 0),
    tracer: { mode: input.tracer, build: pricer.build, calls: tracedCallTotal(traced) },
    references,
    steps: recorder.steps,
    broken: strategy.policies.prototypeHoles
      ? brokenHoles({
          layout,
          request,
          bvecs,
          references,
          hasStopped: recorder.steps.some(({ kind }) => kind === 'stop'),
        })
      : [],
  };
}
