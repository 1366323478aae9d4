import type { Api, Phase, PricedName } from '#core';
import type { SpanRow } from '#contract';
import type { MemoryBefore } from './condition-layouts.ts';

/** What was called. */
export type CallName = 'register' | 'populate' | 'touch' | 'direct-write';

/** Which counts of the core a whole call is made of. */
export type CallDefinition = {
  readonly strategy: 'io-uring-coalesce' | 'folio-add';
  readonly api: Api;
  readonly op: 'read' | 'write';
  /** Everything happens under mmap_lock. */
  readonly isLocked: boolean;
  /** Events that count, in the phases that count; null for all events. */
  readonly phases: readonly Phase[];
  readonly events: readonly PricedName[] | null;
};

const FAULTS: readonly PricedName[] = [
  'fault',
  'fault_folio',
  'fault_large',
  'fault_page',
  'fault_copy',
  'fault_split',
];
const PINNING: readonly Phase[] = ['walk', 'grab', 'record', 'allocate', 'add', 'submit'];

/**
 * The calls of the table `contention`. What a store raises is counted as the faults of a walk under the lock, which
 * are the same.
 *
 * @source Linux 6.18 io_uring/rsrc.c io_sqe_buffer_register(), mm/gup.c faultin_page_range().
 */
export const CALLS: Readonly<Record<CallName, CallDefinition>> = {
  register: {
    ...{ strategy: 'io-uring-coalesce', api: 'register', op: 'read' },
    ...{ isLocked: false, phases: PINNING, events: null },
  },
  populate: {
    ...{ strategy: 'folio-add', api: 'gup-test', op: 'read' },
    ...{ isLocked: true, phases: ['walk'], events: null },
  },
  touch: {
    ...{ strategy: 'folio-add', api: 'gup-test', op: 'read', isLocked: true },
    ...{ phases: ['walk'], events: FAULTS },
  },
  'direct-write': {
    ...{ strategy: 'folio-add', api: 'direct-io', op: 'write', isLocked: false },
    ...{ phases: [...PINNING, 'complete', 'release'], events: null },
  },
};

/** What a row measured: a call on memory in some state, or the same call once more. */
export type Condition = {
  readonly call: CallName;
  readonly before: MemoryBefore;
  readonly isAgain: boolean;
};

/** A registration of memory that is there. */
export const PRESENT: Condition = { call: 'register', before: 'present', isAgain: false };

const FIRST_TOUCH: Readonly<Record<string, MemoryBefore>> = {
  unfaulted: 'unfaulted',
  prefaulted: 'present',
};
const AFTER_FORK: Readonly<Record<string, MemoryBefore>> = {
  child_alive: 'shared',
  child_alive_readpin: 'shared',
  child_gone: 'left',
};
const METRICS: Readonly<Record<string, CallName>> = {
  pin_register: 'register',
  populate_write: 'populate',
  user_touch: 'touch',
  direct_write_syscall: 'direct-write',
};
const AGAIN = '_again';

/** What a row of the table `contention` measured with one thread, or null where there were two. */
export function conditionOf({ test, variant, metric }: SpanRow): Condition | null {
  const isAgain = metric.endsWith(AGAIN);
  const call = METRICS[isAgain ? metric.slice(0, -AGAIN.length) : metric];
  if (call === undefined || variant === null) return null;
  if (test === 'beside') {
    return variant === 'alone' ? { call, before: 'present', isAgain } : null;
  }
  const befores = test === 'first_touch' ? FIRST_TOUCH : test === 'after_fork' ? AFTER_FORK : {};
  const before = befores[variant];
  return before === undefined ? null : { call, before, isAgain };
}
