import { eventTotals } from '#core';
import type { EventName, FinishedTrial, LatencyPhase } from '#core';
import { latencySummaries } from '../latency.ts';
import type { LatencySummary } from '../latency.ts';
import type { RunRecord, StoredTrial, TrialParameters } from '../stored-run.ts';

/** What a finished trial found, with the figures that many columns share reduced once. */
export type TrialFigures = {
  readonly trial: FinishedTrial;
  readonly latency: Readonly<Record<LatencyPhase, LatencySummary>>;
  /** Summed over the measured I/Os. */
  readonly events: Readonly<Record<EventName, number>>;
};

/** One row of `trials.csv`. */
export type TrialRow = {
  readonly runId: string;
  readonly parameters: TrialParameters;
  /** Null for a trial that could not run on its layout. */
  readonly figures: TrialFigures | null;
  /** Why it could not; null for one that ran. */
  readonly reason: string | null;
};

/** The row of a stored trial. */
export function trialRow(
  { parameters, result }: StoredTrial,
  run: Pick<RunRecord, 'id'>,
): TrialRow {
  const row = { runId: run.id, parameters };
  if (result.status === 'not-applicable') return { ...row, figures: null, reason: result.reason };
  const figures = {
    trial: result,
    latency: latencySummaries(result),
    events: eventTotals(result.ledger),
  };
  return { ...row, figures, reason: null };
}
