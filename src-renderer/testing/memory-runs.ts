import type { LabBridge, Reply, RunRecord, RunStatus } from '#contract';
import { answering } from './answering.ts';
import { checkExperimentText } from './check-experiment.ts';
import type { EventSource } from './event-source.ts';
import { sampleId, sampleRun } from './lab-contents.ts';
import type { LabContents } from './lab-contents.ts';
import { done, notFound } from './memory-library.ts';
import type { MemoryLibrary } from './memory-library.ts';

const TICK_MS = 250;

/** How long a run takes. */
export type RunPace = { readonly durationMs: number };

function valueOf(text: string, key: string): string | undefined {
  return new RegExp(`^${key}: *(.+)$`, 'm').exec(text)?.[1]?.trim();
}

/** Runs that take their time and simulate nothing: progress, cancelling and an end. */
export function createMemoryRuns(
  contents: LabContents,
  library: MemoryLibrary,
  events: EventSource,
  pace: RunPace,
  now: () => string,
): Pick<LabBridge, 'startRun' | 'cancelRun'> {
  const timers = new Map<string, ReturnType<typeof setInterval>>();
  let made = 0;

  function end(run: RunRecord, status: RunStatus, finishedTrials: number): void {
    clearInterval(timers.get(run.id));
    timers.delete(run.id);
    const expectations = contents.samples[run.experimentName]?.expectations ?? [];
    library.changeRun(run.id, {
      status,
      finishedTrials,
      endedAt: now(),
      expectations: status === 'finished' ? expectations : [],
    });
    events.tell('runEnded', { runId: run.id, status });
    events.tell('libraryChanged', null);
  }

  function newRun(text: string, sessionId: string, trials: number): RunRecord {
    made += 1;
    const experimentName = valueOf(text, 'name') ?? 'experiment';
    const sample = contents.samples[experimentName];
    return sampleRun({
      id: sampleId('run', 0x100000 + made),
      sessionId,
      experimentName,
      title: valueOf(text, 'title') ?? experimentName,
      status: 'running',
      seed: Number(valueOf(text, 'seed') ?? 1),
      experimentText: text,
      startedAt: now(),
      endedAt: null,
      plannedTrials: trials,
      finishedTrials: 0,
      ...(sample === undefined ? {} : { environment: sample.environment }),
    });
  }

  function progress(run: RunRecord, elapsedMs: number): void {
    const share = Math.min(1, elapsedMs / pace.durationMs);
    const finishedTrials = Math.floor(share * run.plannedTrials);
    library.changeRun(run.id, { finishedTrials });
    events.tell('runProgressed', {
      runId: run.id,
      finishedTrials,
      plannedTrials: run.plannedTrials,
      iosPerSecond: 8_230_000,
      remainingSeconds: (pace.durationMs - elapsedMs) / 1000,
    });
    if (share === 1) end(run, 'finished', run.plannedTrials);
  }

  return {
    startRun: answering(({ text, sessionId, parentRunId }) => {
      const check = checkExperimentText(contents, text);
      const [problem] = check.problems;
      if (problem !== undefined) return { ok: false, code: 'bad-input', message: problem.message };
      const run = { ...newRun(text, sessionId, check.trials), parentRunId };
      library.addRun(run);
      events.tell('libraryChanged', null);
      let elapsedMs = 0;
      const tick = (): void => progress(run, (elapsedMs += TICK_MS));
      timers.set(run.id, setInterval(tick, TICK_MS));
      return { ok: true, value: { runId: run.id } };
    }),
    cancelRun: answering(({ runId }): Reply<null> => {
      const run = library.findRun(runId);
      if (run === undefined || !timers.has(runId)) return notFound('running run');
      end(run, 'cancelled', run.finishedTrials);
      return done;
    }),
  };
}
