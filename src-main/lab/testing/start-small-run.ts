import type { Environment, RunRecord } from '#contract';
import type { Library, RunStart } from '../index.ts';

const environment: Environment = {
  applicationVersion: '0.1.0',
  commit: null,
  coreVersion: '1',
  recordVersion: 1,
  host: 'bench-3',
  processor: '1 × AMD EPYC',
  operatingSystem: 'Linux 6.18',
  runtime: 'Node 24',
};

/** Starts a run in the session "small". */
export function startSmallRun(
  library: Library,
  plannedTrials: number,
  changes: Partial<RunStart> = {},
): RunRecord {
  return library.startRun({
    sessionId: library.findOrCreateSession('small').id,
    experimentName: 'small',
    title: 'A small experiment',
    seed: 1,
    experimentText: 'schema: folio-lab/experiment@1\n',
    environment,
    plannedTrials,
    parentRunId: null,
    ...changes,
  });
}
