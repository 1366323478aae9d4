import { z } from 'zod';
import { ALLOCATION_SOURCES, EVENTS, eventTotals, LATENCY_PHASES, recordFromKeys } from '#core';
import type { FinishedTrial, PolicyValue } from '#core';
import { FIGURES } from './figures.ts';
import { LATENCY_STATISTICS, latencySummaries } from './latency.ts';
import type { RunRecord, SessionRecord, StoredTrial, TrialParameters } from './stored-run.ts';

/** What `schema` says in a run document of this version. */
export const RUN_SCHEMA = 'folio-lab/run@1';

const time = z.number().min(0);
const count = z.number().min(0);
const policyValue = z.union([z.string(), z.number(), z.boolean()]);

const latencySchema = z.strictObject(
  recordFromKeys(LATENCY_PHASES, () =>
    z.strictObject(recordFromKeys(LATENCY_STATISTICS, () => time)),
  ),
);

const trialSchema = z.strictObject({
  id: z.string(),
  layout: z.string(),
  /** Id of the preset; `strategyName` is what results call it. */
  strategy: z.string(),
  strategyName: z.string(),
  /** The strategy's parameters, and the workload by the keys of the experiment file. */
  parameters: z.record(z.string(), policyValue.nullable()),
  /** Policies that depart from the preset. */
  policies: z.record(z.string(), policyValue),
  costModel: z.string(),
  tracer: z.enum(['off', 'function-graph']),
  seed: z.int(),
  replicate: z.int().min(0),
  status: z.enum(['done', 'not-applicable']),
  /** Why a trial is not applicable; null for one that ran. All that follows is null then. */
  reason: z.string().nullable(),
  samples: z.int().min(0),
  /** Mean of each published event for one I/O, 0 where it did not occur. */
  countersPerIo: z.strictObject(recordFromKeys(EVENTS, () => count)).nullable(),
  /** Unit: nanoseconds. */
  latency: latencySchema.nullable(),
  iops: z.number().min(0).nullable(),
  cpuNsPerIo: z.number().min(0).nullable(),
  figures: z.record(z.string(), count).nullable(),
  allocations: z
    .array(
      z.strictObject({
        source: z.enum(ALLOCATION_SOURCES),
        bytes: count,
        count,
        peakBytes: count,
      }),
    )
    .nullable(),
});

/** A run as `run --json`, `show --json` and `export` write it. */
export const runDocumentSchema = z.strictObject({
  schema: z.literal(RUN_SCHEMA),
  /** Name of the session. */
  session: z.string(),
  sessionId: z.string(),
  /** UUID of the run. */
  run: z.string(),
  experiment: z.string(),
  title: z.string(),
  status: z.enum(['running', 'finished', 'cancelled', 'failed', 'interrupted']),
  failure: z.string().nullable(),
  seed: z.int(),
  plannedTrials: z.int().min(0),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  environment: z.strictObject({
    applicationVersion: z.string(),
    commit: z.string().nullable(),
    coreVersion: z.string(),
    recordVersion: z.int(),
    host: z.string(),
    processor: z.string(),
    operatingSystem: z.string(),
    runtime: z.string(),
  }),
  trials: z.array(trialSchema),
  expectations: z.array(
    z.strictObject({ text: z.string(), holds: z.boolean(), found: z.string() }),
  ),
});

export type RunDocument = z.output<typeof runDocumentSchema>;
export type RunDocumentTrial = z.output<typeof trialSchema>;

/** Everything about a trial that can vary within an experiment, but for names. */
function parametersOf({ strategy, workload }: TrialParameters): Record<string, PolicyValue | null> {
  const service = workload.device?.service;
  return {
    ...strategy.parameters,
    api: workload.api,
    operation: workload.operation,
    path: workload.path,
    blockSize: workload.blockBytes,
    offset: workload.offsetBytes,
    logicalBlockSize: workload.logicalBlockBytes,
    access: workload.access,
    count: workload.count,
    warmUp: workload.warmUpCount,
    threads: workload.threads,
    queueDepth: workload.queueDepth,
    deviceParallelism: workload.device?.parallelism ?? null,
    serviceDistribution: service?.distribution ?? null,
    serviceMeanNs: service?.meanNs ?? null,
    serviceSigma: service?.distribution === 'log-normal' ? service.sigma : null,
    pagesPerCall: workload.pagesPerCall,
  };
}

type TrialFindings = Pick<
  RunDocumentTrial,
  | 'status'
  | 'reason'
  | 'samples'
  | 'countersPerIo'
  | 'latency'
  | 'iops'
  | 'cpuNsPerIo'
  | 'figures'
  | 'allocations'
>;

function findingsOf(trial: FinishedTrial): TrialFindings {
  const totals = eventTotals(trial.ledger);
  return {
    status: 'done',
    reason: null,
    samples: trial.samples,
    countersPerIo: recordFromKeys(EVENTS, (event) => totals[event] / trial.samples),
    latency: latencySummaries(trial),
    iops: trial.iops,
    cpuNsPerIo: trial.cpuNsPerIo,
    figures: Object.fromEntries(FIGURES.map(({ name }) => [name, trial.figures[name]])),
    allocations: trial.allocations.map(({ source, bytes, count: times, peakBytes }) => {
      return { source, bytes, count: times, peakBytes };
    }),
  };
}

function absentFindings(reason: string): TrialFindings {
  return {
    status: 'not-applicable',
    reason,
    samples: 0,
    countersPerIo: null,
    latency: null,
    iops: null,
    cpuNsPerIo: null,
    figures: null,
    allocations: null,
  };
}

/** One trial as a run document has it. */
export function runDocumentTrial({ parameters, result }: StoredTrial): RunDocumentTrial {
  return {
    id: parameters.id,
    layout: parameters.layoutName,
    strategy: parameters.strategy.id,
    strategyName: parameters.strategy.name,
    parameters: parametersOf(parameters),
    policies: { ...parameters.strategy.overrides },
    costModel: parameters.costModelId,
    tracer: parameters.tracer,
    seed: parameters.seed,
    replicate: parameters.replicate,
    ...(result.status === 'done' ? findingsOf(result) : absentFindings(result.reason)),
  };
}

/**
 * A run as one JSON document.
 *
 * @param session  The session the run belongs to.
 * @param trials   Its trials in the order of their positions; read once.
 */
export function runDocument(
  session: Pick<SessionRecord, 'id' | 'name'>,
  run: RunRecord,
  trials: Iterable<StoredTrial>,
): RunDocument {
  return {
    schema: RUN_SCHEMA,
    session: session.name,
    sessionId: session.id,
    run: run.id,
    experiment: run.experimentName,
    title: run.title,
    status: run.status,
    failure: run.failure,
    seed: run.seed,
    plannedTrials: run.plannedTrials,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    environment: { ...run.environment },
    trials: Array.from(trials, runDocumentTrial),
    expectations: run.expectations.map(({ text, holds, found }) => ({ text, holds, found })),
  };
}
