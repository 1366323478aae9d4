import type { Command } from 'commander';
import { problemText } from '#contract';
import type { RunRecord } from '#contract';
import {
  estimateRun,
  exportCsv,
  findExperiment,
  prepareExperiment,
  readEnvironment,
  runExperiment,
} from '../../../lab/index.ts';
import type { ExperimentRun, Library, PreparedExperiment } from '../../../lab/index.ts';
import { collect } from '../assignments.ts';
import { BadInput, takeFound } from '../bad-input.ts';
import { Cancellation } from '../cancellation.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { countedText, countText, spanText } from '../figures.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, writeToLibrary } from '../library-access.ts';
import { note, print } from '../output.ts';
import { prepareOutputFolder } from '../output-folder.ts';
import { APPLICATION_FOLDER, EXPERIMENTS_FOLDER, WORKER_URL } from '../places.ts';
import { ProgressLine } from '../progress-line.ts';
import { printRunDocuments, runReport } from '../run-report.ts';

type RunOptions = {
  readonly library?: string;
  readonly session: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly csv?: string;
  readonly json?: true;
  readonly quiet?: true;
};

const DEFAULT_SESSION = 'Command line';

function readSeed(found: string | undefined): { seed?: number } {
  if (found === undefined) return {};
  const seed = Number(found);
  if (/^\d{1,16}$/.test(found) && Number.isSafeInteger(seed)) return { seed };
  throw new BadInput(`--seed: found "${found}"; allowed: a whole number from 0 to 2^53 - 1`);
}

async function prepare(argument: string, options: RunOptions): Promise<PreparedExperiment> {
  const source = takeFound(await findExperiment(EXPERIMENTS_FOLDER, argument), '');
  const preparation = await prepareExperiment({
    source,
    settings: options.set ?? [],
    experimentsFolder: EXPERIMENTS_FOLDER,
    ...readSeed(options.seed),
  });
  if (preparation.ok) return preparation.prepared;
  throw new BadInput(...preparation.problems.map(problemText));
}

function noteStart(
  { file, trials }: PreparedExperiment,
  { ios, seconds }: ReturnType<typeof estimateRun>,
): void {
  note(
    `${file.name}: ${countedText(trials.length, 'trial')}, ${countText(ios)} simulated I/Os, about ${spanText(seconds * 1000)}`,
  );
}

/** Runs one experiment, with progress on standard error. */
async function runOne(run: ExperimentRun, isQuiet: boolean): Promise<RunRecord> {
  if (isQuiet) return runExperiment(run);
  const { file, trials } = run.prepared;
  noteStart(run.prepared, estimateRun(trials));
  const line = new ProgressLine(file.name);
  try {
    return await runExperiment({ ...run, onProgress: (progress) => line.show(progress) });
  } finally {
    line.clear();
  }
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

async function report(
  library: Library,
  runs: readonly RunRecord[],
  options: RunOptions,
): Promise<void> {
  if (options.json === true) {
    await printRunDocuments(library, runs);
  } else {
    for (const [index, run] of runs.entries()) {
      await print(`${index > 0 ? '\n' : ''}${await runReport(library, run)}`);
    }
  }
  if (options.csv === undefined) return;
  const paths = await exportCsv(library, runs, options.csv);
  if (options.quiet !== true) note(`tables written: ${paths.join(', ')}`);
}

function statusOf(runs: readonly RunRecord[], isCancelled: boolean): number {
  if (isCancelled) return EXIT_STATUS.cancelled;
  if (runs.some(({ status }) => status !== 'finished')) return EXIT_STATUS.failed;
  const isBroken = runs.some(({ expectations }) => expectations.some(({ holds }) => !holds));
  return isBroken ? EXIT_STATUS.expectationFailed : EXIT_STATUS.done;
}

async function run(files: readonly string[], options: RunOptions): Promise<void> {
  const experiments: PreparedExperiment[] = [];
  for (const file of files) experiments.push(await prepare(file, options));
  if (options.csv !== undefined) prepareOutputFolder(options.csv);
  const cancellation = new Cancellation();
  await writeToLibrary(options, async (library) => {
    const runs = await runAll(library, experiments, options, cancellation);
    const isCancelled =
      runs.some(({ status }) => status === 'cancelled') || cancellation.signal.aborted;
    process.exitCode = statusOf(runs, isCancelled);
    for (const { failure } of runs) if (failure !== null) note(`folio-lab: ${failure}`);
    await report(library, runs, options);
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
    .option('--csv <folder>', 'write trials.csv, latency.csv, events.csv and allocations.csv')
    .option('--json', 'print one JSON document (folio-lab/run@1)')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      () =>
        `\nEnds with 3 when an expectation of an experiment does not hold, with 130 when cancelled.\n\nExample: ${commandLine('run lpc-2024-write-128k --csv results')}`,
    )
    .action((files: readonly string[], options: RunOptions) => run(files, options));
}
