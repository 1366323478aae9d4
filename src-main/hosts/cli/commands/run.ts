import type { Command } from 'commander';
import { problemText } from '#contract';
import type { RunRecord, StoredCostModel } from '#contract';
import { findExperiment, prepareExperiment, readEnvironment } from '../../../lab/index.ts';
import type { ExperimentRun, Library, PreparedExperiment } from '../../../lab/index.ts';
import { collect } from '../assignments.ts';
import { BadInput, takeFound } from '../bad-input.ts';
import { Cancellation } from '../cancellation.ts';
import { commandLine } from '../invocation.ts';
import {
  DEFAULT_SESSION,
  LIBRARY_OPTION,
  readStoredCostModels,
  writeToLibrary,
} from '../library-access.ts';
import { prepareOutputFolder } from '../output-folder.ts';
import { APPLICATION_FOLDER, EXPERIMENTS_FOLDER, WORKER_URL } from '../places.ts';
import { REPORT_OPTIONS, reportRuns, runOne } from '../running.ts';
import type { ReportOptions } from '../running.ts';

type RunOptions = ReportOptions & {
  readonly library?: string;
  readonly session: string;
  readonly seed?: string;
  readonly set?: readonly string[];
};

function readSeed(found: string | undefined): { seed?: number } {
  if (found === undefined) return {};
  const seed = Number(found);
  if (/^\d{1,16}$/.test(found) && Number.isSafeInteger(seed)) return { seed };
  throw new BadInput(`--seed: found "${found}"; allowed: a whole number from 0 to 2^53 - 1`);
}

async function prepare(
  argument: string,
  options: RunOptions,
  storedCostModels: readonly StoredCostModel[],
): Promise<PreparedExperiment> {
  const source = takeFound(await findExperiment(EXPERIMENTS_FOLDER, argument), '');
  const preparation = await prepareExperiment({
    source,
    settings: options.set ?? [],
    experimentsFolder: EXPERIMENTS_FOLDER,
    storedCostModels,
    ...readSeed(options.seed),
  });
  if (preparation.ok) return preparation.prepared;
  throw new BadInput(...preparation.problems.map(problemText));
}

async function runAll(
  library: Library,
  experiments: readonly PreparedExperiment[],
  options: RunOptions,
  cancellation: Cancellation,
): Promise<readonly RunRecord[]> {
  const session = library.findOrCreateSession(options.session);
  const environment = await readEnvironment(APPLICATION_FOLDER);
  const runs: RunRecord[] = [];
  for (const prepared of experiments) {
    if (cancellation.signal.aborted) break;
    const run: ExperimentRun = {
      library,
      prepared,
      sessionId: session.id,
      environment,
      workerUrl: WORKER_URL,
      signal: cancellation.signal,
    };
    runs.push(await runOne(run, options.quiet === true));
  }
  return runs;
}

async function run(files: readonly string[], options: RunOptions): Promise<void> {
  const experiments: PreparedExperiment[] = [];
  const stored = await readStoredCostModels(options);
  for (const file of files) experiments.push(await prepare(file, options, stored));
  if (options.csv !== undefined) prepareOutputFolder(options.csv);
  const cancellation = new Cancellation();
  await writeToLibrary(options, async (library) => {
    const runs = await runAll(library, experiments, options, cancellation);
    await reportRuns(library, runs, options, cancellation);
  });
}

/** `run`: experiments into the library. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .summary('run experiments into the library and print what they found')
    .description('Runs experiments into the library and prints what they found.')
    .argument(
      '<file...>',
      `YAML files, or names of built-in experiments ("${commandLine('list experiments')}")`,
    )
    .option(...LIBRARY_OPTION)
    .option(
      '--session <name>',
      'the session the runs belong to; made when there is none',
      DEFAULT_SESSION,
    )
    .option('--seed <number>', 'instead of the seed of the file')
    .option(
      '--set <path=value>',
      'change a value of the file, such as workload.count=1000; repeatable',
      collect,
    )
    .option(...REPORT_OPTIONS.csv)
    .option(...REPORT_OPTIONS.json)
    .option(...REPORT_OPTIONS.quiet)
    .addHelpText(
      'after',
      () =>
        `\nEnds with 3 when an expectation of an experiment does not hold, with 130 when cancelled.\n\nExample: ${commandLine('run lpc-2024-write-128k --csv results')}`,
    )
    .action((files: readonly string[], options: RunOptions) => run(files, options));
}
