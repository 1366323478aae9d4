import {
  createCounter,
  createLedger,
  ledgerIndex,
  PRICED,
  resolveStrategy,
  SPAN_TERMS,
} from '#core';
import type { CacheState, Counter, IoRequest, Ledger, Phase, PricedName, SpanTerm } from '#core';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { layoutOfRow } from './measured-layouts.ts';
import type { MeasuredLayout } from './measured-layouts.ts';
import { PROBE_NS, spanOfRow, SPANS } from './span-definitions.ts';
import type { SpanDefinition, SpanMetric, SpanQuestion } from './span-definitions.ts';

/** What a price or a term is asked for: all that the time of a span is made of. */
export type PartName = PricedName | SpanTerm;
export const PART_NAMES: readonly PartName[] = [...PRICED, ...SPAN_TERMS];

/** A span as a sum: how often each part occurs in it, and what its probes cost. */
export type SpanCounts = {
  readonly metric: SpanMetric;
  /** In the order of `PART_NAMES`. Not whole where several places in memory are averaged. */
  readonly parts: Float64Array;
  /** Unit: nanoseconds. */
  readonly probesNs: number;
};

/** The kernel that the tables were measured on is one of v6.12 to v6.19. */
const KERNEL = 'v6.12';
/** The cache of one processor of the measured machine: its L2. Unit: bytes. */
export const MEASURED_CACHE_BYTES = 1_048_576;
/** Places inside a folio that a random slot may begin at; more say nothing new. */
const MOST_SLOTS = 64;
const PMD_BYTES = 2 * 1024 * 1024;
/** A struct page and a page-table entry. */
const BYTES_OF_PAGE = 64 + 8;

/**
 * What the measurement left in the cache: `walk` comes to another slot each time; a buffer whose struct pages
 * need more than the cache is cold each time; a device that copies as much as the cache holds pushes the rest out.
 *
 * @source SPEC rule COLD-1.
 */
function cacheStateOf({ mode, bytes }: SpanQuestion, { api }: SpanDefinition): CacheState {
  if (mode === 'walk') return 'cold';
  const isCopied = api === 'direct-io' && bytes >= MEASURED_CACHE_BYTES;
  return isCopied || (bytes / 4096) * BYTES_OF_PAGE > MEASURED_CACHE_BYTES ? 'evicted' : 'hot';
}

/** Counts what the rows of measurement tables measured; equal rows are counted once. */
export class SpanCounter {
  private readonly counters = new Map<string, Counter>();
  private readonly layouts = new Map<string, Found<MeasuredLayout>>();
  private readonly counted = new Map<string, Found<SpanCounts>>();
  private readonly ledger: Ledger = createLedger();

  /** Counts one row, from its layout, mode, lengths, metric, device and operation alone. */
  countRow(row: SpanQuestion): Found<SpanCounts> {
    const { layout, mode, bytes, offsetBytes, metric, device, op, table } = row;
    const key = [layout, mode, bytes, offsetBytes ?? 0, metric, device, op, table].join(' ');
    const known = this.counted.get(key);
    if (known !== undefined) return known;
    const found = this.countNew(row);
    this.counted.set(key, found);
    return found;
  }

  private countNew(row: SpanQuestion): Found<SpanCounts> {
    const span = spanOfRow(row);
    if (!span.ok) return span;
    if (row.bytes === 0) return { ok: false, message: 'bytes is 0; a buffer has at least 1' };
    const layout = this.layoutOf(row);
    if (!layout.ok) return layout;
    const { metric } = span.value;
    const definition = SPANS[metric];
    const parts = this.countSlots(row, definition, layout.value);
    const terms = definition.termsOf(row);
    SPAN_TERMS.forEach((term, at) => parts.set([terms[term] ?? 0], PRICED.length + at));
    return { ok: true, value: { metric, parts, probesNs: PROBE_NS } };
  }

  private layoutOf(row: SpanQuestion): Found<MeasuredLayout> {
    const key = [row.layout, row.mode, row.bytes, row.offsetBytes ?? 0].join(' ');
    const found = this.layouts.get(key) ?? layoutOfRow(row);
    this.layouts.set(key, found);
    return found;
  }

  /** The mean over the places in a folio that a random slot can begin at. */
  private countSlots(
    row: SpanQuestion,
    definition: SpanDefinition,
    { layout, folioBytes }: MeasuredLayout,
  ): Float64Array {
    const caches = cacheStateOf(row, definition);
    const isSlot = row.mode === 'walk' && folioBytes < PMD_BYTES;
    const slots = isSlot
      ? Math.max(1, Math.min(MOST_SLOTS, Math.floor(folioBytes / row.bytes)))
      : 1;
    const parts = new Float64Array(PART_NAMES.length);
    for (let slot = 0; slot < slots; slot += 1) {
      const request: IoRequest = {
        api: definition.api,
        op: row.op === 'write' ? 'write' : 'read',
        path: 'sync',
        offset: (row.offsetBytes ?? 0) + slot * row.bytes,
        length: row.bytes,
        caches,
      };
      this.counterOf(definition).count({ layout, request }, this.ledger);
      addSpan(this.ledger, definition, 1 / slots, parts);
    }
    return parts;
  }

  private counterOf({ strategy: id, api }: SpanDefinition): Counter {
    const known = this.counters.get(id);
    if (known !== undefined) return known;
    const resolved = resolveStrategy({ id, parameters: { kernel: KERNEL } }, api);
    if (!resolved.ok) throw new Error(resolved.problem.message);
    const counter = createCounter(resolved.strategy.policies);
    this.counters.set(id, counter);
    return counter;
  }
}

function addSpan(
  ledger: Ledger,
  { phases, cutPhase }: SpanDefinition,
  share: number,
  parts: Float64Array,
): void {
  const countIn = (phase: Phase, name: PricedName): number => ledger[ledgerIndex(phase, name)] ?? 0;
  PRICED.forEach((name, at) => {
    let count = phases.reduce((sum, phase) => sum + countIn(phase, name), 0);
    if (cutPhase?.events.includes(name) === true) count += countIn(cutPhase.phase, name);
    parts.set([(parts[at] ?? 0) + share * count], at);
  });
}
