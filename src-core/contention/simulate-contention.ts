import { assertNever, ModelError } from '../errors.ts';
import { buildExponentialFactors, FACTOR_INDEX_SHIFT } from '../factor-tables.ts';
import { Account } from './account.ts';
import { compileProgram, NameTable } from './compiled-program.ts';
import type { CompiledStep } from './compiled-program.ts';
import { createThread } from './contending-thread.ts';
import type { ContendingThread } from './contending-thread.ts';
import type { ContentionResult } from './contention-result.ts';
import { contentionProblem } from './contention-setup.ts';
import type { ContentionSetup } from './contention-setup.ts';
import { FairLock } from './fair-lock.ts';
import { SharedLine } from './shared-line.ts';

class Simulation {
  private readonly setup: ContentionSetup;
  private readonly threads: ContendingThread[];
  /** By name and number; those nobody touches are not there. */
  private readonly lines: SharedLine[][];
  private readonly lockLine: SharedLine;
  private readonly lock = new FairLock();
  private readonly account: Account;
  private readonly factors = buildExponentialFactors();
  private nowNs = 0;

  constructor(setup: ContentionSetup) {
    this.setup = setup;
    const names = {
      functions: new NameTable(),
      lines: new NameTable(),
      counters: new NameTable(),
    };
    this.lockLine = new SharedLine(setup.machine);
    this.threads = setup.groups
      .flatMap((group, index) => {
        const program = compileProgram(group, names);
        return Array.from({ length: group.threads }, () => ({ group: index, program }));
      })
      .map(({ group, program }, index) => {
        return createThread(index, group, program, setup);
      });
    this.lines = names.lines.names.map(() => []);
    this.account = new Account(setup, names);
  }

  run(): ContentionResult {
    for (const thread of this.threads) this.account.idle(thread.group, 0, thread.readyNs);
    for (;;) {
      const thread = this.nextThread();
      const arrival = thread.arrivals.at(0);
      const isArrival = arrival !== undefined && arrival.timeNs <= thread.readyNs;
      this.nowNs = isArrival ? arrival.timeNs : thread.readyNs;
      if (this.nowNs >= this.account.endNs) break;
      if (isArrival) this.arrive(thread);
      else this.wake(thread);
    }
    for (const thread of this.threads) this.settle(thread);
    return this.account.result();
  }

  /** The thread with the earliest event; the first of those that are equal. */
  private nextThread(): ContendingThread {
    let earliest = this.threads[0];
    let earliestNs = Infinity;
    for (const thread of this.threads) {
      const arrivalNs = thread.arrivals.length === 0 ? Infinity : thread.arrivals[0].timeNs;
      const timeNs = Math.min(thread.readyNs, arrivalNs);
      if (timeNs < earliestNs) {
        earliest = thread;
        earliestNs = timeNs;
      }
    }
    return earliest;
  }

  /** The time of a step has passed; what interrupts took of it follows, then the next steps. */
  private wake(thread: ContendingThread): void {
    if (thread.stolenNs > 0) {
      thread.readyNs = this.nowNs + thread.stolenNs;
      thread.stolenNs = 0;
      this.account.interrupt(thread.group, this.nowNs, thread.readyNs);
      return;
    }
    thread.isOffProcessor = false;
    let goesOn = thread.at < 0 || this.finish(thread, thread.program[thread.at]);
    while (goesOn) {
      thread.at = thread.at + 1 === thread.program.length ? 0 : thread.at + 1;
      const step = thread.program[thread.at];
      thread.readyNs = this.nowNs;
      this.begin(thread, step);
      goesOn = thread.readyNs <= this.nowNs && this.finish(thread, step);
    }
  }

  /** Sets when a step ends; what takes no time is done when it is finished. */
  private begin(thread: ContendingThread, step: CompiledStep): void {
    switch (step.kind) {
      case 'work':
        thread.readyNs = this.nowNs + this.durationNs(thread, step.meanNs, step.isDrawn);
        this.account.run(thread.group, step.function, this.nowNs, thread.readyNs);
        return;
      case 'idle':
        thread.isOffProcessor = true;
        thread.readyNs = this.nowNs + this.durationNs(thread, step.meanNs, step.isDrawn);
        this.account.idle(thread.group, this.nowNs, thread.readyNs);
        return;
      case 'touch':
        this.touch(thread, this.lineOf(thread, step.line, step.among), step.function);
        return;
      case 'lock':
      case 'unlock':
        this.touch(thread, this.lockLine, step.function);
        return;
      case 'irq-on':
        this.answerHeld(thread);
        return;
      case 'interrupt-others':
        this.interruptOthers(thread);
        return;
      default:
        return;
    }
  }

  /** Does what a step does once its time has passed. Returns whether the thread goes on. */
  private finish(thread: ContendingThread, step: CompiledStep): boolean {
    switch (step.kind) {
      case 'lock':
        return thread.isAsleep ? this.getUp(thread) : this.enterOrSleep(thread, step.mode);
      case 'unlock':
        for (const index of this.lock.release(step.mode)) {
          this.threads[index].readyNs = this.nowNs + this.setup.machine.wakeNs;
        }
        return true;
      case 'irq-off':
        thread.isIrqOff = true;
        return true;
      case 'begin':
        thread.begunNs = this.nowNs;
        return true;
      case 'end':
        this.account.endOperation(thread.group, thread.begunNs, this.nowNs);
        return true;
      case 'count':
        this.account.count(step.counter, this.nowNs);
        return true;
      case 'skip-unless':
        if (!this.isTaken(thread, step.probability)) thread.at += step.skipped;
        return true;
      case 'idle':
        thread.isOffProcessor = false;
        return true;
      case 'work':
      case 'touch':
      case 'irq-on':
        return true;
      case 'interrupt-others':
        return this.stopAwaiting(thread, step.function);
      default:
        return assertNever(step);
    }
  }

  /** What never or always happens is not drawn: other draws stay the same. */
  private isTaken(thread: ContendingThread, probability: number): boolean {
    if (probability === 0 || probability === 1) return probability === 1;
    return thread.random.nextUnit() < probability;
  }

  private durationNs(thread: ContendingThread, meanNs: number, isDrawn: boolean): number {
    if (!isDrawn) return meanNs;
    return meanNs * this.factors[thread.random.nextUint32() >>> FACTOR_INDEX_SHIFT];
  }

  private lineOf(thread: ContendingThread, name: number, among: number): SharedLine {
    const number = among === 1 ? 0 : thread.lineRandom.nextIndex(among);
    return (this.lines[name][number] ??= new SharedLine(this.setup.machine));
  }

  private touch(thread: ContendingThread, line: SharedLine, charged: number): void {
    thread.readyNs = line.touch(thread.index, this.nowNs);
    this.account.run(thread.group, charged, this.nowNs, thread.readyNs);
  }

  private enterOrSleep(thread: ContendingThread, mode: 'read' | 'write'): boolean {
    if (this.lock.request(thread.index, mode)) return true;
    thread.isAsleep = true;
    thread.isOffProcessor = true;
    thread.sinceNs = this.nowNs;
    thread.readyNs = Infinity;
    return false;
  }

  private getUp(thread: ContendingThread): boolean {
    thread.isAsleep = false;
    this.account.sleep(thread.group, thread.sinceNs, this.nowNs);
    return true;
  }

  private stopAwaiting(thread: ContendingThread, charged: number): boolean {
    if (thread.isAwaiting) this.account.run(thread.group, charged, thread.sinceNs, this.nowNs);
    thread.isAwaiting = false;
    return true;
  }

  private interruptOthers(thread: ContendingThread): void {
    const timeNs = this.nowNs + this.setup.machine.interrupt.deliverNs;
    thread.sinceNs = this.nowNs;
    thread.answeredNs = this.nowNs;
    for (const other of this.threads) {
      if (other === thread || other.isOffProcessor) continue;
      other.arrivals.push({ timeNs, sender: thread });
      thread.unanswered += 1;
    }
    thread.isAwaiting = thread.unanswered > 0;
    if (thread.isAwaiting) thread.readyNs = Infinity;
  }

  private arrive(thread: ContendingThread): void {
    const arrival = thread.arrivals.shift();
    if (arrival === undefined) return;
    if (thread.isIrqOff) thread.held.push(arrival.sender);
    else this.answer(thread, arrival.sender);
  }

  /** A processor deals with one interrupt, after those before it. */
  private answer(thread: ContendingThread, sender: ContendingThread): void {
    const { handleNs } = this.setup.machine.interrupt;
    const startNs = Math.max(this.nowNs, thread.interruptedUntilNs);
    thread.interruptedUntilNs = startNs + handleNs;
    // A processor that idles has nothing that could be delayed, and one that waits answers meanwhile.
    if (thread.isAwaiting) this.waitOn(thread);
    else if (!thread.isOffProcessor) thread.stolenNs += handleNs;
    sender.unanswered -= 1;
    sender.answeredNs = Math.max(sender.answeredNs, thread.interruptedUntilNs);
    this.waitOn(sender);
  }

  /** Sets when a thread that waits for answers has them all and has answered others. */
  private waitOn(thread: ContendingThread): void {
    if (thread.unanswered > 0) return;
    thread.readyNs = Math.max(thread.answeredNs, thread.interruptedUntilNs);
  }

  /** With interrupts on again, those that were kept waiting come first. */
  private answerHeld(thread: ContendingThread): void {
    thread.isIrqOff = false;
    for (const sender of thread.held) this.answer(thread, sender);
    thread.held = [];
    thread.readyNs = this.nowNs + thread.stolenNs;
    thread.stolenNs = 0;
    this.account.interrupt(thread.group, this.nowNs, thread.readyNs);
  }

  /** Books what is not over when the simulation ends. */
  private settle(thread: ContendingThread): void {
    const { endNs } = this.account;
    this.nowNs = endNs;
    if (thread.isAsleep) this.account.sleep(thread.group, thread.sinceNs, endNs);
    const step = thread.program[thread.at];
    if (thread.isAwaiting && step.kind === 'interrupt-others') {
      this.stopAwaiting(thread, step.function);
    }
  }
}

/**
 * Simulates threads of one process that meet on `mmap_lock`, on cache lines, and through interrupts.
 *
 * The same setup gives the same result in every process and engine. Time is proportional to the steps
 * taken times the number of threads.
 *
 * @throws {ModelError} `bad-workload` with what `contentionProblem` says.
 * @source SPEC rules CONT-1 to CONT-9.
 */
export function simulateContention(setup: ContentionSetup): ContentionResult {
  const problem = contentionProblem(setup);
  if (problem !== null) throw new ModelError('bad-workload', problem);
  return new Simulation(setup).run();
}
