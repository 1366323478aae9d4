import type { IoRequest, Phase, PricedName, SpanTerm } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';

/** All that a prediction may know of a row: what was measured, and nothing that came out. */
export type SpanQuestion = Pick<
  SpanRow,
  'table' | 'layout' | 'mode' | 'bytes' | 'offsetBytes' | 'metric' | 'device' | 'op'
>;

/** One probe on a kernel tracepoint: in every span, and in no cost model. Unit: nanoseconds. */
export const PROBE_NS = 90;

/** Metrics of the measurement tables that the model speaks of. */
export const SPAN_METRICS = ['pin_span', 'get_pages_span', 'release_span'] as const;
export type SpanMetric = (typeof SPAN_METRICS)[number];

/** What lies between the two tracepoints of a metric. */
export type SpanDefinition = {
  readonly strategy: 'io-uring-coalesce' | 'folio-add';
  readonly api: IoRequest['api'];
  readonly phases: readonly Phase[];
  /** Events of one more phase that is cut by the second tracepoint; null where none is cut. */
  readonly cutPhase: { readonly phase: Phase; readonly events: readonly PricedName[] } | null;
  /** How often each term occurs. */
  readonly termsOf: (row: SpanQuestion) => Partial<Record<SpanTerm, number>>;
};

/** Up to this length the vectors of a bio are inline, and the span has no allocation to begin or end at. */
const MOST_INLINE_PAGES = 4;
const PAGE_BYTES = 4096;

function isInline(row: SpanQuestion): boolean {
  return Math.ceil(row.bytes / PAGE_BYTES) <= MOST_INLINE_PAGES;
}

/** A loop device hands the bio to a worker thread, which disturbs the more the earlier a span begins. */
function workerTerms(row: SpanQuestion): Partial<Record<SpanTerm, number>> {
  if (row.device !== 'loop') return {};
  return isInline(row) ? { worker_entry: 1 } : { worker: 1 };
}

/**
 * The spans, cut as the README of the measurements says: `pin_span` ends with the check whether folios can be
 * coalesced; `get_pages_span` of up to 4 pages begins where the system call does, and `release_span` of as many
 * ends where it does.
 *
 * @source Linux 6.18 io_uring/rsrc.c io_sqe_buffer_register(), block/fops.c __blkdev_direct_IO_simple().
 */
export const SPANS: Readonly<Record<SpanMetric, SpanDefinition>> = {
  pin_span: {
    strategy: 'io-uring-coalesce',
    api: 'register',
    phases: ['walk', 'grab', 'record'],
    cutPhase: { phase: 'add', events: ['contig_cmp', 'meta'] },
    termsOf: () => ({}),
  },
  get_pages_span: {
    strategy: 'folio-add',
    api: 'direct-io',
    phases: ['walk', 'grab', 'record', 'add', 'submit'],
    cutPhase: null,
    termsOf: (row) => ({ ...(isInline(row) ? { sys_enter: 1 } : {}), ...workerTerms(row) }),
  },
  release_span: {
    strategy: 'folio-add',
    api: 'direct-io',
    phases: ['complete', 'release'],
    cutPhase: null,
    termsOf: (row) => (isInline(row) ? { sys_exit: 1 } : {}),
  },
};

const NOT_MODELLED: Readonly<Record<string, string>> = {
  register: 'a whole system call also holds the accounting and the tables of io_uring',
  register_traced: 'a whole system call also holds the accounting and the tables of io_uring',
  unregister: 'a whole system call also holds the accounting and the tables of io_uring',
  enter_queue_span: 'it is get_pages_span and an allocation with a probe of its own',
  after_pin_span: 'the accounting and the tables of io_uring are not modelled',
  syscall: 'a whole system call also holds the block layer and the device',
  syscall_traced: 'a whole system call also holds the block layer and the device',
  device_span: 'the time of the device is measured, not modelled',
  probe_cost: 'the cost of a probe is measured; the other predictions rest on it',
};

function isSpanMetric(metric: string): metric is SpanMetric {
  return SPAN_METRICS.some((known) => known === metric);
}

/** The span a row measures, or why the model does not speak of it. */
export function spanOfRow(row: SpanQuestion): Found<{ readonly metric: SpanMetric }> {
  const { metric, table, device } = row;
  if (table === 'contention') {
    const message =
      'threads beside each other, faults and forks are told only where conditions are asked for';
    return { ok: false, message };
  }
  if (!isSpanMetric(metric)) {
    const reason = NOT_MODELLED[metric] ?? `metric ${metric} is not known`;
    return { ok: false, message: `${reason}; modelled are ${SPAN_METRICS.join(', ')}` };
  }
  if (SPANS[metric].api === 'direct-io' && device !== 'zram' && device !== 'loop') {
    return { ok: false, message: `device ${device ?? 'none'} is not known; known are zram, loop` };
  }
  if (SPANS[metric].api === 'direct-io' && row.op !== 'read' && row.op !== 'write') {
    return { ok: false, message: `op ${row.op ?? 'none'} is neither read nor write` };
  }
  if (row.mode === null) return { ok: false, message: 'mode is missing; it is hot or walk' };
  return { ok: true, value: { metric } };
}
