import {
  createCounter,
  createLedger,
  demandOf,
  eventTotal,
  ledgerIndex,
  PRICED,
  resolveStrategy,
  settlePages,
  SPAN_TERMS,
} from '#core';
import type { CountingInput, IoRequest, Layout, Ledger, SpanTerm, Strategy } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { CALLS, conditionOf } from './condition-definitions.ts';
import type { CallDefinition, Condition } from './condition-definitions.ts';
import { layoutBefore } from './condition-layouts.ts';
import { MEASURED_CACHE_BYTES } from './count-spans.ts';

/** A whole call as a sum: how often each of `PART_NAMES` occurs in it. No probe was attached. */
export type CallCounts = { readonly parts: Float64Array; readonly probesNs: 0 };

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

function countCall(
  { phases, events }: CallDefinition,
  { policies }: Strategy,
  input: CountingInput,
  ledger: Ledger,
): Float64Array {
  createCounter(policies).count(input, ledger);
  const counted = PRICED.map((name) => {
    if (events !== null && !events.includes(name)) return 0;
    return phases.reduce((sum, phase) => sum + (ledger[ledgerIndex(phase, name)] ?? 0), 0);
  });
  return Float64Array.from([...counted, ...SPAN_TERMS.map(() => 0)]);
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

function termsOf(
  { call, before, isAgain }: Condition,
  bytes: number,
  after: Layout,
  ledger: Ledger,
): Partial<Record<SpanTerm, number>> {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const changed: Partial<Record<SpanTerm, number>> =
    isAgain || before === 'present'
      ? {}
      : before === 'unfaulted'
        ? { mapped_call: 1 }
        : { forked_call: 1 };
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

  private countNew(row: SpanRow): Found<CallCounts> {
    const condition = conditionOf(row);
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
    const parts = countCall(definition, strategy, { layout, request }, this.ledger);
    const terms = termsOf(condition, row.bytes, after, this.ledger);
    SPAN_TERMS.forEach((term, at) => parts.set([terms[term] ?? 0], PRICED.length + at));
    return { ok: true, value: { parts, probesNs: 0 } };
  }
}
