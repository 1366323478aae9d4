import { createLedger, Histogram, LATENCY_PHASES, recordFromKeys, resolveStrategy } from '#core';
import type { Strategy, Workload } from '#core';
import type { Environment, StoredTrial } from '#contract';
import type { RunStart } from '../runs.ts';

const environment: Environment = {
  applicationVersion: '0.1.0',
  commit: '0123abc+',
  coreVersion: '1',
  recordVersion: 1,
  host: 'bench-3',
  processor: 'AMD EPYC 7763',
  operatingSystem: 'Linux 6.18',
  runtime: 'Node 24',
};

const workload: Workload = {
  api: 'direct-io',
  operation: 'write',
  path: 'async',
  blockBytes: 131_072,
  offsetBytes: 0,
  logicalBlockBytes: 512,
  access: 'random',
  count: 1000,
  warmUpCount: 100,
  threads: 1,
  queueDepth: 1,
  device: null,
  pagesPerCall: 1,
};

/** A run of three trials that is about to begin. */
export function exampleRun(sessionId: string, changes: Partial<RunStart> = {}): RunStart {
  return {
    sessionId,
    experimentName: 'write-128k',
    title: 'Writing 128 KiB',
    seed: Number.MAX_SAFE_INTEGER,
    experimentText: 'schema: folio-lab/experiment@1\n',
    environment,
    plannedTrials: 3,
    parentRunId: null,
    ...changes,
  };
}

function exampleStrategy(id: string): Strategy {
  const resolved = resolveStrategy({ id }, 'direct-io');
  if (!resolved.ok) throw new Error(resolved.problem.message);
  return resolved.strategy;
}

function exampleParameters(position: number, strategyId: string): StoredTrial['parameters'] {
  return {
    id: `digest-${position}`,
    position,
    layoutName: 'uniform-4k',
    layoutDigest: 'digest-of-layout',
    workload,
    strategy: exampleStrategy(strategyId),
    costModelId: 'textbook',
    costModelDigest: 'digest-of-model',
    tracer: 'off',
    seed: 7,
    replicate: 0,
  };
}

/** A trial that measured two I/Os. */
export function exampleTrial(position: number, strategyId = 'today'): StoredTrial {
  const histogram = new Histogram();
  histogram.record(1234.5);
  histogram.record(99_999 + position);
  const ledger = createLedger();
  ledger[position % ledger.length] = 32;
  return {
    parameters: exampleParameters(position, strategyId),
    result: {
      status: 'done',
      samples: 2,
      latency: recordFromKeys(LATENCY_PHASES, () => histogram.encode()),
      ledger,
      allocations: [
        { source: 'result/kmalloc-256', count: 2, bytes: 512, peakBytes: 256 },
        { source: 'bio/biovec-16', count: 2, bytes: 512, peakBytes: 512 },
      ],
      figures: {
        pagesPerIo: 32,
        gupCallsPerIo: 1,
        slowCallsPerIo: 0,
        extractsPerIo: 1,
        biosPerIo: 1,
        biosStartedPerIo: 1,
        folioRunsPerIo: 32,
        physicalRunsPerIo: 2.5,
        irqOffPagesMost: 32,
        stackBytesMost: 0,
        heapBytesPerIo: 256,
        heapRequestedPerIo: 256,
        bioBytesPerIo: 256,
      },
      spanNs: 102_468.125,
      iops: 19_518.27,
      cpuNsPerIo: 51_234.0625,
    },
  };
}

/** A trial whose layout cannot hold its I/O. */
export function inapplicableTrial(position: number): StoredTrial {
  return {
    parameters: exampleParameters(position, 'per-page'),
    result: { status: 'not-applicable', reason: 'no mapped range holds 128 KiB' },
  };
}
