import type { RunRecord } from '#contract';
import { estimateRun, exportCsv, runExperiment } from '../../lab/index.ts';
import type { ExperimentRun, Library, PreparedExperiment } from '../../lab/index.ts';
import type { Cancellation } from './cancellation.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { countedText, countText, spanText } from './figures.ts';
import { note, print } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { printRunDocuments, runReport } from './run-report.ts';

/** How the commands that run something say what came of it. */
export type ReportOptions = {
  readonly csv?: string;
  readonly json?: true;
  readonly quiet?: true;
};

export const REPORT_OPTIONS = {
  csv: ['--csv <folder>', 'write trials.csv, latency.csv, events.csv and allocations.csv'],
  json: ['--json', 'print one JSON document (folio-lab/run@1)'],
  quiet: ['--quiet', 'no progress'],
} as const;

function noteStart(
  { file, trials }: PreparedExperiment,
  { ios, seconds }: ReturnType<typeof estimateRun>,
): void {
  note(
    `${file.name}: ${countedText(trials.length, 'trial')}, ${countText(ios)} simulated I/Os, about ${spanText(seconds * 1000)}`,
  );
}

/** Runs one experiment, with progress on standard error. */
export async function runOne(run: ExperimentRun, isQuiet: boolean): Promise<RunRecord> {
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

async function printReport(
  library: Library,
  runs: readonly RunRecord[],
  options: ReportOptions,
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

/** Prints what runs found, and sets the exit status by how they ended. */
export async function reportRuns(
  library: Library,
  runs: readonly RunRecord[],
  options: ReportOptions,
  { signal }: Cancellation,
): Promise<void> {
  const isCancelled = runs.some(({ status }) => status === 'cancelled') || signal.aborted;
  process.exitCode = statusOf(runs, isCancelled);
  for (const { failure } of runs) if (failure !== null) note(`folio-lab: ${failure}`);
  await printReport(library, runs, options);
}
