import type { RunProgress, RunRecord } from '#contract';

/** Runs as the page lists them, the first to be looked at first. */
export type QueueOfRuns = {
  /** Under way, usually one. */
  readonly running: readonly RunRecord[];
  /** In the order in which their turn comes. */
  readonly waiting: readonly RunRecord[];
  /** Ended, the latest first. */
  readonly ended: readonly RunRecord[];
};

const MOST_ENDED = 12;

function isUnderWay(run: RunRecord, progress: RunProgress | undefined): boolean {
  if (run.finishedTrials > 0) return true;
  return progress !== undefined && (progress.iosPerSecond > 0 || progress.finishedTrials > 0);
}

function byStart(a: RunRecord, b: RunRecord): number {
  return a.startedAt.localeCompare(b.startedAt);
}

/**
 * Tells what runs from what waits: a run is in the library from the moment it is asked for, and has
 * progress when its turn has come.
 *
 * @param progress  What was told of runs while this window was open.
 */
export function queueOfRuns(
  runs: readonly RunRecord[],
  progress: ReadonlyMap<string, RunProgress>,
): QueueOfRuns {
  const present = runs.filter(({ deletedAt }) => deletedAt === null);
  const active = present.filter(({ status }) => status === 'running').toSorted(byStart);
  const moving = active.filter((run) => isUnderWay(run, progress.get(run.id)));
  // Nothing is told before the first trial ends: until then the first in the queue is the one.
  const running = moving.length > 0 ? moving : active.slice(0, 1);
  return {
    running,
    waiting: active.filter((run) => !running.includes(run)),
    ended: present
      .filter(({ status }) => status !== 'running')
      .toSorted((a, b) => byStart(b, a))
      .slice(0, MOST_ENDED),
  };
}

/** The run to show when none is named: the running one, else the latest. */
export function runToShow({ running, waiting, ended }: QueueOfRuns): RunRecord | undefined {
  return running[0] ?? waiting[0] ?? ended[0];
}
