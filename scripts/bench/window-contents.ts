import type { Environment } from '#contract';
import { openLibrary } from '../../src-main/lab/index.ts';

const ENVIRONMENT: Environment = {
  applicationVersion: '0.1.0',
  commit: null,
  coreVersion: '1',
  recordVersion: 1,
  host: 'bench',
  processor: 'any',
  operatingSystem: 'any',
  runtime: 'any',
};
const SESSIONS = 4;

/** An experiment that lasts until it is cancelled: trials of a few tenths of a second. */
export function endlessExperiment(): string {
  return `schema: folio-lab/experiment@1
name: bench
title: A sweep without end
question: Does the window stay usable while it runs?
seed: 1
replicates: 1000
layouts:
  - name: base-4k
    uniform: { size: 64MiB, order: 0, frames: scattered }
  - name: mthp-64k
    uniform: { size: 64MiB, order: 4, frames: scattered }
workload:
  api: direct-io
  operation: write
  blockSize: 128KiB
  access: random
  count: 300000
sweep:
  workload.blockSize: [16KiB, 64KiB, 128KiB, 512KiB]
strategies:
  - { id: per-page }
  - { id: folio-vec }
costModel: textbook
`;
}

/** Makes a library with a number of runs in a few sessions. */
export function writeRuns(libraryPath: string, count: number): void {
  const library = openLibrary(libraryPath);
  try {
    const sessions = Array.from({ length: SESSIONS }, (_, index) =>
      library.createSession(`Session ${index + 1}`),
    );
    for (let index = 0; index < count; index += 1) {
      const session = sessions[index % SESSIONS];
      if (session === undefined) continue;
      const run = library.startRun({
        sessionId: session.id,
        experimentName: 'bench',
        title: `Experiment ${index + 1}`,
        seed: index,
        experimentText: endlessExperiment(),
        environment: ENVIRONMENT,
        plannedTrials: 12,
        parentRunId: null,
      });
      library.endRun(run.id, { status: 'finished', expectations: [] });
    }
  } finally {
    library.close();
  }
}
