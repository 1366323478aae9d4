import { PHASES, PHASE_INDEX } from '../counting/events.ts';
import { layoutProblemFor } from '../counting/request-problem.ts';
import { ModelError } from '../errors.ts';
import type { Trial } from '../experiment/experiment.ts';
import { workloadProblem } from '../experiment/workload.ts';
import { recordFromKeys } from '../records.ts';
import { Histogram } from '../statistics/index.ts';
import { DeviceQueue } from './device-queue.ts';
import { IoCosts } from './io-costs.ts';
import { BATCH_SIZE, IoStream, streamFor } from './io-stream.ts';
import { findOffsets } from './offset-space.ts';
import type { OffsetSpace } from './offset-space.ts';
import { sumTrial } from './trial-totals.ts';
import type { Concurrency } from './trial-totals.ts';
import { LATENCY_PHASES } from './trial-result.ts';
import type { LatencyPhase, NotApplicableTrial, TrialResult } from './trial-result.ts';

type Histograms = Readonly<Record<LatencyPhase, Histogram>>;

/** What running the I/Os of a trial gives beside its histograms. */
type Timing = { readonly spanNs: number; readonly concurrency: Concurrency };

const AFTER_DEVICE = [PHASE_INDEX.complete, PHASE_INDEX.release];
const PHASE_COUNT = PHASES.length;

/** Draws batches up to `count` I/Os and hands each to `handle` with its length. */
function runBatches(stream: IoStream, count: number, handle: (length: number) => void): void {
  for (let done = 0; done < count; done += BATCH_SIZE) {
    const length = Math.min(BATCH_SIZE, count - done);
    stream.draw(length);
    handle(length);
  }
}

function countHits(costs: IoCosts, stream: IoStream, length: number): void {
  const { hits } = costs;
  const { slots } = stream;
  for (let at = 0; at < length; at += 1) hits[slots[at]] += 1;
}

function recordPhases(histograms: Histograms, stream: IoStream, length: number): void {
  for (let phase = 0; phase < PHASE_COUNT; phase += 1) {
    histograms[PHASES[phase]].recordAll(stream.phases[phase], length);
  }
}

/** Sums the phases of each I/O of a batch into `totals`, in the order of the phases. */
function sumPhases(stream: IoStream, length: number, totals: Float64Array): void {
  totals.set(stream.phases[0]);
  for (let phase = 1; phase < PHASE_COUNT; phase += 1) {
    const column = stream.phases[phase];
    for (let at = 0; at < length; at += 1) totals[at] += column[at];
  }
}

/**
 * Runs I/Os that complete at once: a thread is always inside one, and threads do not disturb each other.
 *
 * @source SPEC rule SIM-5.
 */
function runWithoutDevice(
  trial: Trial,
  costs: IoCosts,
  stream: IoStream,
  histograms: Histograms,
): Timing {
  const { workload } = trial;
  const totals = new Float64Array(BATCH_SIZE);
  let busyNs = 0;
  runBatches(stream, workload.warmUpCount, () => undefined);
  runBatches(stream, workload.count, (length) => {
    countHits(costs, stream, length);
    recordPhases(histograms, stream, length);
    sumPhases(stream, length, totals);
    histograms.total.recordAll(totals, length);
    for (let at = 0; at < length; at += 1) busyNs += totals[at];
  });
  histograms.device.recordMany(0, workload.count);
  histograms.wait.recordMany(0, workload.count);
  return {
    spanNs: busyNs / workload.threads,
    concurrency: { submitting: workload.threads, heldPeak: null },
  };
}

/** Runs I/Os through a device queue. */
class DeviceRun {
  readonly queue: DeviceQueue;
  firstStart = Infinity;
  lastEnd = 0;
  private readonly costs: IoCosts;
  private readonly stream: IoStream;
  private readonly histograms: Histograms;
  private readonly totals = new Float64Array(BATCH_SIZE);

  constructor(queue: DeviceQueue, costs: IoCosts, stream: IoStream, histograms: Histograms) {
    this.queue = queue;
    this.costs = costs;
    this.stream = stream;
    this.histograms = histograms;
  }

  handle(length: number, isMeasured: boolean): void {
    const { costs, stream, queue, totals } = this;
    if (isMeasured) {
      countHits(costs, stream, length);
      recordPhases(this.histograms, stream, length);
    }
    sumPhases(stream, length, totals);
    const [complete, release] = AFTER_DEVICE;
    for (let at = 0; at < length; at += 1) {
      const afterNs = stream.phases[complete][at] + stream.phases[release][at];
      // Reaping takes time, in which another thread may be first to submit.
      let thread = queue.nextThread();
      while (queue.isFull(thread)) {
        this.reap(thread);
        thread = queue.nextThread();
      }
      queue.submit(
        thread,
        stream.slots[at],
        totals[at] - afterNs,
        afterNs,
        isMeasured,
        costs.peaks,
      );
    }
  }

  drain(): void {
    for (let thread = this.queue.nextToDrain(); thread >= 0; thread = this.queue.nextToDrain()) {
      this.reap(thread);
    }
  }

  private reap(thread: number): void {
    this.queue.reap(thread, this.costs.peaks);
    const { completion } = this.queue;
    if (!completion.isMeasured) return;
    this.histograms.device.record(completion.deviceNs);
    this.histograms.wait.record(completion.waitNs);
    this.histograms.total.record(completion.totalNs);
    this.firstStart = Math.min(this.firstStart, completion.startNs);
    this.lastEnd = Math.max(this.lastEnd, completion.endNs);
  }
}

function runOnDevice(
  trial: Trial,
  queue: DeviceQueue,
  costs: IoCosts,
  stream: IoStream,
  histograms: Histograms,
): Timing {
  const { workload } = trial;
  const run = new DeviceRun(queue, costs, stream, histograms);
  runBatches(stream, workload.warmUpCount, (length) => {
    run.handle(length, false);
  });
  runBatches(stream, workload.count, (length) => {
    run.handle(length, true);
  });
  run.drain();
  return {
    spanNs: run.lastEnd - run.firstStart,
    concurrency: { submitting: queue.mostSubmitting, heldPeak: queue.heldPeak },
  };
}

/** Why a layout cannot hold the workload, or why its pages cannot be counted. Source: SIM-2, STATE-1. */
function obstacle(trial: Trial, space: OffsetSpace): NotApplicableTrial | null {
  const { workload, layout, strategy } = trial;
  const refuse = (reason: string): NotApplicableTrial => ({
    status: 'not-applicable',
    reason: `layout ${layout.name}: ${reason}`,
  });
  if (space.size === 0) {
    return refuse(
      `no mapped range holds an aligned I/O of ${workload.blockBytes} bytes; the longest has ${space.longestRangeBytes} bytes`,
    );
  }
  const request = { api: workload.api, op: workload.operation };
  const problem = layoutProblemFor(layout.layout, request, strategy.policies);
  return problem === null ? null : refuse(problem);
}

/**
 * Simulates one trial: a warm-up phase, then `count` measured I/Os.
 *
 * Deterministic: the same trial gives the same bytes in every host and engine.
 *
 * @returns Histograms, exact event counts and allocations, or why the layout cannot hold the workload.
 * @throws {ModelError} `bad-composition` or `bad-workload` for a trial that was not checked before.
 * @source SPEC rules SIM-1 to SIM-8.
 */
export function simulate(trial: Trial): TrialResult {
  const { workload } = trial;
  const problem = workloadProblem(workload);
  if (problem !== null) throw new ModelError('bad-workload', `${problem.key}: ${problem.message}`);
  const space = findOffsets(trial.layout.layout, workload);
  const refused = obstacle(trial, space);
  if (refused !== null) return refused;
  const costs = new IoCosts(trial, space);
  const stream = new IoStream(trial, space, costs);
  const histograms: Histograms = recordFromKeys(LATENCY_PHASES, () => new Histogram());
  const timing =
    workload.device === null
      ? runWithoutDevice(trial, costs, stream, histograms)
      : runOnDevice(
          trial,
          new DeviceQueue(workload, workload.device, streamFor(trial, 'service')),
          costs,
          stream,
          histograms,
        );
  const cpuNsPerIo = PHASES.reduce((sum, phase) => sum + histograms[phase].meanNs, 0);
  return {
    status: 'done',
    samples: workload.count,
    latency: recordFromKeys(LATENCY_PHASES, (phase) => histograms[phase].encode()),
    ...sumTrial(costs, timing.concurrency),
    spanNs: timing.spanNs,
    iops: timing.spanNs > 0 ? (workload.count * 1e9) / timing.spanNs : 0,
    cpuNsPerIo,
  };
}
