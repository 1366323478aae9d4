import { openLibrary } from '../../index.ts';
import { smallTrials } from '../../testing/small-plan.ts';
import { startSmallRun } from '../../testing/start-small-run.ts';
import { executeRun } from '../execute-run.ts';

// run-until-killed.ts LIBRARY
// Runs small trials without end and prints after each step how many are done.
const [path = ''] = process.argv.slice(2);
const trials = smallTrials({ replicates: 10_000 });
const library = openLibrary(path);
const run = startSmallRun(library, trials.length);
await executeRun({
  library,
  run,
  trials,
  workerUrl: new URL('../simulation.worker.ts', import.meta.url),
  concurrency: 1,
  onProgress: ({ trialsDone }) => console.log(trialsDone),
});
