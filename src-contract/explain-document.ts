import { z } from 'zod';
import { CORE_VERSION, EVENTS, OVERHEADS, PHASES, POLICY_KEYS, recordFromKeys } from '#core';
import type { CostModel, Explanation } from '#core';

/** What `schema` says in an explanation of this version. */
export const EXPLAIN_SCHEMA = 'folio-lab/explain@1';

const count = z.int().min(0);
const time = z.number().min(0);
const policyValue = z.union([z.string(), z.number(), z.boolean()]);

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
  /** GUP calls over all bios. */
  calls: count,
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
  /** function_graph text, when it was asked for. */
  trace: z.string().nullable(),
});

export type ExplainDocument = z.output<typeof explainDocumentSchema>;

/** What an explanation does not know of itself. */
export type ExplainContext = {
  readonly layout: string;
  readonly costModel: CostModel;
  readonly trace: string | null;
};

function referencesAscending(references: Explanation['references']): ExplainDocument['references'] {
  return [...references]
    .sort(([a], [b]) => a - b)
    .map(([folio, { added, removed }]) => ({ folio, added, removed }));
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
    events: { ...explanation.events },
    overheads: { ...explanation.overheads },
    ledger: recordFromKeys(PHASES, (phase) => ({ ...explanation.ledger[phase] })),
    bvecs: explanation.bvecs.map(({ pfn, offset, length }) => ({ pfn, offset, length })),
    bio: { ...explanation.bio },
    temporary: { ...explanation.temporary },
    irqOffPages: explanation.irqOffPages,
    references: referencesAscending(explanation.references),
    phases: { ...explanation.phases },
    totalNs: explanation.totalNs,
    costModel: { id, title, provenance, error },
    tracer: { ...explanation.tracer },
    trace: context.trace,
  };
}
