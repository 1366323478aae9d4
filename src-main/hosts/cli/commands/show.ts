import type { Command } from 'commander';
import { compareWithGuess } from '#contract';
import type {
  MeasurementDocument,
  MeasurementRecord,
  SessionRecord,
  TraceComparison,
} from '#contract';
import type { Library } from '../../../lab/index.ts';
import { costModelFromArgument } from '../cost-model-argument.ts';
import { countedText } from '../figures.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSubject, shortId } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { dayText } from '../listing.ts';
import { measurementsText, measurementText } from '../measurement-text.ts';
import { print, printJson } from '../output.ts';
import { printRunDocuments, runReport } from '../run-report.ts';
import { runsText } from '../runs-text.ts';

type ShowOptions = LibraryOptions & { readonly json?: true; readonly costModel: string };

/** The model that knows what the tracer costs. */
const TRACER_MODEL = 'lpc-2024';

function stateText({ archivedAt, deletedAt }: SessionRecord): string {
  if (deletedAt !== null) return ', in the trash';
  return archivedAt === null ? '' : ', archived';
}

async function showSession(
  library: Library,
  session: SessionRecord,
  options: ShowOptions,
): Promise<void> {
  const runs = library.runs({ sessionId: session.id, archived: 'any' });
  const measurements = library.measurements({ sessionId: session.id });
  if (options.json === true) {
    await printJson({ schema: 'folio-lab/session@1', session, runs, measurements });
    return;
  }
  const { name, createdAt, tags, notes } = session;
  const lines = [
    `session ${shortId(session)} "${name}", since ${dayText(createdAt)}: ${countedText(runs.length, 'run')}${stateText(session)}`,
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(', ')}`]),
    ...(notes === '' ? [] : ['', notes]),
    '',
    runsText(runs),
    ...(measurements.length === 0 ? [] : ['', measurementsText(measurements)]),
  ];
  await print(lines.join('\n'));
}

/** The model beside each part of a trace; nothing for other measurements. */
async function comparisonsOf(
  document: MeasurementDocument,
  options: ShowOptions,
): Promise<readonly (TraceComparison | null)[]> {
  if (document.kind !== 'function-graph') return [];
  const costModel = await costModelFromArgument(options.costModel, options);
  return document.parts.map((part) => compareWithGuess(part, costModel));
}

async function showMeasurement(
  library: Library,
  measurement: MeasurementRecord,
  options: ShowOptions,
): Promise<void> {
  const document = library.measurementDocument(measurement.id);
  if (options.json === true) {
    await printJson({ schema: 'folio-lab/measurement@1', measurement, document });
  } else {
    const comparisons = await comparisonsOf(document, options);
    await print(measurementText(measurement, document, comparisons));
  }
}

function show(idOrName: string, options: ShowOptions): Promise<void> {
  return readFromLibrary(options, async (library) => {
    const subject = requireSubject(library, idOrName);
    if (subject.kind === 'session') await showSession(library, subject.session, options);
    else if (subject.kind === 'measurement')
      await showMeasurement(library, subject.measurement, options);
    else if (options.json === true) await printRunDocuments(library, [subject.run]);
    else await print(await runReport(library, subject.run));
  });
}

/** `show`: a run with its results, a session with its runs, or what was measured. */
export function addShowCommand(program: Command): void {
  program
    .command('show')
    .summary('show a run with its results, a session with its runs, or a measurement')
    .description(
      'Shows a run with its results, a session with its runs, or what was read from a measured file.',
    )
    .argument(
      '<id>',
      'a run or measurement by its id or the beginning of it, or a session by its name or id',
    )
    .option(...LIBRARY_OPTION)
    .option(
      '--cost-model <id>',
      'for a trace: the cost model whose calls stand beside those of the trace, as it prices the tracer',
      TRACER_MODEL,
    )
    .option(
      '--json',
      'print one JSON document (folio-lab/run@1, folio-lab/session@1 or folio-lab/measurement@1)',
    )
    .addHelpText('after', () => `\nExample: ${commandLine('show "Command line"')}`)
    .action((idOrName: string, options: ShowOptions) => show(idOrName, options));
}
