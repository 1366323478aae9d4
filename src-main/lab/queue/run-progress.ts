import type { Trial } from '#core';
import { estimateTrialSeconds, iosOfTrial } from './estimate-run.ts';

/** How far a run is. Only committed trials count. */
export type RunProgress = {
  readonly trialsDone: number;
  readonly trialsPlanned: number;
  /** Since the run went on; null until its first trial is committed. */
  readonly iosPerSecond: number | null;
  /** Null until the first trial is committed. */
  readonly secondsLeft: number | null;
};

/** Keeps account of the trials of a run. */
export class RunMeter {
  private readonly startedAt: number;
  private readonly planned: number;
  private done: number;
  private iosDone = 0;
  private workDone = 0;
  private workLeft: number;

  /**
   * @param planned  Trials of the run.
   * @param pending  Those that are not committed yet.
   * @param nowMs    A monotonic clock. Unit: milliseconds.
   */
  constructor(planned: number, pending: readonly Trial[], nowMs: number) {
    this.startedAt = nowMs;
    this.planned = planned;
    this.done = planned - pending.length;
    this.workLeft = pending.reduce((sum, trial) => sum + estimateTrialSeconds(trial), 0);
  }

  addCommitted(trial: Trial): void {
    const work = estimateTrialSeconds(trial);
    this.done += 1;
    this.iosDone += iosOfTrial(trial);
    this.workDone += work;
    this.workLeft -= work;
  }

  /** @param nowMs  By the clock of the constructor. */
  read(nowMs: number): RunProgress {
    const seconds = (nowMs - this.startedAt) / 1000;
    const isTelling = this.workDone > 0 && seconds > 0;
    return {
      trialsDone: this.done,
      trialsPlanned: this.planned,
      iosPerSecond: isTelling ? this.iosDone / seconds : null,
      secondsLeft: isTelling ? this.secondsLeft(seconds) : null,
    };
  }

  /** The estimate says how trials compare with each other; the clock says how fast this machine is. */
  private secondsLeft(secondsSpent: number): number {
    // Subtracting one trial after the other leaves a speck where nothing is left.
    if (this.done === this.planned) return 0;
    return (Math.max(0, this.workLeft) / this.workDone) * secondsSpent;
  }
}
