import type { Completion } from '../simulation/device-queue.ts';

/** One I/O: processor time before and after the device. Unit: nanoseconds. */
export type QueuedIo = {
  readonly submitNs: number;
  readonly completeNs: number;
  /** Whether its times are recorded; true unless told otherwise. */
  readonly isMeasured?: boolean;
};

export type QueueShape = {
  readonly threads: number;
  readonly depth: number;
  readonly parallelism: number;
};

export type QueueRun = {
  /** In the order in which they were reaped. */
  readonly completions: readonly Completion[];
  /** Most I/Os at once between the begin of submission and that of reaping. */
  readonly mostHeld: number;
  /** Most threads inside a submission at once. */
  readonly mostSubmitting: number;
};

type Flight = {
  readonly io: QueuedIo;
  readonly start: number;
  readonly done: number;
  readonly queued: number;
  readonly service: number;
};

const earliest = (times: readonly number[]): number => times.indexOf(Math.min(...times));

/** The queue of SPEC rules SIM-6 to SIM-8 in the plainest way: lists that are searched. */
class NaiveQueue {
  readonly completions: Completion[] = [];
  /** When an I/O began (1) and ceased (-1) to hold memory. */
  readonly changes: { readonly at: number; readonly by: number }[] = [];
  readonly submissions: { readonly start: number; readonly end: number }[] = [];
  private readonly depth: number;
  private readonly free: number[];
  private readonly flights: Flight[][];
  private readonly servers: number[];

  constructor({ threads, depth, parallelism }: QueueShape) {
    this.depth = depth;
    this.free = new Array<number>(threads).fill(0);
    this.flights = this.free.map(() => []);
    this.servers = new Array<number>(parallelism).fill(0);
  }

  submit(io: QueuedIo, service: number): void {
    let thread = this.firstToAct();
    while (this.flights[thread].length === this.depth) {
      this.reap(thread);
      thread = this.firstToAct();
    }
    const start = this.free[thread];
    const arrival = start + io.submitNs;
    const server = earliest(this.servers);
    const begin = Math.max(arrival, this.servers[server]);
    const done = begin + service;
    this.servers[server] = done;
    this.flights[thread].push({ io, start, done, queued: begin - arrival, service });
    this.free[thread] = arrival;
    this.changes.push({ at: start, by: 1 });
    this.submissions.push({ start, end: arrival });
  }

  drain(): void {
    while (this.flights.some((list) => list.length > 0)) {
      this.reap(earliest(this.free.map((time, thread) => Math.max(time, this.firstDone(thread)))));
    }
  }

  private firstDone(thread: number): number {
    return Math.min(...this.flights[thread].map(({ done }) => done));
  }

  private firstToAct(): number {
    return earliest(
      this.free.map((time, thread) =>
        this.flights[thread].length < this.depth ? time : Math.max(time, this.firstDone(thread)),
      ),
    );
  }

  private reap(thread: number): void {
    const list = this.flights[thread];
    const [flight] = list.splice(earliest(list.map(({ done }) => done)), 1);
    const begin = Math.max(this.free[thread], flight.done);
    const end = begin + flight.io.completeNs;
    this.free[thread] = end;
    this.changes.push({ at: begin, by: -1 });
    this.completions.push({
      isMeasured: flight.io.isMeasured ?? true,
      startNs: flight.start,
      endNs: end,
      deviceNs: flight.service,
      waitNs: flight.queued + (begin - flight.done),
      totalNs: end - flight.start,
    });
  }
}

/** Puts I/Os with their service times through the naive queue and replays what they held. */
export function replayQueue(
  shape: QueueShape,
  serviceNs: readonly number[],
  ios: readonly QueuedIo[],
): QueueRun {
  const queue = new NaiveQueue(shape);
  for (const [index, io] of ios.entries()) queue.submit(io, serviceNs[index]);
  queue.drain();
  let held = 0;
  const levels = [...queue.changes].sort((a, b) => a.at - b.at).map(({ by }) => (held += by));
  const together = queue.submissions.map(
    ({ start }) =>
      queue.submissions.filter((each) => each.start <= start && start < each.end).length,
  );
  return {
    completions: queue.completions,
    mostHeld: Math.max(...levels),
    mostSubmitting: Math.max(...together),
  };
}
