import type { PricedName } from '../counting/events.ts';

/** How much one phase varies from I/O to I/O: a log-normal factor with mean 1. */
export type Jitter = {
  /** Standard deviation of the logarithm, 0 (none) to 1. */
  readonly sigma: number;
};

/**
 * What function_graph adds to each traced call, and how the build's own time compares with the prices.
 *
 * @source SPEC rules TRC-1 to TRC-4, COST-3.
 */
export type TracerBuild = {
  /** Counted inside the traced function's own duration. Unit: nanoseconds a call. */
  readonly enterNs: number;
  /** Counted only in the callers' durations. Unit: nanoseconds a call. */
  readonly exitNs: number;
  /** What `exitNs` can be, from the trace it was read off; bounds of the untraced estimate. */
  readonly exitNsRange: readonly [number, number];
  /** Factor on the prices inside bio_iov_iter_get_pages(); 1 unless it was fitted to a trace. */
  readonly ownTimeScale: number;
};

/** Which functions a build has left to trace: the kernel before the conversion, or the prototype. */
export type BuildName = 'before' | 'after';

/** Nanoseconds per event, with where they come from. */
export type CostModel = {
  readonly id: string;
  readonly title: string;
  /** Whose measurement, on which machine and kernel, when, fitted how. One paragraph. */
  readonly provenance: string;
  /** How far off it is, in words a reader can check. */
  readonly error: string;
  /** Unit: nanoseconds each, zero or more; every priced name is present. */
  readonly prices: Readonly<Record<PricedName, number>>;
  /**
   * The cache of one processor: a workload whose struct pages and page tables need more finds them cold.
   * Null where cold memory was not measured: nothing is cold then. Unit: bytes. Source: SPEC rule COLD-4.
   */
  readonly cacheBytes: number | null;
  readonly jitter: Jitter;
  readonly tracer: Readonly<Record<BuildName, TracerBuild>>;
  /**
   * What measured spans of this machine hold beside what is modelled, by the names of `SPAN_TERMS`. No I/O is
   * priced with them: they serve predictions of measurements alone. Unit: nanoseconds a span.
   */
  readonly spanTerms?: Readonly<Record<SpanTerm, number>>;
};

/**
 * Parts of a measured span that are no part of pinning: from the entry of the system call to the first pin
 * (`sys_enter`), from the last release to its exit (`sys_exit`), and what a device adds that wakes a worker thread
 * for each bio, to a span that begins with the pins (`worker`) or with the system call (`worker_entry`).
 *
 * Of whole calls: a registration of a buffer (`register_call`), each of its vectors (`register_vector`) and each entry
 * that its accounting looks at again for a large folio (`register_pair`); the first call after the process changed its
 * memory by mapping it (`mapped_call`) or by a fork (`forked_call`), and the one after that (`forked_again`); MADV_POPULATE_WRITE (`populate_call`); the
 * exception around a fault of a user's store (`user_fault`) and the store to a page (`user_store`); a direct write
 * (`direct_call`), and what its block layer and device do for each page (`direct_page`).
 *
 * Of threads beside each other: the call that unmaps, protects or faults, alone; an interrupt until another processor
 * has answered it; and what a locked operation takes longer where another processor had the cache line.
 */
export const SPAN_TERMS = [
  'sys_enter',
  'sys_exit',
  'worker',
  'worker_entry',
  'register_call',
  'register_vector',
  'register_pair',
  'mapped_call',
  'forked_call',
  'forked_again',
  'populate_call',
  'user_fault',
  'user_store',
  'direct_call',
  'direct_page',
  'unmap_alone',
  'protect_alone',
  'fault_alone',
  'interrupt',
  'line_transfer',
] as const;
export type SpanTerm = (typeof SPAN_TERMS)[number];
