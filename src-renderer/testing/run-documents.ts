import { EVENTS, LATENCY_PHASES, PHASES, recordFromKeys } from '#core';
import { FIGURES, LATENCY_STATISTICS, RUN_SCHEMA } from '#contract';
import type { RunDocument, RunDocumentTrial, TrialDetail } from '#contract';

/** What of a trial matters to a test. */
export type TrialFields = {
  readonly strategy?: string;
  readonly layout?: string;
  readonly blockSize?: number;
  readonly count?: number;
  readonly costModel?: string;
  readonly seed?: number;
  readonly replicate?: number;
  /** Every figure of every phase. */
  readonly ns?: number;
  readonly kmalloc?: number;
  readonly resultBytes?: number;
  readonly entries?: number;
  /** Why it could not run. */
  readonly reason?: string;
};

const FOUND_NOTHING = {
  samples: 0,
  countersPerIo: null,
  latency: null,
  iops: null,
  cpuNsPerIo: null,
  figures: null,
  allocations: null,
} as const;

/** A trial; its id follows from its fields, as in the laboratory. */
export function sampleTrial(fields: TrialFields = {}): RunDocumentTrial {
  const { strategy = 'today', layout = 'base-4k', blockSize = 4096, count = 1000 } = fields;
  const { costModel = 'textbook', seed = 7, replicate = 0, ns = 100, kmalloc = 0 } = fields;
  const { resultBytes = 0, entries, reason } = fields;
  return {
    id: JSON.stringify([strategy, layout, blockSize, count, costModel, seed, replicate]),
    layout,
    strategy,
    strategyName: strategy,
    parameters: {
      ...(entries === undefined ? {} : { entries }),
      api: 'direct-io',
      operation: 'write',
      blockSize,
      count,
      deviceParallelism: null,
    },
    policies: {},
    costModel,
    tracer: 'off',
    seed,
    replicate,
    ...(reason === undefined
      ? {
          status: 'done',
          reason: null,
          samples: count,
          countersPerIo: { ...recordFromKeys(EVENTS, () => 0), kmalloc },
          latency: recordFromKeys(LATENCY_PHASES, () =>
            recordFromKeys(LATENCY_STATISTICS, () => ns),
          ),
          iops: 1e9 / ns,
          cpuNsPerIo: ns,
          figures: { stackBytesMost: 0 },
          allocations:
            resultBytes === 0
              ? []
              : [
                  {
                    source: 'result/kmalloc-1k',
                    bytes: resultBytes * count,
                    count,
                    peakBytes: resultBytes,
                  },
                ],
        }
      : { status: 'not-applicable', reason, ...FOUND_NOTHING }),
  };
}

/** The distributions of a trial: in every phase `count` I/Os of up to 2 ns. */
export function sampleDetail(trialId: string, count = 10): TrialDetail {
  return {
    trialId,
    latency: recordFromKeys(LATENCY_PHASES, () => ({
      lowerNs: [1],
      upperNs: [2],
      count: [count],
    })),
    events: recordFromKeys(PHASES, () => ({})),
    allocations: [],
    figures: recordFromKeys(
      FIGURES.map(({ name }) => name),
      () => 0,
    ),
    phases: recordFromKeys(PHASES, () => 0),
  };
}

/** A finished run of those trials. */
export function sampleDocument(
  trials: readonly TrialFields[],
  fields: Partial<RunDocument> = {},
): RunDocument {
  return {
    schema: RUN_SCHEMA,
    session: 'Session 1',
    sessionId: 'a0000000-0000-4000-8000-000000000001',
    run: 'b0000000-0000-4000-8000-000000000001',
    experiment: 'example',
    title: 'An example',
    status: 'finished',
    failure: null,
    seed: 7,
    plannedTrials: trials.length,
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: '2026-03-01T10:00:04.200Z',
    environment: {
      applicationVersion: '0.1.0',
      commit: '0123abcd',
      coreVersion: '1',
      recordVersion: 1,
      host: 'workstation',
      processor: 'AMD EPYC 7763',
      operatingSystem: 'Linux 6.18',
      runtime: 'Node 24',
    },
    expectations: [],
    ...fields,
    trials: trials.map(sampleTrial),
  };
}

/** Two strategies at two block sizes. */
export const FOUR_TRIALS: readonly TrialFields[] = [
  { strategy: 'today', blockSize: 4096, ns: 100 },
  { strategy: 'batch', blockSize: 4096, ns: 110 },
  { strategy: 'today', blockSize: 131072, ns: 2000 },
  { strategy: 'batch', blockSize: 131072, ns: 500 },
];

/** The same run again, under another id and with other fields. */
export function otherRun(
  trials: readonly TrialFields[],
  fields: Partial<RunDocument> = {},
): RunDocument {
  return sampleDocument(trials, { run: 'c0000000-0000-4000-8000-000000000002', ...fields });
}
