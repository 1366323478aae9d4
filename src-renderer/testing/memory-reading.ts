import type { LabBridge, Reply, RunDocument, RunRecord } from '#contract';
import { answering } from './answering.ts';
import { checkExperimentText } from './check-experiment.ts';
import type { LabContents, SampleTrials } from './lab-contents.ts';
import { notFound } from './memory-library.ts';
import type { MemoryLibrary } from './memory-library.ts';

function found<Value>(value: Value | undefined, what: string): Reply<Value> {
  return value === undefined ? notFound(what) : { ok: true, value };
}

function documentOf(contents: LabContents, run: RunRecord): RunDocument | undefined {
  const sample = contents.samples[run.experimentName];
  if (sample === undefined) return undefined;
  const { status, failure, seed, plannedTrials, startedAt, endedAt, environment } = run;
  return {
    ...sample,
    run: run.id,
    sessionId: run.sessionId,
    title: run.title,
    ...{ status, failure, seed, plannedTrials, startedAt, endedAt, environment },
    trials: sample.trials.slice(0, run.finishedTrials),
    expectations: [...run.expectations],
  };
}

type Reading = Pick<
  LabBridge,
  | 'describeLab'
  | 'readExperiment'
  | 'readLayout'
  | 'checkExperiment'
  | 'validate'
  | 'listSessions'
  | 'listRuns'
  | 'readRun'
  | 'readTrial'
  | 'checkRepeat'
>;

/** The requests that change nothing. */
export function memoryReading(
  contents: LabContents,
  library: MemoryLibrary,
  loadTrials: () => Promise<SampleTrials>,
): Reading {
  return {
    describeLab: answering(() => ({ ok: true, value: contents.description })),
    readExperiment: answering(({ id }) => {
      const text = contents.experiments[id];
      return found(text === undefined ? undefined : { text }, 'experiment');
    }),
    readLayout: answering(({ name }) => found(contents.layouts[name], 'layout')),
    checkExperiment: answering(({ text }) => ({
      ok: true,
      value: checkExperimentText(contents, text),
    })),
    validate: answering(() => ({ ok: true, value: contents.validation })),
    listSessions: answering(() => ({ ok: true, value: library.sessions() })),
    listRuns: answering(() => ({ ok: true, value: library.runs() })),
    readRun: answering(({ id }) => {
      const run = library.findRun(id);
      return found(run === undefined ? undefined : documentOf(contents, run), 'run');
    }),
    checkRepeat: answering(({ id }) => {
      const run = library.findRun(id);
      const original = library.findRun(run?.parentRunId ?? '');
      if (run === undefined || original?.status !== 'finished') return { ok: true, value: null };
      const compared = Math.min(run.finishedTrials, original.finishedTrials);
      return { ok: true, value: { originalRunId: original.id, compared, identical: compared } };
    }),
    readTrial: async ({ trialId }) => found((await loadTrials())[trialId], 'trial'),
  };
}
