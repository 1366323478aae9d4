import { identityOf } from '#contract';
import type { ExpectationRecord, RunRecord, StoredTrial } from '#contract';
import { checkRepeat, compareRuns, runDocumentPieces } from '../../lab/index.ts';
import type { Comparison, Library } from '../../lab/index.ts';
import { BadInput } from './bad-input.ts';
import { bytesText, countedText, spanText } from './figures.ts';
import { commandLine } from './invocation.ts';
import { libraryOption, shortId } from './library-access.ts';
import { print } from './output.ts';
import { RESULT_METRICS, resultsText } from './results-text.ts';
import { wrapWords } from './text-table.ts';

const WIDTH = 100;
const INDENT = '    ';

function sessionOf(library: Library, run: RunRecord): { id: string; name: string } {
  const session = library.findSession(run.sessionId);
  return { id: run.sessionId, name: session?.name ?? run.sessionId };
}

function durationText({ startedAt, endedAt }: RunRecord): string {
  return endedAt === null ? '' : `, ${spanText(Date.parse(endedAt) - Date.parse(startedAt))}`;
}

function statusText(run: RunRecord): string {
  const { status, finishedTrials, plannedTrials } = run;
  const trials =
    finishedTrials === plannedTrials
      ? countedText(plannedTrials, 'trial')
      : `${finishedTrials} of ${countedText(plannedTrials, 'trial')}`;
  return `run ${shortId(run)} ${status}: ${trials}${durationText(run)}, seed ${run.seed}`;
}

function expectationText({ text, holds, found }: ExpectationRecord): string {
  const mark = holds ? '✓' : '✗';
  return [
    wrapWords(`${mark} ${text}`, WIDTH, '  '),
    wrapWords(`${INDENT}found: ${found}`, WIDTH, INDENT),
  ].join('\n');
}

function expectationLines({ expectations, status }: RunRecord): string[] {
  if (expectations.length === 0) return [];
  const held = expectations.filter(({ holds }) => holds).length;
  const title = `Expected: ${held} of ${expectations.length} hold`;
  return status === 'finished' ? ['', title, ...expectations.map(expectationText)] : [];
}

function firstTrial(library: Library, run: RunRecord): StoredTrial | null {
  for (const trial of library.trials(run.id)) return trial;
  return null;
}

/** What all trials have in common: the table shows only what varies. */
function commonText(library: Library, run: RunRecord, { parameters }: Comparison): string {
  const trial = firstTrial(library, run);
  if (trial === null) return '';
  const { layout, operation, blockSize, access, path, api, count, costModel, tracer } = identityOf(
    trial.parameters,
  );
  const facts: readonly (readonly [string, string])[] = [
    ['layout', `layout ${layout}`],
    ['api', String(api)],
    ['operation', String(operation)],
    ['blockSize', bytesText(Number(blockSize))],
    ['access', String(access)],
    ['path', `${path} path`],
    ['count', `${countedText(Number(count), 'I/O')} a trial`],
    ['costModel', `cost model ${costModel}`],
    ['tracer', `tracer ${tracer}`],
  ];
  return facts
    .filter(([name]) => !parameters.includes(name))
    .map(([, text]) => text)
    .join(', ');
}

/** Where the run comes from: what it repeats, and whether that found the same. */
async function lineageLines(library: Library, run: RunRecord): Promise<string[]> {
  if (run.parentRunId === null) return [];
  const parent = library.findRun(run.parentRunId);
  const name = `run ${run.parentRunId.slice(0, 8)}`;
  if (parent !== null && parent.status !== 'finished') return [`resumes ${name}`];
  const check = await checkRepeat(library, run);
  if (check === null || check.compared === 0) return [`comes from ${name}`];
  const { compared, identical } = check;
  return identical === compared
    ? [`identical to ${name}: ${compared} of ${countedText(compared, 'trial')}`]
    : [
        `! differs from ${name}: only ${identical} of ${countedText(compared, 'trial')} are identical`,
      ];
}

/** What is to be done about a run that did not get to its end. */
function wayOnLines(library: Library, run: RunRecord): string[] {
  if (run.status === 'finished' || run.status === 'running') return [];
  return [`Run the rest: ${commandLine(`resume ${shortId(run)}${libraryOption(library)}`)}`];
}

/**
 * A run for people: what it is, its results, its expectations and how to come back to it.
 *
 * @param library  Where the run is.
 */
export async function runReport(library: Library, run: RunRecord): Promise<string> {
  const compared = await compareRuns(library, [run.id], { metrics: RESULT_METRICS });
  if (!compared.ok) throw new BadInput(compared.message);
  const { comparison } = compared;
  const session = sessionOf(library, run);
  return [
    wrapWords(`${run.experimentName}: ${run.title}`, WIDTH, '  '),
    statusText(run),
    wrapWords(commonText(library, run, comparison), WIDTH, '  '),
    ...(await lineageLines(library, run)),
    ...(run.failure === null ? [] : [`failed: ${run.failure}`]),
    '',
    resultsText(comparison),
    ...comparison.warnings.map((warning) => wrapWords(`! ${warning}`, WIDTH, '  ')),
    ...expectationLines(run),
    '',
    `Kept in session "${session.name}" of ${library.path}`,
    ...wayOnLines(library, run),
    `See it again: ${commandLine(`show ${shortId(run)}${libraryOption(library)}`)}`,
  ].join('\n');
}

/** Writes runs as JSON: one `run@1`, or an array of several. */
export async function printRunDocuments(
  library: Library,
  runs: readonly RunRecord[],
): Promise<void> {
  const isList = runs.length !== 1;
  if (isList) await print('[');
  for (const [index, run] of runs.entries()) {
    if (index > 0) await print(',');
    for await (const piece of runDocumentPieces(library, sessionOf(library, run), run)) {
      await print(piece);
    }
  }
  if (isList) await print(']');
}
