import { writeFile } from 'node:fs/promises';
import {
  costModelReference,
  costModelText,
  measurementRemarks,
  readCostModelReference,
} from '#contract';
import type { ImportedFile, RequestInput } from '#contract';
import { findCostModel, storeFiles } from '../../lab/index.ts';
import type { StorableFile } from '../../lab/index.ts';
import { COST_MODEL_FILE, MEASURED_FILE, safeFileName } from './file-exchange.ts';
import type { ChosenFile } from './file-exchange.ts';
import { previewSessionFile } from './file-handlers.ts';
import { requireCostModel, requireMeasurement } from './find-records.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';

type MeasurementHandlers = Pick<
  RequestHandlers,
  'importFile' | 'listMeasurements' | 'readMeasurement' | 'renameMeasurement' | 'saveCostModel'
>;

/** The session of files that were imported into none. */
const IMPORTED_SESSION = 'Imported files';

type Request = Pick<RequestInput<'importFile'>, 'sessionId' | 'name'>;

/** Why a cost model cannot have this name; null when it can. */
export async function problemOfModelName(folder: string, id: string): Promise<string | null> {
  if (readCostModelReference(id)?.version !== null || id.endsWith('.json')) {
    return `a cost model cannot be called ${JSON.stringify(id)}; allowed: letters, digits, dots, dashes and underscores, not ending in .json`;
  }
  if (!(await findCostModel(folder, id)).ok) return null;
  return `there is a built-in cost model ${id}; give this one another name`;
}

function store(context: LabContext, file: StorableFile, request: Request): ImportedFile {
  const { library, libraryHasChanged } = context;
  const target = { session: request.sessionId ?? IMPORTED_SESSION, name: request.name };
  const [stored] = storeFiles(library, [file], target);
  libraryHasChanged();
  if (stored?.kind === 'measurement') {
    const { record, outcome } = stored;
    return { kind: stored.kind, record, outcome, ...measurementRemarks(stored.file.document) };
  }
  if (stored === undefined) throw new Error('a stored file is missing');
  return { kind: stored.kind, id: costModelReference(stored.stored), isNew: stored.isNew };
}

async function importChosen(
  context: LabContext,
  { path, fileName }: ChosenFile,
  request: RequestInput<'importFile'>,
): Promise<ImportedFile> {
  const { planner, experimentsFolder } = context;
  const refused = (problems: readonly string[]): ImportedFile => ({
    kind: 'refused',
    fileName,
    problems: problems.map((text) => `${text.replaceAll(path, fileName)}.`),
  });
  const read = await planner.ask('readMeasuredFile', { path, command: request.command });
  if (!read.ok) return refused(read.problems);
  const { file } = read;
  if (file.kind === 'session-file') {
    return { kind: file.kind, preview: await previewSessionFile(context, { path, fileName }) };
  }
  if (file.kind === 'cost-model') {
    const name = request.name ?? file.costModel.id;
    const problem = await problemOfModelName(experimentsFolder, name);
    if (problem !== null) return refused([`${fileName}: ${problem}`]);
  }
  return store(context, { ...file, fileName }, request);
}

/** Answers about measured files, and about cost models as files. */
export function measurementHandlers(context: LabContext): MeasurementHandlers {
  const { library, files, libraryHasChanged } = context;
  return {
    importFile: async (request) => {
      const { sessionId } = request;
      if (sessionId !== null && library.findSession(sessionId) === null) {
        throw new RequestFailure('not-found', `The library has no session ${sessionId} any more.`);
      }
      const chosen = await files.open(MEASURED_FILE, request.upload);
      return chosen === null ? null : importChosen(context, chosen, request);
    },
    listMeasurements: () => library.measurements({ deleted: 'any' }),
    readMeasurement: ({ id }) => ({
      record: requireMeasurement(library, id),
      document: library.measurementDocument(id),
    }),
    renameMeasurement: ({ id, name }) => {
      const renamed = library.renameMeasurement(id, name);
      libraryHasChanged();
      return renamed;
    },
    saveCostModel: async ({ id }) => {
      const model = await requireCostModel(context, id);
      const text = costModelText({ ...model, id: readCostModelReference(id)?.id ?? id });
      return files.save(safeFileName(`${id}.json`), COST_MODEL_FILE, (path) =>
        writeFile(path, text, { flush: true }),
      );
    },
  };
}
