import type { StoredTrial, TrialDetail } from '#contract';
import { Histogram, LATENCY_PHASES, ledgerIndex, PHASES, PRICED, recordFromKeys } from '#core';
import type { EncodedHistogram, FinishedTrial, Phase } from '#core';

type LatencyColumns = TrialDetail['latency']['total'];

function latencyColumns(encoded: EncodedHistogram): LatencyColumns {
  const buckets = [...Histogram.decode(encoded).buckets()];
  return {
    lowerNs: buckets.map(({ lowerNs }) => lowerNs),
    upperNs: buckets.map(({ upperNs }) => upperNs),
    count: buckets.map(({ count }) => count),
  };
}

function eventsOf({ ledger, samples }: FinishedTrial, phase: Phase): Record<string, number> {
  const totals = PRICED.map((event) => [event, ledger.at(ledgerIndex(phase, event)) ?? 0] as const);
  return Object.fromEntries(
    totals.filter(([, total]) => total > 0).map(([event, total]) => [event, total / samples]),
  );
}

function meanNs({ count, sumPs }: EncodedHistogram): number {
  return count === 0 ? 0 : sumPs / count / 1000;
}

/**
 * Everything a trial found, in plain arrays.
 *
 * @returns Null for a trial that was not applicable: it found nothing.
 */
export function trialDetail({ parameters, result }: StoredTrial): TrialDetail | null {
  if (result.status !== 'done') return null;
  return {
    trialId: parameters.id,
    latency: recordFromKeys(LATENCY_PHASES, (phase) => latencyColumns(result.latency[phase])),
    events: recordFromKeys(PHASES, (phase) => eventsOf(result, phase)),
    allocations: result.allocations,
    figures: result.figures,
    phases: recordFromKeys(PHASES, (phase) => meanNs(result.latency[phase])),
  };
}
