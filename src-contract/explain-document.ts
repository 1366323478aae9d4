import { z } from 'zod';
import {
  CACHE_STATES,
  callChain,
  CHAIN_KEYS,
  CORE_VERSION,
  EVENTS,
  OVERHEADS,
  PHASES,
  POLICY_KEYS,
  recordFromKeys,
  talkListings,
} from '#core';
import type { BuildName, CostModel, Explanation, Strategy } from '#core';

/** What `schema` says in an explanation of this version. */
export const EXPLAIN_SCHEMA = 'folio-lab/explain@1';

const count = z.int().min(0);
const time = z.number().min(0);
const policyValue = z.union([z.string(), z.number(), z.boolean()]);

const chainStrategy = z.strictObject({ strategy: z.string(), strategyName: z.string() });
/** All calls of a function together; times are untraced. */
const chainSide = z.strictObject({
  name: z.string(),
  parameters: z.string(),
  calls: count,
  ownNs: time,
  totalNs: time,
});

/** One I/O to the last event, as `explain --json` prints it. Every key is always there. */
export const explainDocumentSchema = z.strictObject({
  schema: z.literal(EXPLAIN_SCHEMA),
  coreVersion: z.string(),
  /** As the user named it: a file, a name of the catalogue, or a specification. */
  layout: z.string(),
  request: z.strictObject({
    api: z.enum(['direct-io', 'gup-test', 'register']),
    op: z.enum(['read', 'write']),
    /** First byte, counted from virtual page 0. Unit: bytes. */
    offset: count,
    /** Unit: bytes. */
    length: count,
    path: z.enum(['async', 'sync']),
    /** What was in the cache when the I/O began. */
    caches: z.enum(CACHE_STATES),
    /** Pages of one call; null unless the API is `gup-test`. */
    pagesPerCall: count.nullable(),
  }),
  /** Id of the preset. */
  strategy: z.string(),
  strategyName: z.string(),
  /** Every parameter of the preset. */
  parameters: z.record(z.string(), policyValue),
  /** The whole composition, overrides included, before the API has its word. */
  policies: z.strictObject(recordFromKeys(POLICY_KEYS, () => policyValue)),
  /** How it ended, and how many pages were pinned and carried. */
  outcome: z.strictObject({ kind: z.enum(['pinned', 'short', 'efault']), pages: count }),
  /** Pages the request touches. */
  pages: count,
  folioRuns: count,
  physicalRuns: count,
  bios: count,
  /** GUP calls over all bios, and those of them that needed the slow path. */
  calls: count,
  slowCalls: count,
  /** Page tables that a call walked although the call before it had. */
  rewalkedTables: count,
  events: z.strictObject(recordFromKeys(EVENTS, () => count)),
  /** Priced work that is no event. */
  overheads: z.strictObject(recordFromKeys(OVERHEADS, () => count)),
  /** Events and overheads by phase, those that occurred; `lock_op` by its kinds. */
  ledger: z.strictObject(recordFromKeys(PHASES, () => z.record(z.string(), count))),
  /** Of all bios in order: `pfn` is the frame of the first byte, `offset` lies below 4096. */
  bvecs: z.array(z.strictObject({ pfn: count, offset: count.max(4095), length: count })),
  bio: z.strictObject({
    path: z.enum(['async', 'sync']),
    vecs: count,
    bytes: count,
    source: z.enum(['none', 'stack', 'inline', 'slab', 'kmalloc']),
  }),
  /** Memory of the result array; heap bytes are those of the slab class. */
  temporary: z.strictObject({
    stackBytes: count,
    heapBytes: count,
    heapRequested: count,
    pagesAllocated: count,
  }),
  irqOffPages: count,
  /** DMA pins held until completion, by whether the device only reads the memory. */
  pins: z.strictObject({ readOnly: count, readWrite: count }),
  /** References by the head frame of their folio, ascending. */
  references: z.array(z.strictObject({ folio: count, added: count, removed: count })),
  /** Nanoseconds by phase; their sum is `totalNs`. */
  phases: z.strictObject(recordFromKeys(PHASES, () => time)),
  totalNs: time,
  costModel: z.strictObject({
    id: z.string(),
    title: z.string(),
    provenance: z.string(),
    error: z.string(),
  }),
  tracer: z.strictObject({
    mode: z.enum(['off', 'function-graph']),
    build: z.enum(['before', 'after']),
    /** Calls that function_graph would record. */
    calls: count,
  }),
  /** What the open holes of the prototype break on this I/O, one sentence each. */
  broken: z.array(z.strictObject({ hole: z.string(), breaks: z.string() })),
  /** function_graph text, when it was asked for. */
  trace: z.string().nullable(),
  /** The call chain of the 2024 talk before and after the conversion, when it was asked for. */
  chain: z
    .strictObject({
      before: chainStrategy,
      after: chainStrategy,
      rows: z.array(
        z.strictObject({
          key: z.enum(CHAIN_KEYS),
          /** Calls between bio_iov_iter_get_pages() and it. */
          depth: count,
          /** Whether the conversion changes its name or what it takes. */
          isChanged: z.boolean(),
          before: chainSide,
          /** Null where nothing took its place. */
          after: chainSide.nullable(),
        }),
      ),
      /** The two traces in function_graph's format, what repeats written once. */
      listings: z.string(),
    })
    .nullable(),
});

export type ExplainDocument = z.output<typeof explainDocumentSchema>;

/** What an explanation does not know of itself. */
export type ExplainContext = {
  readonly layout: string;
  readonly costModel: CostModel;
  readonly trace: string | null;
  /** The I/O by a strategy that reports pages and by one that does not; null where nobody asked. */
  readonly chain: Readonly<Record<BuildName, Explanation>> | null;
};

function referencesAscending(references: Explanation['references']): ExplainDocument['references'] {
  return [...references]
    .sort(([a], [b]) => a - b)
    .map(([folio, { added, removed }]) => ({ folio, added, removed }));
}

function chainStrategyOf({ id, name }: Strategy): z.output<typeof chainStrategy> {
  return { strategy: id, strategyName: name };
}

function chainOf({ chain, costModel }: ExplainContext): ExplainDocument['chain'] {
  if (chain === null) return null;
  const { before, after } = chain;
  return {
    before: chainStrategyOf(before.strategy),
    after: chainStrategyOf(after.strategy),
    rows: callChain(before, after, costModel).map((row) => ({
      ...row,
      before: { ...row.before },
      after: row.after === null ? null : { ...row.after },
    })),
    listings: talkListings(before, after, costModel),
  };
}

/**
 * Turns an explanation into its JSON document.
 *
 * @returns An object that shares nothing with the explanation that could change.
 * @source Design section 7, explain@1.
 */
export function explainDocument(
  explanation: Explanation,
  context: ExplainContext,
): ExplainDocument {
  const { request, strategy, outcome } = explanation;
  const { id, title, provenance, error } = context.costModel;
  return {
    schema: EXPLAIN_SCHEMA,
    coreVersion: CORE_VERSION,
    layout: context.layout,
    request: {
      api: request.api,
      op: request.op,
      offset: request.offset,
      length: request.length,
      path: request.path,
      caches: request.caches ?? 'hot',
      pagesPerCall: request.pagesPerCall ?? null,
    },
    strategy: strategy.id,
    strategyName: strategy.name,
    parameters: { ...strategy.parameters },
    policies: { ...strategy.policies },
    outcome: { kind: outcome.kind, pages: outcome.pages },
    pages: explanation.pages,
    folioRuns: explanation.folioRuns,
    physicalRuns: explanation.physicalRuns,
    bios: explanation.bios,
    calls: explanation.calls,
    slowCalls: explanation.slowCalls,
    rewalkedTables: explanation.rewalkedTables,
    events: { ...explanation.events },
    overheads: { ...explanation.overheads },
    ledger: recordFromKeys(PHASES, (phase) => ({ ...explanation.ledger[phase] })),
    bvecs: explanation.bvecs.map(({ pfn, offset, length }) => ({ pfn, offset, length })),
    bio: { ...explanation.bio },
    temporary: { ...explanation.temporary },
    irqOffPages: explanation.irqOffPages,
    pins: explanation.pins,
    references: referencesAscending(explanation.references),
    phases: { ...explanation.phases },
    totalNs: explanation.totalNs,
    costModel: { id, title, provenance, error },
    tracer: { ...explanation.tracer },
    broken: explanation.broken.map(({ hole, breaks }) => ({ hole, breaks })),
    trace: context.trace,
    chain: chainOf(context),
  };
}
