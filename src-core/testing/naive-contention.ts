import { INTERRUPT_FUNCTION } from '../contention/contention-result.ts';
import type { ContentionSetup } from '../contention/contention-setup.ts';
import type { ContentionStep, LockMode } from '../contention/program.ts';

/**
 * The rules of contention once more, by looking at the clock every nanosecond: no events are computed
 * ahead, and every thread is charged for each nanosecond by what it is at. All times of a setup are
 * whole, durations constant, probabilities 0 or 1.
 */

type Job = { readonly thread: NaiveThread; remaining: number };

class NaiveLine {
  private readonly setup: ContentionSetup;
  private owner: number | null = null;
  private readonly jobs: Job[] = [];

  constructor(setup: ContentionSetup) {
    this.setup = setup;
  }

  add(thread: NaiveThread): Job {
    const job = { thread, remaining: Infinity };
    this.jobs.push(job);
    if (this.jobs.length === 1) this.startFirst();
    return job;
  }

  tick(): void {
    const [first] = this.jobs;
    if (first === undefined) return;
    first.remaining -= 1;
    if (first.remaining > 0) return;
    this.jobs.shift();
    this.startFirst();
  }

  private startFirst(): void {
    const [first] = this.jobs;
    if (first === undefined) return;
    const { coresPerSocket, lockOperation } = this.setup.machine;
    const from = this.owner;
    const to = first.thread.index;
    this.owner = to;
    if (from === null || from === to) first.remaining = lockOperation.local;
    else if (Math.trunc(from / coresPerSocket) === Math.trunc(to / coresPerSocket)) {
      first.remaining = lockOperation.otherCore;
    } else first.remaining = lockOperation.otherSocket;
  }
}

type Body = Generator<() => boolean, never>;

class NaiveThread {
  readonly index: number;
  readonly group: number;
  readonly body: Body;
  canGoOn: () => boolean = () => true;
  /** A function, `asleep` or `idle`. */
  doing = 'idle';
  stolen = 0;
  isIrqOff = false;
  lockGrantedAt: number | null = null;
  interruptedUntil = 0;
  isAwaiting = false;
  unanswered = 0;
  answered = 0;
  readonly inbox: { readonly time: number; readonly sender: NaiveThread }[] = [];
  readonly held: NaiveThread[] = [];

  constructor(index: number, group: number, world: NaiveContention) {
    this.index = index;
    this.group = group;
    this.body = world.bodyOf(this, group);
  }

  get isOff(): boolean {
    return this.doing === 'asleep' || this.doing === 'idle';
  }
}

export type NaiveGroup = { operations: number; latencies: number[]; asleep: number; idle: number };

export class NaiveContention {
  readonly groups: NaiveGroup[];
  readonly functionNs = new Map<string, number>();
  private readonly setup: ContentionSetup;
  private readonly threads: NaiveThread[];
  private readonly lines = new Map<string, NaiveLine>();
  private readonly holders: { thread: NaiveThread; mode: LockMode }[] = [];
  private readonly queue: { thread: NaiveThread; mode: LockMode }[] = [];
  private clock = 0;

  constructor(setup: ContentionSetup) {
    this.setup = setup;
    this.groups = setup.groups.map(() => ({ operations: 0, latencies: [], asleep: 0, idle: 0 }));
    this.threads = setup.groups
      .flatMap(({ threads }, group) => new Array<number>(threads).fill(group))
      .map((group, index) => new NaiveThread(index, group, this));
    this.run();
  }

  *bodyOf(thread: NaiveThread, group: number): Body {
    const { between, operation } = this.setup.groups[group] ?? { between: [], operation: [] };
    for (;;) {
      yield* this.steps(thread, between);
      const begun = this.clock;
      yield* this.steps(thread, operation);
      if (this.isWatched()) {
        const kept = this.groups[group];
        if (kept !== undefined) kept.operations += 1;
        kept?.latencies.push(this.clock - begun);
      }
    }
  }

  private run(): void {
    const end = this.setup.warmUpNs + this.setup.measuredNs;
    for (this.clock = 0; this.clock < end; this.clock += 1) {
      while (this.threads.some((thread) => this.letAct(thread)));
      if (this.isWatched()) for (const thread of this.threads) this.charge(thread);
      for (const line of this.lines.values()) line.tick();
    }
  }

  private isWatched(): boolean {
    return this.clock >= this.setup.warmUpNs;
  }

  private letAct(thread: NaiveThread): boolean {
    const [first] = thread.inbox;
    if (first !== undefined && first.time === this.clock) {
      thread.inbox.shift();
      if (thread.isIrqOff) thread.held.push(first.sender);
      else this.answer(thread, first.sender);
      return true;
    }
    if (!thread.canGoOn()) return false;
    thread.canGoOn = thread.body.next().value;
    return true;
  }

  private charge({ doing, group }: NaiveThread): void {
    const kept = this.groups[group];
    if (kept !== undefined && doing === 'asleep') kept.asleep += 1;
    else if (kept !== undefined && doing === 'idle') kept.idle += 1;
    else this.functionNs.set(doing, (this.functionNs.get(doing) ?? 0) + 1);
  }

  private *until(thread: NaiveThread, condition: () => boolean): Generator<() => boolean, void> {
    yield condition;
    while (thread.stolen > 0) {
      const end = this.clock + thread.stolen;
      thread.stolen = 0;
      thread.doing = INTERRUPT_FUNCTION;
      yield () => this.clock >= end;
    }
  }

  private *pass(thread: NaiveThread, doing: string, ns: number): Generator<() => boolean, void> {
    const end = this.clock + ns;
    thread.doing = doing;
    if (ns > 0) yield* this.until(thread, () => this.clock >= end);
  }

  private *steps(
    thread: NaiveThread,
    steps: readonly ContentionStep[],
  ): Generator<() => boolean, void> {
    for (const step of steps) yield* this.step(thread, step);
  }

  private *step(thread: NaiveThread, step: ContentionStep): Generator<() => boolean, void> {
    if (step.kind === 'work') yield* this.pass(thread, step.function, step.meanNs);
    else if (step.kind === 'idle') yield* this.pass(thread, 'idle', step.meanNs);
    else if (step.kind === 'touch') yield* this.touch(thread, step.line, step.function);
    else if (step.kind === 'lock') yield* this.take(thread, step.mode, step.function);
    else if (step.kind === 'unlock') {
      yield* this.touch(thread, 'the lock', step.function);
      this.giveBack(thread);
    } else if (step.kind === 'irq-off') thread.isIrqOff = true;
    else if (step.kind === 'irq-on') yield* this.answerHeld(thread);
    else if (step.kind === 'interrupt-others') yield* this.interrupt(thread, step.function);
    else if (step.kind === 'sometimes' && step.probability === 1) {
      yield* this.steps(thread, step.steps);
    }
  }

  private *touch(thread: NaiveThread, name: string, doing: string): Generator<() => boolean, void> {
    const line = this.lines.get(name) ?? new NaiveLine(this.setup);
    this.lines.set(name, line);
    thread.doing = doing;
    const job = line.add(thread);
    yield* this.until(thread, () => job.remaining <= 0);
  }

  private *take(
    thread: NaiveThread,
    mode: LockMode,
    doing: string,
  ): Generator<() => boolean, void> {
    yield* this.touch(thread, 'the lock', doing);
    this.queue.push({ thread, mode });
    this.admit();
    if (this.holders.some((holder) => holder.thread === thread)) return;
    thread.doing = 'asleep';
    thread.lockGrantedAt = null;
    const { wakeNs } = this.setup.machine;
    yield () => thread.lockGrantedAt !== null && this.clock >= thread.lockGrantedAt + wakeNs;
  }

  private giveBack(thread: NaiveThread): void {
    this.holders.splice(
      this.holders.findIndex((holder) => holder.thread === thread),
      1,
    );
    this.admit();
  }

  private admit(): void {
    for (;;) {
      const [first] = this.queue;
      if (first === undefined) return;
      const isFree =
        this.holders.length === 0 ||
        (first.mode === 'read' && this.holders.every(({ mode }) => mode === 'read'));
      if (!isFree) return;
      this.queue.shift();
      this.holders.push(first);
      first.thread.lockGrantedAt = this.clock;
    }
  }

  private *interrupt(thread: NaiveThread, doing: string): Generator<() => boolean, void> {
    const time = this.clock + this.setup.machine.interrupt.deliverNs;
    const others = this.threads.filter((other) => other !== thread && !other.isOff);
    thread.unanswered = others.length;
    thread.answered = this.clock;
    thread.doing = doing;
    for (const other of others) other.inbox.push({ time, sender: thread });
    if (others.length === 0) return;
    thread.isAwaiting = true;
    yield* this.until(
      thread,
      () =>
        thread.unanswered === 0 && this.clock >= Math.max(thread.answered, thread.interruptedUntil),
    );
    thread.isAwaiting = false;
  }

  private answer(thread: NaiveThread, sender: NaiveThread): void {
    const { handleNs } = this.setup.machine.interrupt;
    thread.interruptedUntil = Math.max(this.clock, thread.interruptedUntil) + handleNs;
    if (!thread.isOff && !thread.isAwaiting) thread.stolen += handleNs;
    sender.unanswered -= 1;
    sender.answered = Math.max(sender.answered, thread.interruptedUntil);
  }

  private *answerHeld(thread: NaiveThread): Generator<() => boolean, void> {
    thread.isIrqOff = false;
    for (const sender of thread.held.splice(0)) this.answer(thread, sender);
    const ns = thread.stolen;
    thread.stolen = 0;
    yield* this.pass(thread, INTERRUPT_FUNCTION, ns);
  }
}
