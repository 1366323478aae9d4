import { ALLOCATION_SOURCES, isHeldUntilCompletion } from '../counting/allocations.ts';
import type { Device, Workload } from '../experiment/workload.ts';
import {
  FACTOR_INDEX_SHIFT,
  buildExponentialFactors,
  buildLogNormalFactors,
} from '../factor-tables.ts';
import type { RandomStream } from '../random.ts';
import { TimeHeap } from './time-heap.ts';

const SOURCE_COUNT = ALLOCATION_SOURCES.length;

function serviceFactors(device: Device): Float64Array {
  const { service } = device;
  switch (service.distribution) {
    case 'constant':
      return buildLogNormalFactors(0);
    case 'exponential':
      return buildExponentialFactors();
    case 'log-normal':
      return buildLogNormalFactors(service.sigma);
  }
}

/** Durations of one completed I/O that only the queue knows. Unit: nanoseconds. */
export type Completion = {
  isMeasured: boolean;
  deviceNs: number;
  waitNs: number;
  totalNs: number;
  /** Simulated time at which it was submitted and reaped. */
  startNs: number;
  endNs: number;
};

/**
 * Threads that keep `queueDepth` I/Os in flight at a device. A thread submits until its queue is full,
 * then reaps its earliest finished I/O before it submits the next one; the device works on
 * `parallelism` I/Os at once and takes the others in the order of their submission.
 *
 * @source SPEC rules SIM-5 to SIM-8.
 */
export class DeviceQueue {
  /** The I/O that was reaped last. */
  readonly completion: Completion = {
    isMeasured: false,
    deviceNs: 0,
    waitNs: 0,
    totalNs: 0,
    startNs: 0,
    endNs: 0,
  };
  /** Most bytes held by I/Os in flight at one moment, by allocation source. */
  readonly heldPeak = new Float64Array(SOURCE_COUNT);
  /** Most threads inside a submission at one moment. */
  mostSubmitting = 1;

  private readonly depth: number;
  private readonly service: RandomStream;
  private readonly factors: Float64Array;
  private readonly meanNs: number;
  private readonly servers: TimeHeap;
  private readonly serverCount: number;
  /** By thread. */
  private readonly cpuFree: Float64Array;
  private readonly submitEnd: Float64Array;
  private readonly inFlight: TimeHeap[];
  private readonly freeTickets: number[][];
  /** By ticket: one for each place in a thread's queue. */
  private readonly started: Float64Array;
  private readonly serviceNs: Float64Array;
  private readonly completeNs: Float64Array;
  private readonly waitedNs: Float64Array;
  private readonly deviceDone: Float64Array;
  private readonly measured: Uint8Array;
  private readonly slots: Int32Array;
  private readonly held = new Float64Array(SOURCE_COUNT);

  constructor(workload: Workload, device: Device, service: RandomStream) {
    const { threads, queueDepth } = workload;
    const tickets = threads * queueDepth;
    this.depth = queueDepth;
    this.service = service;
    this.factors = serviceFactors(device);
    this.meanNs = device.service.meanNs;
    this.serverCount = device.parallelism;
    this.servers = new TimeHeap(device.parallelism);
    this.cpuFree = new Float64Array(threads);
    this.submitEnd = new Float64Array(threads);
    this.inFlight = Array.from({ length: threads }, () => new TimeHeap(queueDepth));
    this.freeTickets = Array.from({ length: threads }, (_, thread) =>
      Array.from({ length: queueDepth }, (_unused, place) => thread * queueDepth + place),
    );
    this.started = new Float64Array(tickets);
    this.serviceNs = new Float64Array(tickets);
    this.completeNs = new Float64Array(tickets);
    this.waitedNs = new Float64Array(tickets);
    this.deviceDone = new Float64Array(tickets);
    this.measured = new Uint8Array(tickets);
    this.slots = new Int32Array(tickets);
  }

  /** The thread that is free first: to submit, or to reap an I/O if its queue is full. */
  nextThread(): number {
    let best = 0;
    let bestTime = Infinity;
    for (let thread = 0; thread < this.cpuFree.length; thread += 1) {
      const time = this.readyTime(thread);
      if (time < bestTime) {
        best = thread;
        bestTime = time;
      }
    }
    return best;
  }

  /** Whether a thread has to reap before it can submit. */
  isFull(thread: number): boolean {
    return this.inFlight[thread].size === this.depth;
  }

  /** A thread with an I/O in flight whose completion comes first; -1 when nothing is in flight. */
  nextToDrain(): number {
    let best = -1;
    let bestTime = Infinity;
    for (let thread = 0; thread < this.inFlight.length; thread += 1) {
      const time = Math.max(this.cpuFree[thread], this.inFlight[thread].earliest);
      if (time < bestTime) {
        best = thread;
        bestTime = time;
      }
    }
    return best;
  }

  /**
   * Submits one I/O.
   *
   * @param slot        What it costs; see `IoCosts`.
   * @param submitNs    Processor time up to and with submission.
   * @param completeNs  Processor time after the device is done.
   * @param peaks       Bytes each slot holds, by slot and allocation source.
   */
  submit(
    thread: number,
    slot: number,
    submitNs: number,
    completeNs: number,
    isMeasured: boolean,
    peaks: Float64Array,
  ): void {
    const start = this.cpuFree[thread];
    const end = start + submitNs;
    const draw = this.service.nextUint32() >>> FACTOR_INDEX_SHIFT;
    const serviceNs = this.meanNs * this.factors[draw];
    const begin = this.servers.size < this.serverCount ? end : Math.max(end, this.servers.earliest);
    if (this.servers.size === this.serverCount) this.servers.pop();
    const done = begin + serviceNs;
    this.servers.push(done, 0);
    const ticket = this.freeTickets[thread].pop() ?? 0;
    this.started[ticket] = start;
    this.serviceNs[ticket] = serviceNs;
    this.completeNs[ticket] = completeNs;
    this.waitedNs[ticket] = begin - end;
    this.deviceDone[ticket] = done;
    this.measured[ticket] = isMeasured ? 1 : 0;
    this.slots[ticket] = slot;
    this.inFlight[thread].push(done, ticket);
    this.cpuFree[thread] = end;
    this.noteSubmission(thread, start, end);
    this.hold(slot, peaks, 1);
  }

  /** Reaps the earliest I/O of a thread and describes it in `completion`. */
  reap(thread: number, peaks: Float64Array): void {
    const ticket = this.inFlight[thread].pop();
    const done = this.deviceDone[ticket];
    const begin = Math.max(this.cpuFree[thread], done);
    const end = begin + this.completeNs[ticket];
    this.cpuFree[thread] = end;
    this.freeTickets[thread].push(ticket);
    const { completion } = this;
    completion.isMeasured = this.measured[ticket] === 1;
    completion.deviceNs = this.serviceNs[ticket];
    completion.waitNs = this.waitedNs[ticket] + (begin - done);
    completion.totalNs = end - this.started[ticket];
    completion.startNs = this.started[ticket];
    completion.endNs = end;
    this.hold(this.slots[ticket], peaks, -1);
  }

  private readyTime(thread: number): number {
    if (!this.isFull(thread)) return this.cpuFree[thread];
    return Math.max(this.cpuFree[thread], this.inFlight[thread].earliest);
  }

  private noteSubmission(thread: number, start: number, end: number): void {
    this.submitEnd[thread] = end;
    let submitting = 0;
    for (const until of this.submitEnd) if (until > start) submitting += 1;
    this.mostSubmitting = Math.max(this.mostSubmitting, submitting);
  }

  private hold(slot: number, peaks: Float64Array, sign: 1 | -1): void {
    for (let source = 0; source < SOURCE_COUNT; source += 1) {
      const bytes = peaks[slot * SOURCE_COUNT + source];
      if (bytes === 0 || !isHeldUntilCompletion(source)) continue;
      this.held[source] += sign * bytes;
      this.heldPeak[source] = Math.max(this.heldPeak[source], this.held[source]);
    }
  }
}
