import type { ContentionMachine } from './contention-setup.ts';

/** No processor has had the line yet. */
const NOBODY = -1;

/**
 * A cache line that locked operations of several processors meet on: one at a time, in the order in
 * which they come, each as dear as the way from the processor that had the line last.
 *
 * @source SPEC rule CONT-2.
 */
export class SharedLine {
  private readonly machine: ContentionMachine;
  private owner = NOBODY;
  private busyUntil = 0;

  constructor(machine: ContentionMachine) {
    this.machine = machine;
  }

  /** Does one operation that is asked for now. Returns when it is done. */
  touch(processor: number, nowNs: number): number {
    this.busyUntil = Math.max(nowNs, this.busyUntil) + this.costNs(processor);
    this.owner = processor;
    return this.busyUntil;
  }

  private costNs(processor: number): number {
    const { coresPerSocket, lockOperation } = this.machine;
    if (this.owner === processor || this.owner === NOBODY) return lockOperation.local;
    const isNear =
      Math.floor(this.owner / coresPerSocket) === Math.floor(processor / coresPerSocket);
    return isNear ? lockOperation.otherCore : lockOperation.otherSocket;
  }
}
