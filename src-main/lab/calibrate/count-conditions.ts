import {
  createCounter,
  createLedger,
  demandOf,
  eventTotal,
  ledgerIndex,
  PRICED,
  PTE_LEAF,
  resolveStrategy,
  settlePages,
  SPAN_TERMS,
} from '#core';
import type { IoRequest, Layout, Ledger, SpanTerm, Strategy } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { besideTermsOf } from './beside-terms.ts';
import { CALLS, conditionOf, PRESENT } from './condition-definitions.ts';
import type { CallDefinition, Condition } from './condition-definitions.ts';
import { layoutBefore } from './condition-layouts.ts';
import type { MemoryBefore } from './condition-layouts.ts';
import { MEASURED_CACHE_BYTES, PART_NAMES } from './count-spans.ts';

/** A whole call as a sum: how often each of `PART_NAMES` occurs in it. No probe was attached. */
export type CallCounts = { readonly parts: Float64Array; readonly probesNs: 0 };

/** A registration of memory that is there, and giving it back. */
export type PinnerCounts = {
  /** The whole call; of it the walk, with interrupts off; and the unpinning afterwards. */
  readonly call: Float64Array;
  readonly walk: Float64Array;
  readonly release: Float64Array;
  /** Page-table entries that are pinned. */
  readonly entries: number;
  /** Folio order in units of these entries: 0 where each is a folio of its own. */
  readonly entryOrder: number;
};

const WALK: Pick<CallDefinition, 'phases' | 'events'> = {
  phases: ['walk', 'grab', 'record'],
  events: null,
};
const RELEASE: Pick<CallDefinition, 'phases' | 'events'> = {
  phases: ['complete', 'release'],
  events: null,
};

/** The kernel that the tables were measured on is one of v6.12 to v6.19. */
const KERNEL = 'v6.12';
const PAGE_BYTES = 4096;

function strategyOf({ strategy: id, api, isLocked }: CallDefinition): Strategy {
  const policies = isLocked ? { walk: 'locked', step: 'leaf' } : {};
  const resolved = resolveStrategy({ id, parameters: { kernel: KERNEL }, policies }, api);
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return resolved.strategy;
}

function requestOf({ api, op }: CallDefinition, bytes: number): IoRequest {
  const isEvicted = api === 'direct-io' && bytes >= MEASURED_CACHE_BYTES;
  return { api, op, path: 'sync', offset: 0, length: bytes, caches: isEvicted ? 'evicted' : 'hot' };
}

function partsIn(
  ledger: Ledger,
  { phases, events }: Pick<CallDefinition, 'phases' | 'events'>,
): Float64Array {
  const counted = PRICED.map((name) => {
    if (events !== null && !events.includes(name)) return 0;
    return phases.reduce((sum, phase) => sum + (ledger[ledgerIndex(phase, name)] ?? 0), 0);
  });
  return Float64Array.from([...counted, ...SPAN_TERMS.map(() => 0)]);
}

const NOTHING = new Float64Array(PART_NAMES.length);

function withTerms(parts: Float64Array, terms: Partial<Record<SpanTerm, number>>): Float64Array {
  const all = Float64Array.from(parts);
  SPAN_TERMS.forEach((term, at) => all.set([terms[term] ?? 0], PRICED.length + at));
  return all;
}

/** Places in the table of a buffer's entries at which another large folio begins than at the one before. */
function startsOfLargeFolios(layout: Layout, pages: number, isCoalesced: boolean): number[] {
  const starts: number[] = [];
  let entries = 0;
  for (let at = 0; at < layout.length && (layout.vaPage[at] ?? 0) < pages; at += 1) {
    const [pfn = 0, length = 0, order = 0] = [layout.pfn[at], layout.pages[at], layout.order[at]];
    const taken = Math.min(length, pages - (layout.vaPage[at] ?? 0));
    const size = 2 ** order;
    for (let done = 0; done < taken;) {
      const left = Math.min(taken - done, size - ((pfn + done) % size));
      if (order > 0) starts.push(entries);
      entries += isCoalesced ? 1 : left;
      done += left;
    }
  }
  return starts;
}

/**
 * Vectors of a registered buffer, and entries that the accounting of its memory looks at again: for each large folio
 * all those before it.
 *
 * @source Linux 6.18 io_uring/rsrc.c io_buffer_account_pin(), headpage_already_acct().
 */
function registerTerms(
  after: Layout,
  bytes: number,
  ledger: Ledger,
): Partial<Record<SpanTerm, number>> {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const vectors = eventTotal(ledger, 'bvec_new');
  const starts = startsOfLargeFolios(after, pages, vectors < pages);
  const pairs = starts.reduce((sum, before) => sum + before, 0);
  return { register_call: 1, register_vector: vectors, register_pair: pairs };
}

/** Calls that follow a change of the process's memory find less of it in the caches. */
function changeTerms(before: MemoryBefore, isAgain: boolean): Partial<Record<SpanTerm, number>> {
  switch (before) {
    case 'present':
      return {};
    case 'unfaulted':
      return isAgain ? {} : { mapped_call: 1 };
    case 'shared':
    case 'left':
      return isAgain ? { forked_again: 1 } : { forked_call: 1 };
  }
}

function termsOf(
  { call, before, isAgain }: Condition,
  bytes: number,
  after: Layout,
  ledger: Ledger,
): Partial<Record<SpanTerm, number>> {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const changed = changeTerms(before, isAgain);
  switch (call) {
    case 'register':
      return { ...changed, ...registerTerms(after, bytes, ledger) };
    case 'populate':
      return { ...changed, populate_call: 1 };
    case 'touch':
      return { ...changed, user_fault: eventTotal(ledger, 'fault'), user_store: pages };
    case 'direct-write':
      return { ...changed, direct_call: 1, direct_page: pages };
  }
}

/** Counts the calls of one thread in the table `contention`; equal rows are counted once. */
export class ConditionCounter {
  private readonly counted = new Map<string, Found<CallCounts>>();
  private readonly ledger: Ledger = createLedger();

  /** Counts one row, from its test, variant, metric, layout and length alone. */
  countRow(row: SpanRow): Found<CallCounts> {
    const { test, variant, metric, layout, bytes } = row;
    const key = [test, variant, metric, layout, bytes].join(' ');
    const known = this.counted.get(key);
    if (known !== undefined) return known;
    const found = this.countNew(row);
    this.counted.set(key, found);
    return found;
  }

  /** Counts what the pinning thread of a row does, from its layout and length alone. */
  countPinner(row: SpanRow): Found<PinnerCounts> {
    const counted = this.countCondition(row, PRESENT, {});
    if (!counted.ok) return counted;
    const before = layoutBefore(row, PRESENT.before);
    if (!before.ok) return before;
    const { leaf, order } = before.value;
    return {
      ok: true,
      value: {
        call: counted.value.parts,
        walk: partsIn(this.ledger, WALK),
        release: partsIn(this.ledger, RELEASE),
        entries: Math.max(1, eventTotal(this.ledger, 'grab_call')),
        entryOrder: (leaf[0] ?? PTE_LEAF) === PTE_LEAF ? (order[0] ?? 0) : 0,
      },
    };
  }

  private countNew(row: SpanRow): Found<CallCounts> {
    const beside = besideTermsOf(row);
    if (beside === null) return this.countCondition(row, conditionOf(row), {});
    if (beside.isRegister) return this.countCondition(row, PRESENT, beside.terms);
    return { ok: true, value: { parts: withTerms(NOTHING, beside.terms), probesNs: 0 } };
  }

  private countCondition(
    row: SpanRow,
    condition: Condition | null,
    moreTerms: Partial<Record<SpanTerm, number>>,
  ): Found<CallCounts> {
    if (condition === null) {
      const what = `test ${row.test ?? 'none'}, variant ${row.variant ?? 'none'}, metric ${row.metric}`;
      return { ok: false, message: `${what} is no call of one thread that is modelled` };
    }
    if (row.bytes === 0) return { ok: false, message: 'bytes is 0; a buffer has at least 1' };
    const before = layoutBefore(row, condition.before);
    if (!before.ok) return before;
    const definition = CALLS[condition.call];
    const strategy = strategyOf(definition);
    const request = requestOf(definition, row.bytes);
    const demand = demandOf(request, strategy.policies);
    const pages = Math.ceil(row.bytes / PAGE_BYTES);
    const after = settlePages(before.value, demand, 0, pages);
    const layout = condition.isAgain ? after : before.value;
    createCounter(strategy.policies).count({ layout, request }, this.ledger);
    const counted = partsIn(this.ledger, definition);
    const terms = { ...termsOf(condition, row.bytes, after, this.ledger), ...moreTerms };
    return { ok: true, value: { parts: withTerms(counted, terms), probesNs: 0 } };
  }
}
