import type { RunRecord } from '#contract';
import { shortId } from './library-access.ts';
import { dayText } from './listing.ts';
import { textTable } from './text-table.ts';

function trialsText({ finishedTrials, plannedTrials }: RunRecord): string {
  return finishedTrials === plannedTrials
    ? String(plannedTrials)
    : `${finishedTrials} of ${plannedTrials}`;
}

function expectedText({ expectations }: RunRecord): string {
  if (expectations.length === 0) return '';
  const held = expectations.filter(({ holds }) => holds).length;
  return held === expectations.length ? `✓ ${held}` : `✗ ${held} of ${expectations.length}`;
}

/** Runs as a table. */
export function runsText(runs: readonly RunRecord[]): string {
  if (runs.length === 0) return 'No run.';
  return textTable(runs, [
    { title: 'run', align: 'left', text: shortId },
    { title: 'experiment', align: 'left', text: ({ experimentName }) => experimentName },
    { title: 'status', align: 'left', text: ({ status }) => status },
    { title: 'trials', align: 'right', text: trialsText },
    { title: 'expected', align: 'left', text: expectedText },
    { title: 'seed', align: 'right', text: ({ seed }) => String(seed) },
    { title: 'started (UTC)', align: 'left', text: ({ startedAt }) => dayText(startedAt) },
    { title: 'tags', align: 'left', text: ({ tags }) => tags.join(', ') },
  ]);
}
