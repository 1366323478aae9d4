import { basename } from 'node:path';
import { CAPTURED_LAYOUT_SCHEMA, parseCostModel } from '#contract';
import type { MeasuredProblem, MeasurementDocument } from '#contract';
import type { CostModel } from '#core';
import { fileProblem } from '../catalogue/catalogue-folder.ts';
import { LAYOUT_CSV_BYTES_LIMIT, parseLayoutCsv } from '../import/layout-csv.ts';
import { layoutRows } from '../import/layout-rows.ts';
import { FileSource } from './file-source.ts';
import type { FileIdentity } from './file-source.ts';
import { readFio } from './read-fio.ts';
import { readFunctionGraph } from './read-function-graph.ts';
import { readGupTest } from './read-gup-test.ts';
import { readPlainTable } from './read-plain-table.ts';
import { readSpanTable } from './read-span-table.ts';
import { readTalkListing } from './read-talk-listing.ts';
import { readText } from './read-text.ts';
import { IMPORTED_FILES, recogniseFile } from './recognise-file.ts';
import type { FileFormat } from './recognise-file.ts';

/** A measured file that was read to its end and found whole. */
export type MeasuredFile = FileIdentity & {
  readonly kind: 'measurement';
  readonly fileName: string;
  /** The command line that made the file; null where nobody said. */
  readonly command: string | null;
  readonly document: MeasurementDocument;
};

/** A file that can be imported. A session file is only recognised: it is checked when it is opened. */
export type ImportableFile =
  | MeasuredFile
  | { readonly kind: 'cost-model'; readonly fileName: string; readonly costModel: CostModel }
  | { readonly kind: 'session-file'; readonly fileName: string; readonly path: string };

export type MeasuredFileResult =
  | { readonly ok: true; readonly file: ImportableFile }
  /** One sentence for each fault, without a full stop; each begins with the file and the line. */
  | { readonly ok: false; readonly problems: readonly string[] };

type DocumentResult =
  | { readonly ok: true; readonly document: MeasurementDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

const COST_MODEL_BYTES_LIMIT = 1_048_576;

function tooLarge(bytesLimit: number): DocumentResult & { readonly ok: false } {
  const message = `the file is too large; allowed: at most ${bytesLimit} bytes`;
  return { ok: false, problems: [{ line: null, message }] };
}

function faultsOf(place: string, problems: readonly MeasuredProblem[]): MeasuredFileResult {
  const sentences = problems.map(({ line, message }) =>
    line === null ? `${place}: ${message}` : `${place}:${line}: ${message}`,
  );
  return { ok: false, problems: sentences };
}

async function readLayout(source: FileSource): Promise<DocumentResult> {
  const text = await readText(source.readAll(), LAYOUT_CSV_BYTES_LIMIT);
  if (text === null) return tooLarge(LAYOUT_CSV_BYTES_LIMIT);
  const parsed = parseLayoutCsv(text, '');
  if (!parsed.ok) {
    const { line, message } = parsed.problem;
    return { ok: false, problems: [{ line, message: message.replace(/^:(?:\d+:)? /, '') }] };
  }
  const rows = layoutRows(parsed.layout);
  return { ok: true, document: { schema: CAPTURED_LAYOUT_SCHEMA, kind: 'layout', rows } };
}

type DocumentFormat = Exclude<FileFormat, 'session-file' | 'cost-model' | 'experiment'>;

function readDocument(
  format: DocumentFormat,
  source: FileSource,
  command: string | null,
): Promise<DocumentResult> {
  switch (format) {
    case 'layout':
      return readLayout(source);
    case 'fio':
      return readFio(source.readAll());
    case 'span-table':
      return readSpanTable(source.readAll());
    case 'plain-table':
      return readPlainTable(source.readAll());
    case 'gup-test':
      return readGupTest(source.readAll(), command);
    case 'function-graph':
      return readFunctionGraph(source.readAll());
    case 'talk-listing':
      return readTalkListing(source.readAll());
  }
}

async function readCostModel(source: FileSource, place: string): Promise<MeasuredFileResult> {
  const text = await readText(source.readAll(), COST_MODEL_BYTES_LIMIT);
  if (text === null) return faultsOf(place, tooLarge(COST_MODEL_BYTES_LIMIT).problems);
  const parsed = parseCostModel(text, place);
  if (parsed.ok) {
    const { costModel } = parsed;
    return { ok: true, file: { kind: 'cost-model', fileName: basename(place), costModel } };
  }
  return faultsOf(
    place,
    parsed.problems.map(({ line, key, message }) => ({
      line,
      message: key === '' ? message : `${key}: ${message}`,
    })),
  );
}

async function readSource(
  source: FileSource,
  path: string,
  command: string | null,
): Promise<MeasuredFileResult> {
  const fileName = basename(path);
  const format = recogniseFile(await source.readHead(), fileName);
  if (format === null) {
    return {
      ok: false,
      problems: [`${path}: this cannot be imported; allowed: ${IMPORTED_FILES}`],
    };
  }
  if (format === 'experiment') {
    const found = 'this is an experiment, which is run and not imported';
    return { ok: false, problems: [`${path}: ${found}; allowed: ${IMPORTED_FILES}`] };
  }
  if (format === 'session-file') return { ok: true, file: { kind: format, fileName, path } };
  if (format === 'cost-model') return readCostModel(source, path);
  const result = await readDocument(format, source, command);
  if (!result.ok) return faultsOf(path, result.problems);
  const identity = await source.identify();
  const { document } = result;
  return { ok: true, file: { kind: 'measurement', fileName, command, document, ...identity } };
}

/**
 * Reads a file that is to be imported, whatever it is: finds out by its content, and streams it where
 * its format allows. Stores nothing.
 *
 * @param command  The command line that made the file, for results that do not say it.
 * @returns The whole file, or every fault; a file that cannot be read is a fault like any other.
 */
export async function readMeasuredFile(
  path: string,
  command: string | null = null,
): Promise<MeasuredFileResult> {
  const source = new FileSource(path);
  try {
    return await readSource(source, path, command);
  } catch (error) {
    return { ok: false, problems: [`${path}: ${fileProblem(error)}`] };
  } finally {
    source.close();
  }
}
