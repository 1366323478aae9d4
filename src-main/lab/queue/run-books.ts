import type { StoredTrial } from '#contract';
import type { Trial, TrialResult } from '#core';
import type { Library } from '../library/index.ts';
import type { RunMeter, RunProgress } from './run-progress.ts';
import { storedTrialFromResult } from './stored-trial.ts';
import type { PlannedTrial } from './stored-trial.ts';

/** What keeping the books of a run needs of the library. */
export type TrialStore = Pick<Library, 'appendTrials' | 'renewLease'>;

/** More would keep the event loop from its other work for longer than anyone should notice. */
const MOST_TRIALS_A_COMMIT = 32;
/** Far below the age at which a lease is dead. Unit: milliseconds. */
const LEASE_INTERVAL_MS = 5_000;

type Simulated = { readonly trial: Trial; readonly stored: StoredTrial };

/** Commits the trials of a run in groups and tells how far it is. A trial is done after its commit. */
export class RunBooks {
  private readonly store: TrialStore;
  private readonly runId: string;
  private readonly meter: RunMeter;
  private readonly onProgress: (progress: RunProgress) => void;
  private group: Simulated[] = [];
  private leaseRenewedAt = performance.now();

  constructor(
    store: TrialStore,
    runId: string,
    meter: RunMeter,
    onProgress: (progress: RunProgress) => void,
  ) {
    this.store = store;
    this.runId = runId;
    this.meter = meter;
    this.onProgress = onProgress;
  }

  add(planned: PlannedTrial, result: TrialResult): void {
    this.group.push({ trial: planned.trial, stored: storedTrialFromResult(planned, result) });
    if (this.group.length >= MOST_TRIALS_A_COMMIT) this.commit();
  }

  /** Commits what there is. What could not be committed is kept. */
  commit(): void {
    if (this.group.length === 0) return;
    this.store.appendTrials(
      this.runId,
      this.group.map(({ stored }) => stored),
    );
    for (const { trial } of this.group) this.meter.addCommitted(trial);
    this.group = [];
  }

  /** Commits, tells how far the run is, and keeps the lease alive. */
  tick(): void {
    this.commit();
    this.report();
    const now = performance.now();
    if (now - this.leaseRenewedAt < LEASE_INTERVAL_MS) return;
    this.store.renewLease(this.runId);
    this.leaseRenewedAt = now;
  }

  report(): void {
    this.onProgress(this.meter.read(performance.now()));
  }
}
