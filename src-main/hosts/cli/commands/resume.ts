import type { Command } from 'commander';
import { parseExperimentFile, problemText } from '#contract';
import type { RunRecord } from '#contract';
import { folderWithFiles, prepareExperiment, readEnvironment } from '../../../lab/index.ts';
import type { Library, PreparedExperiment } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { Cancellation } from '../cancellation.ts';
import { countedText } from '../figures.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireRun, shortId } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { note } from '../output.ts';
import { prepareOutputFolder } from '../output-folder.ts';
import { APPLICATION_FOLDER, EXPERIMENTS_FOLDER, WORKER_URL } from '../places.ts';
import { REPORT_OPTIONS, reportRuns, runOne } from '../running.ts';
import type { ReportOptions } from '../running.ts';

type ResumeOptions = LibraryOptions & ReportOptions;

/** @throws {BadInput} for a run of which nothing is left to do, or that somebody works on. */
function requireUnfinished(library: Library, id: string): RunRecord {
  const run = requireRun(library, id);
  const name = `run ${shortId(run)}`;
  if (run.status === 'running') throw new BadInput(`${name} is still running`);
  if (run.status !== 'finished') return run;
  throw new BadInput(`${name} is finished: there is nothing left to resume`);
}

/** The plan of the run, from the text it was started with. */
async function prepare(library: Library, run: RunRecord): Promise<PreparedExperiment> {
  const text = run.experimentText;
  const fileName = `run ${shortId(run)}`;
  const parsed = parseExperimentFile(text, fileName);
  // A run does not say where its layout files lay: here, or with the built-in experiments.
  const folders = [process.cwd(), EXPERIMENTS_FOLDER];
  const folder = parsed.ok ? folderWithFiles(parsed.file, folders) : EXPERIMENTS_FOLDER;
  const source = { text, fileName, folder };
  const preparation = await prepareExperiment({
    source,
    experimentsFolder: EXPERIMENTS_FOLDER,
    storedCostModels: library.storedCostModels(),
  });
  if (preparation.ok) return preparation.prepared;
  throw new BadInput(...preparation.problems.map(problemText));
}

function noteTakenOver(library: Library, run: RunRecord, { trials }: PreparedExperiment): void {
  const committed = library.trialIds(run.id);
  const taken = trials.filter(({ id }) => committed.has(id)).length;
  const others = committed.size - taken;
  const reason =
    others === 0
      ? ''
      : `; ${countedText(others, 'other trial')} of it came from another version or other layout files`;
  note(
    `run ${shortId(run)} has ${countedText(taken, 'trial')} of ${trials.length}, which are taken over${reason}`,
  );
}

function resume(id: string, options: ResumeOptions): Promise<void> {
  if (options.csv !== undefined) prepareOutputFolder(options.csv);
  const cancellation = new Cancellation();
  return readFromLibrary(options, async (library) => {
    const resumed = requireUnfinished(library, id);
    const prepared = await prepare(library, resumed);
    if (options.quiet !== true) noteTakenOver(library, resumed, prepared);
    const run = await runOne(
      {
        library,
        prepared,
        resumed,
        sessionId: resumed.sessionId,
        environment: await readEnvironment(APPLICATION_FOLDER),
        workerUrl: WORKER_URL,
        signal: cancellation.signal,
      },
      options.quiet === true,
    );
    await reportRuns(library, [run], options, cancellation);
  });
}

/** `resume`: the rest of a run that did not get to its end. */
export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .summary('run the rest of a run that was cut off, cancelled or failed')
    .description(
      'Runs the rest of a run that was cut off, cancelled or failed, as a new run of the same session. Its finished trials are taken over and not simulated again. Layout files are looked for in this folder, then with the built-in experiments.',
    )
    .argument(
      '<run>',
      `a run by its id or the beginning of it ("${commandLine('runs')}" lists them)`,
    )
    .option(...LIBRARY_OPTION)
    .option(...REPORT_OPTIONS.csv)
    .option(...REPORT_OPTIONS.json)
    .option(...REPORT_OPTIONS.quiet)
    .addHelpText(
      'after',
      () =>
        `\nEnds with 3 when an expectation of the experiment does not hold, with 130 when cancelled.\n\nExample: ${commandLine('resume 9c8b7a6d --csv results')}`,
    )
    .action((id: string, options: ResumeOptions) => resume(id, options));
}
