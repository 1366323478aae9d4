import type { RunRecord, RunStatus } from '#contract';

const WORDS: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  finished: 'Finished',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

/** A status in a word. */
export function statusWord(status: RunStatus): string {
  return WORDS[status];
}

/** What repeating a run is called: one that is whole is run again, of another the rest. */
export function repeatTitle({ status }: Pick<RunRecord, 'status'>): string {
  return status === 'finished' ? 'Run again' : 'Resume';
}
