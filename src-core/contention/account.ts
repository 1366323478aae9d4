import { recordFromKeys } from '../records.ts';
import { Histogram } from '../statistics/index.ts';
import type { ProgramNames } from './compiled-program.ts';
import { INTERRUPT_FUNCTION } from './contention-result.ts';
import type { ContentionResult, FunctionSamples, GroupResult } from './contention-result.ts';
import type { ContentionSetup } from './contention-setup.ts';

/** What is kept of a group while it runs. Unit of the times: nanoseconds. */
type GroupAccount = {
  operations: number;
  runningNs: number;
  lockWaitNs: number;
  idleNs: number;
  readonly latency: Histogram;
};

/** Keeps the books of a simulation: what falls between warm-up and end, and nothing else. */
export class Account {
  readonly startNs: number;
  readonly endNs: number;
  private readonly setup: ContentionSetup;
  private readonly names: ProgramNames;
  private readonly groups: GroupAccount[];
  /** By function and counter, in the order of their name tables. */
  private readonly functionNs: Float64Array;
  private readonly counts: Float64Array;
  private readonly interruptFunction: number;

  /** @param names  Of programs that are compiled already. */
  constructor(setup: ContentionSetup, names: ProgramNames) {
    this.setup = setup;
    this.names = names;
    this.startNs = setup.warmUpNs;
    this.endNs = setup.warmUpNs + setup.measuredNs;
    this.interruptFunction = names.functions.indexOf(INTERRUPT_FUNCTION);
    this.functionNs = new Float64Array(names.functions.names.length);
    this.counts = new Float64Array(names.counters.names.length);
    this.groups = setup.groups.map(() => ({
      ...{ operations: 0, runningNs: 0, lockWaitNs: 0, idleNs: 0 },
      latency: new Histogram(),
    }));
  }

  /** Charges time on a processor to a function. */
  run(group: number, charged: number, fromNs: number, toNs: number): void {
    const ns = this.watchedNs(fromNs, toNs);
    this.functionNs[charged] += ns;
    this.groups[group].runningNs += ns;
  }

  interrupt(group: number, fromNs: number, toNs: number): void {
    this.run(group, this.interruptFunction, fromNs, toNs);
  }

  sleep(group: number, fromNs: number, toNs: number): void {
    this.groups[group].lockWaitNs += this.watchedNs(fromNs, toNs);
  }

  idle(group: number, fromNs: number, toNs: number): void {
    this.groups[group].idleNs += this.watchedNs(fromNs, toNs);
  }

  count(counter: number, nowNs: number): void {
    if (nowNs >= this.startNs && nowNs < this.endNs) this.counts[counter] += 1;
  }

  endOperation(group: number, begunNs: number, nowNs: number): void {
    if (nowNs < this.startNs || nowNs >= this.endNs) return;
    const account = this.groups[group];
    account.operations += 1;
    account.latency.record(nowNs - begunNs);
  }

  result(): ContentionResult {
    const { counters } = this.names;
    return {
      groups: this.groups.map((account, index) => this.groupResult(account, index)),
      functions: this.samples(),
      counters: recordFromKeys(counters.names, (name) => this.counts[counters.indexOf(name)]),
      measuredNs: this.setup.measuredNs,
    };
  }

  private watchedNs(fromNs: number, toNs: number): number {
    return Math.max(0, Math.min(toNs, this.endNs) - Math.max(fromNs, this.startNs));
  }

  private groupResult(account: GroupAccount, index: number): GroupResult {
    const { name, threads } = this.setup.groups[index];
    const { measuredNs } = this.setup;
    const allNs = threads * measuredNs;
    return {
      ...{ name, threads, operations: account.operations, latency: account.latency },
      operationsPerSecond: (account.operations / measuredNs) * 1_000_000_000,
      runningShare: account.runningNs / allNs,
      lockWaitShare: account.lockWaitNs / allNs,
      idleShare: account.idleNs / allNs,
    };
  }

  private samples(): FunctionSamples[] {
    const totalNs = this.functionNs.reduce((sum, ns) => sum + ns, 0);
    return this.names.functions.names
      .map((name, index) => ({ name, ns: this.functionNs[index] }))
      .filter(({ name, ns }) => ns > 0 || name !== INTERRUPT_FUNCTION)
      .map(({ name, ns }) => ({ function: name, ns, share: totalNs === 0 ? 0 : ns / totalNs }))
      .sort((a, b) => b.ns - a.ns || (a.function < b.function ? -1 : 1));
  }
}
