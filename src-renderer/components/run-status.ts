import type { RunStatus } from '#contract';

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
