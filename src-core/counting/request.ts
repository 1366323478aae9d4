import type { Layout } from '../layout/layout.ts';
import { PAGE_BYTES } from '../units.ts';

/** Who pins: direct I/O (a bio), the kernel's gup_test, or registration of a long-lived buffer. */
export const APIS = ['direct-io', 'gup-test', 'register'] as const;
export type Api = (typeof APIS)[number];

/**
 * What the cache holds of an I/O's struct pages, page tables and kernel data when it begins: all of it, all but
 * what a device that moves data by processor pushed out (`evicted`), or none.
 */
export const CACHE_STATES = ['hot', 'evicted', 'cold'] as const;
export type CacheState = (typeof CACHE_STATES)[number];

/** One I/O on a user buffer. */
export type IoRequest = {
  readonly api: Api;
  /** `read` from the device writes memory (FOLL_WRITE); `write` to the device only reads it. */
  readonly op: 'read' | 'write';
  /** First byte, counted from virtual page 0. Unit: bytes. */
  readonly offset: number;
  /** At least 1. Unit: bytes. */
  readonly length: number;
  /** Asynchronous submission, or the synchronous block-device path. Only matters for direct I/O. */
  readonly path: 'async' | 'sync';
  /** For `gup-test`: pages pinned by one call, at least 1. Unit: base pages. */
  readonly pagesPerCall?: number;
  /** `hot` unless it is said. */
  readonly caches?: CacheState;
};

/** First virtual page of a request. Unit: base pages. */
export function firstPageOf(request: Pick<IoRequest, 'offset'>): number {
  return Math.floor(request.offset / PAGE_BYTES);
}

/** Pages a request touches: N in the SPEC. Unit: base pages. */
export function pagesOf(request: Pick<IoRequest, 'offset' | 'length'>): number {
  return Math.ceil(((request.offset % PAGE_BYTES) + request.length) / PAGE_BYTES);
}

/** How an I/O ended; `pages` were pinned and carried. */
export type IoOutcome = {
  readonly kind: 'pinned' | 'short' | 'efault';
  readonly pages: number;
};

/** What to count: one request on one layout. */
export type CountingInput = { readonly layout: Layout; readonly request: IoRequest };
