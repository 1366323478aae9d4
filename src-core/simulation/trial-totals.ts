import { ALLOCATION_SOURCES, isHeldUntilCompletion } from '../counting/allocations.ts';
import { createLedger } from '../counting/events.ts';
import type { Ledger } from '../counting/events.ts';
import { firstPageOf } from '../counting/request.ts';
import { countRuns } from '../counting/runs.ts';
import type { IoCosts } from './io-costs.ts';
import type { AllocationTotal, FigureTotals } from './trial-result.ts';

/** What the distinct I/Os of a trial add up to. */
export type TrialTotals = {
  readonly ledger: Ledger;
  readonly allocations: readonly AllocationTotal[];
  readonly figures: FigureTotals;
};

/** How much memory was held at once: see SPEC rule SIM-8. */
export type Concurrency = {
  /** Most threads inside a submission at one moment. */
  readonly submitting: number;
  /** Most bytes held by I/Os in flight, by source; null when each I/O completes at once. */
  readonly heldPeak: Float64Array | null;
};

type Sums = {
  hits: number;
  pages: number;
  calls: number;
  slowCalls: number;
  extracts: number;
  bios: number;
  biosStarted: number;
  folioRuns: number;
  physicalRuns: number;
  irqOffPages: number;
  stackBytes: number;
  heapBytes: number;
  heapRequested: number;
  bioBytes: number;
};

function figuresFromSums(sums: Sums): FigureTotals {
  const perIo = (sum: number): number => sum / sums.hits;
  return {
    pagesPerIo: perIo(sums.pages),
    gupCallsPerIo: perIo(sums.calls),
    slowCallsPerIo: perIo(sums.slowCalls),
    extractsPerIo: perIo(sums.extracts),
    biosPerIo: perIo(sums.bios),
    biosStartedPerIo: perIo(sums.biosStarted),
    folioRunsPerIo: perIo(sums.folioRuns),
    physicalRunsPerIo: perIo(sums.physicalRuns),
    irqOffPagesMost: sums.irqOffPages,
    stackBytesMost: sums.stackBytes,
    heapBytesPerIo: perIo(sums.heapBytes),
    heapRequestedPerIo: perIo(sums.heapRequested),
    bioBytesPerIo: perIo(sums.bioBytes),
  };
}

/**
 * Adds up the measured I/Os: every distinct one is counted once more and weighted by its hits, so that
 * the sums are exact without a ledger for each slot.
 *
 * @source SPEC rule SIM-4.
 */
export function sumTrial(costs: IoCosts, concurrency: Concurrency): TrialTotals {
  const total = createLedger();
  const ledger = createLedger();
  const count = new Float64Array(ALLOCATION_SOURCES.length);
  const bytes = new Float64Array(ALLOCATION_SOURCES.length);
  const peak = new Float64Array(ALLOCATION_SOURCES.length);
  const sums: Sums = {
    hits: 0,
    pages: 0,
    calls: 0,
    slowCalls: 0,
    extracts: 0,
    bios: 0,
    biosStarted: 0,
    folioRuns: 0,
    physicalRuns: 0,
    irqOffPages: 0,
    stackBytes: 0,
    heapBytes: 0,
    heapRequested: 0,
    bioBytes: 0,
  };
  for (let slot = 0; slot < costs.slotCount; slot += 1) {
    const hits = costs.hits[slot];
    if (hits === 0) continue;
    const { figures, allocations, outcome } = costs.recount(slot, ledger);
    for (let at = 0; at < total.length; at += 1) total[at] += ledger[at] * hits;
    for (let source = 0; source < count.length; source += 1) {
      count[source] += allocations.count[source] * hits;
      bytes[source] += allocations.bytes[source] * hits;
      peak[source] = Math.max(peak[source], allocations.peak[source]);
    }
    const offset = costs.offsetOf(slot);
    const runs = countRuns(costs.memoryOf(slot), firstPageOf({ offset }), outcome.pages);
    sums.hits += hits;
    sums.pages += outcome.pages * hits;
    sums.calls += figures.calls * hits;
    sums.slowCalls += figures.slowCalls * hits;
    sums.extracts += figures.extracts * hits;
    sums.bios += figures.bios * hits;
    sums.biosStarted += figures.biosStarted * hits;
    sums.folioRuns += runs.folioRuns * hits;
    sums.physicalRuns += runs.physicalRuns * hits;
    sums.irqOffPages = Math.max(sums.irqOffPages, figures.irqOffPages);
    sums.stackBytes = Math.max(sums.stackBytes, figures.stackBytes);
    sums.heapBytes += figures.heapBytes * hits;
    sums.heapRequested += figures.heapRequested * hits;
    sums.bioBytes += figures.bioBytes * hits;
  }
  const peakOf = (source: number): number => {
    const { heldPeak, submitting } = concurrency;
    if (isHeldUntilCompletion(source) && heldPeak !== null) return heldPeak[source];
    return peak[source] * submitting;
  };
  const allocations = ALLOCATION_SOURCES.map((source, index) => ({
    source,
    count: count[index],
    bytes: bytes[index],
    peakBytes: peakOf(index),
  })).filter((allocation) => allocation.count > 0);
  return { ledger: total, allocations, figures: figuresFromSums(sums) };
}
