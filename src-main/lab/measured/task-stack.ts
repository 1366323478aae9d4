import { MOST_NESTED_CALLS } from '#contract';
import { MergedCalls, UNSEEN_CALLER } from './merged-calls.ts';

/** A call that has not ended yet. */
type OpenCall = { readonly calls: MergedCalls; childrenNs: number };

/** What all stacks of a trace add to. */
export type TraceTotals = {
  /** The calls whose callers are known, by path. */
  readonly root: MergedCalls;
  calls: number;
  cutOffCalls: number;
  /** Paths of all trees together. */
  paths: number;
};

/**
 * The open calls of one task, and the tree they are added to.
 *
 * Until a line stands at depth 0, the first calls may have callers that entered before the trace
 * began. They are kept apart, so that they can be moved below such a caller when it ends.
 */
export class TaskStack {
  /** The CPU that was last seen to run the task. */
  cpu: number | null = null;
  private base: MergedCalls;
  private readonly open: OpenCall[] = [];
  private readonly totals: TraceTotals;
  private readonly countPath = (): void => {
    this.totals.paths += 1;
  };

  constructor(totals: TraceTotals) {
    this.totals = totals;
    this.base = new MergedCalls('', null);
  }

  /** Whether nothing would be lost if the stack were forgotten. */
  get isIdle(): boolean {
    return this.open.length === 0 && this.base === this.totals.root;
  }

  /** A call begins. Returns whether it is nested too deeply to be followed. */
  enter(name: string, module: string | null, depth: number): boolean {
    this.settleAt(depth);
    const parent = this.open.at(-1)?.calls ?? this.base;
    this.open.push({ calls: parent.child(name, module, this.countPath), childrenNs: 0 });
    return this.open.length > MOST_NESTED_CALLS;
  }

  /** A call that begins and ends in one line. */
  callLeaf(name: string, module: string | null, depth: number, ns: number): void {
    this.settleAt(depth);
    const parent = this.open.at(-1);
    const calls = (parent?.calls ?? this.base).child(name, module, this.countPath);
    calls.addCall(ns, 0);
    this.totals.calls += 1;
    if (parent !== undefined) parent.childrenNs += ns;
  }

  /** A call ends. `name` is that of the function where the text says it. */
  exit(name: string | null, ns: number): void {
    if (name !== null) this.cutOffAbove(name);
    const ended = this.open.at(-1);
    if (ended === undefined || (name !== null && ended.calls.name !== name)) {
      this.exitUnseen(name);
      return;
    }
    this.open.pop();
    ended.calls.addCall(ns, ended.childrenNs);
    this.totals.calls += 1;
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.childrenNs += ns;
  }

  /** What follows is not what went before: open calls are cut off, the next may have unseen callers. */
  breakOff(): void {
    this.cutOffFrom(0);
    this.joinRoot();
    this.base = new MergedCalls('', null);
  }

  /** A line at depth 0 has no callers: all that was kept apart belongs to the root. */
  private settleAt(depth: number): void {
    if (depth === 0 && this.open.length === 0 && this.base !== this.totals.root) {
      this.joinRoot();
      this.base = this.totals.root;
    }
  }

  private joinRoot(): void {
    if (this.base === this.totals.root) return;
    // The base itself is no path, so it does not count among those that became one.
    this.totals.paths -= this.totals.root.takeOver(this.base) - 1;
  }

  /** Cuts off the calls within one that ends, because their own ends are missing. */
  private cutOffAbove(name: string): void {
    const at = this.open.findLastIndex(({ calls }) => calls.name === name);
    if (at !== -1) this.cutOffFrom(at + 1);
  }

  private cutOffFrom(index: number): void {
    for (const { calls } of this.open.slice(index)) {
      calls.cutOffCalls += 1;
      this.totals.cutOffCalls += 1;
    }
    this.open.length = index;
  }

  /** The end of a call whose beginning is missing. What came since the stack began was within it. */
  private exitUnseen(name: string | null): void {
    this.totals.cutOffCalls += 1;
    if (this.base === this.totals.root || this.open.length > 0) {
      const parent = this.open.at(-1)?.calls ?? this.base;
      parent.child(name ?? UNSEEN_CALLER, null, this.countPath).cutOffCalls += 1;
      return;
    }
    const within = this.base;
    this.base = new MergedCalls('', null);
    const caller = this.base.child(name ?? UNSEEN_CALLER, null, this.countPath);
    caller.cutOffCalls += 1;
    caller.takeOver(within);
  }
}
