import { PHASES } from '../counting/events.ts';
import type { EncodedHistogram } from '../statistics/index.ts';

/** What a latency is measured of: the eight priced phases, the device, waiting, and their sum. */
export const LATENCY_PHASES = [...PHASES, 'device', 'wait', 'total'] as const;
export type LatencyPhase = (typeof LATENCY_PHASES)[number];

/** One source of memory over the measured I/Os of a trial. */
export type AllocationTotal = {
  /** As in `ALLOCATION_SOURCES`. */
  readonly source: string;
  readonly count: number;
  /** Sum of all allocations. Unit: bytes of the slab class. */
  readonly bytes: number;
  /** Most bytes held at one simulated moment. */
  readonly peakBytes: number;
};

/** Means and extremes of the figures that are no events, over the measured I/Os. */
export type FigureTotals = {
  readonly pagesPerIo: number;
  readonly gupCallsPerIo: number;
  /** Of those, the calls that needed the slow path: the counter fast_gup_slow of 2008. */
  readonly slowCallsPerIo: number;
  /** Extract calls over all bios, or those of a pin without a bio. */
  readonly extractsPerIo: number;
  /** Bios that carry at least one vector, and all that were started. */
  readonly biosPerIo: number;
  readonly biosStartedPerIo: number;
  readonly folioRunsPerIo: number;
  readonly physicalRunsPerIo: number;
  readonly irqOffPagesMost: number;
  readonly stackBytesMost: number;
  readonly heapBytesPerIo: number;
  readonly heapRequestedPerIo: number;
  readonly bioBytesPerIo: number;
};

/** A trial that ran. */
export type FinishedTrial = {
  readonly status: 'done';
  /** Measured I/Os. */
  readonly samples: number;
  /** One histogram per latency phase. Unit of values: picoseconds inside, nanoseconds outside. */
  readonly latency: Readonly<Record<LatencyPhase, EncodedHistogram>>;
  /** Event counts by phase, summed over the measured I/Os. Indexed as `Ledger`. */
  readonly ledger: Float64Array;
  readonly allocations: readonly AllocationTotal[];
  readonly figures: FigureTotals;
  /** Simulated time the measured I/Os took, all threads together. Unit: nanoseconds. */
  readonly spanNs: number;
  /** I/Os per simulated second; 0 under a cost model in which nothing takes time. */
  readonly iops: number;
  /** Simulated processor time. Unit: nanoseconds per I/O. */
  readonly cpuNsPerIo: number;
};

/** A trial whose layout cannot hold one I/O of its workload. */
export type NotApplicableTrial = { readonly status: 'not-applicable'; readonly reason: string };

export type TrialResult = FinishedTrial | NotApplicableTrial;
