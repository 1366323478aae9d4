import type { CallTracePart } from '#contract';
import type { LinePlace, TraceTask } from './graph-line.ts';
import { functionsOf, MergedCalls, pathsOf } from './merged-calls.ts';
import { TaskStack } from './task-stack.ts';
import type { TraceTotals } from './task-stack.ts';

/** The idle task has number 0 on every CPU. */
function keyOf(task: TraceTask, cpu: number | null): string {
  return task.pid === 0 ? `0 on ${cpu ?? 'any'}` : String(task.pid);
}

/** Adds up the calls of a trace: of which task a line is, what each task has open. */
export class TraceRecorder {
  readonly totals: TraceTotals = {
    root: new MergedCalls('', null),
    calls: 0,
    cutOffCalls: 0,
    paths: 0,
  };
  lostMarks = 0;
  lostEvents = 0;
  overruns = 0;
  interrupts = 0;
  private readonly cpus = new Set<number>();
  private readonly tasks = new Set<string>();
  private readonly stacks = new Map<string, TaskStack>();
  /** What each CPU runs, for lines that do not say. */
  private readonly running = new Map<number | null, TaskStack>();
  private readonly unnamed = new Set<TaskStack>();

  /** The stack a line belongs to. */
  stackOf(place: LinePlace): TaskStack {
    if (place.cpu !== null) this.cpus.add(place.cpu);
    const stack =
      place.task === null ? this.runningOn(place.cpu) : this.stackOfTask(place.task, place.cpu);
    stack.cpu = place.cpu;
    return stack;
  }

  /** Another task runs on a CPU from here on. */
  switchTask(cpu: number | null, from: TraceTask, to: TraceTask): void {
    if (cpu !== null) this.cpus.add(cpu);
    const stopped = this.running.get(cpu);
    if (stopped !== undefined && this.unnamed.delete(stopped)) this.name(stopped, from, cpu);
    const key = keyOf(from, cpu);
    if (stopped?.isIdle === true && this.stacks.get(key) === stopped) this.stacks.delete(key);
    const next = this.stackOfTask(to, cpu);
    next.cpu = cpu;
    this.running.set(cpu, next);
  }

  /** Events of a CPU are missing: nothing that ran there is known to go on. */
  loseEvents(cpu: number, events: number | null): void {
    this.lostMarks += 1;
    this.lostEvents += events ?? 0;
    for (const stack of [...this.stacks.values(), ...this.unnamed]) {
      if (stack.cpu === cpu || stack.cpu === null) stack.breakOff();
    }
  }

  /** Ends the recording; what is still open is cut off. */
  end(firstLine: number, lastLine: number): CallTracePart {
    for (const stack of [...this.stacks.values(), ...this.unnamed]) stack.breakOff();
    const { root, calls, cutOffCalls } = this.totals;
    return {
      firstLine,
      lastLine,
      cpus: [...this.cpus].sort((one, other) => one - other),
      tasks: this.tasks.size,
      literalCalls: calls,
      calls,
      cutOffCalls,
      lostMarks: this.lostMarks,
      lostEvents: this.lostEvents,
      overruns: this.overruns,
      interrupts: this.interrupts,
      roots: pathsOf(root),
      functions: functionsOf(root),
    };
  }

  private runningOn(cpu: number | null): TaskStack {
    const known = this.running.get(cpu);
    if (known !== undefined) return known;
    const stack = new TaskStack(this.totals);
    this.unnamed.add(stack);
    this.running.set(cpu, stack);
    return stack;
  }

  private stackOfTask(task: TraceTask, cpu: number | null): TaskStack {
    const key = keyOf(task, cpu);
    this.tasks.add(key);
    const known = this.stacks.get(key);
    if (known !== undefined) return known;
    const stack = new TaskStack(this.totals);
    this.stacks.set(key, stack);
    return stack;
  }

  /** A CPU says at last whose calls these were; what the task had open elsewhere went on unseen. */
  private name(stack: TaskStack, task: TraceTask, cpu: number | null): void {
    const key = keyOf(task, cpu);
    this.tasks.add(key);
    this.stacks.get(key)?.breakOff();
    this.stacks.set(key, stack);
  }
}
