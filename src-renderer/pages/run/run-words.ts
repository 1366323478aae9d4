import type { RunRecord } from '#contract';
import { formatCount, formatDuration } from '../../format.ts';
import { counted } from '../../sentences.ts';

/** What a run looks like from this window. */
export type RunSituation = {
  /** Runs whose turn comes before it. */
  readonly before: number;
  readonly isCancelling: boolean;
};

function tookText(run: RunRecord): string {
  if (run.endedAt === null) return '';
  const ms = new Date(run.endedAt).getTime() - new Date(run.startedAt).getTime();
  return ` in ${formatDuration(ms)}`;
}

function finishedTrials({ finishedTrials: done, plannedTrials }: RunRecord): string {
  return `${formatCount(done)} of ${counted(plannedTrials, 'trial')}`;
}

/** What stays of a run that did not get to its end, and how it can go on. */
function stayingText({ finishedTrials: done, plannedTrials }: RunRecord): string {
  if (done === 0) return 'No trial was finished.';
  const left = plannedTrials - done;
  const stay = `${counted(done, 'finished trial')} ${done === 1 ? 'stays' : 'stay'} in the library`;
  return `The ${stay}; "Resume" takes ${done === 1 ? 'it' : 'them'} over and simulates the other ${formatCount(left)}.`;
}

function expectationsText({ expectations }: RunRecord): string {
  if (expectations.length === 0) return '';
  const held = expectations.filter(({ holds }) => holds).length;
  if (held < expectations.length) {
    return ` ${formatCount(held)} of ${counted(expectations.length, 'expectation')} held.`;
  }
  return held === 1 ? ' The expectation held.' : ` All ${counted(held, 'expectation')} held.`;
}

function runningText({ before, isCancelling }: RunSituation): string {
  if (isCancelling) return 'Stopping. Trials that are finished stay in the library.';
  if (before > 0) return `Waiting for ${counted(before, 'run')} before it.`;
  return 'Running. It goes on when this page is left.';
}

/** How a run is doing or how it ended, in one or two sentences. */
export function runSentence(run: RunRecord, situation: RunSituation): string {
  switch (run.status) {
    case 'running':
      return runningText(situation);
    case 'finished':
      return `${counted(run.plannedTrials, 'trial')}${tookText(run)}.${expectationsText(run)}`;
    case 'cancelled':
      return `Cancelled after ${finishedTrials(run)}. ${stayingText(run)}`;
    case 'interrupted':
      return `Interrupted after ${finishedTrials(run)}: the program that ran it ended before the run did. ${stayingText(run)}`;
    case 'failed':
      return `${closed(run.failure ?? 'It failed, and nothing is known about why')} ${stayingText(run)}`;
  }
}

function closed(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
