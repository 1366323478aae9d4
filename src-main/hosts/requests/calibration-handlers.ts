import { calibrationDocumentSchema } from '#contract';
import type { CalibrationDocument, MeasurementRecord, RequestInput } from '#contract';
import { listExampleFiles, storeFiles } from '../../lab/index.ts';
import type { MeasurementToFit, StorableFile } from '../../lab/index.ts';
import { requireCostModel, requireMeasurement } from './find-records.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { problemOfModelName } from './measurement-handlers.ts';
import { RequestFailure } from './request-failure.ts';

type CalibrationHandlers = Pick<
  RequestHandlers,
  'importExample' | 'calibrate' | 'readCalibration' | 'predict'
>;

/** @throws {RequestFailure} `bad-input`, with the message as a sentence. */
function refuse(message: string): never {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  throw new RequestFailure('bad-input', `${sentence}.`);
}

/** @throws {RequestFailure} `not-found`; `conflict` for one in the trash. */
function measurementToFit({ library }: LabContext, id: string): MeasurementToFit {
  const { fileName, sha256, name, deletedAt } = requireMeasurement(library, id);
  if (deletedAt === null) return { fileName, sha256, document: library.measurementDocument(id) };
  throw new RequestFailure('conflict', `Measurement ${name} is in the trash; restore it first.`);
}

/** Reads the files of an example, and stores all of them or none. */
async function importExample(
  { planner, library, experimentsFolder, libraryHasChanged }: LabContext,
  { id }: RequestInput<'importExample'>,
): Promise<readonly MeasurementRecord[]> {
  const files: StorableFile[] = [];
  for (const path of await listExampleFiles(experimentsFolder, id)) {
    const read = await planner.ask('readMeasuredFile', { path, command: null });
    if (!read.ok) throw new RequestFailure('file-failed', `${read.problems.join('; ')}.`);
    if (read.file.kind !== 'session-file') files.push(read.file);
  }
  const stored = storeFiles(library, files, { session: id, name: null });
  libraryHasChanged();
  return stored.flatMap((file) => (file.kind === 'measurement' ? [file.record] : []));
}

function readCalibration({ library }: LabContext, id: string): CalibrationDocument | null {
  const stored = library.findStoredCostModel(id);
  if (stored === null) return null;
  const parsed = calibrationDocumentSchema.safeParse(library.costModelProvenance(stored));
  return parsed.success ? parsed.data : null;
}

/** Answers about fitted cost models and what they predict. */
export function calibrationHandlers(context: LabContext): CalibrationHandlers {
  const { library, fitter, experimentsFolder, libraryHasChanged } = context;
  return {
    importExample: (request) => importExample(context, request),
    calibrate: async ({ measurementIds, name, title, machine, start, grouping }) => {
      const problem = await problemOfModelName(experimentsFolder, name);
      if (problem !== null) refuse(problem);
      const startingModel = await requireCostModel(context, start);
      const measurements = [...new Set(measurementIds)].map((id) => measurementToFit(context, id));
      const question = { id: name, title, machine, startingModel, measurements, grouping };
      const fitted = await fitter.ask('calibrate', question);
      if (!fitted.ok) refuse(fitted.message);
      const { model, document } = fitted.value;
      const { stored, isNew } = library.addCostModel(model, document);
      libraryHasChanged();
      return { reference: { id: stored.id, version: stored.version }, isNew, document };
    },
    readCalibration: ({ id }) => readCalibration(context, id),
    predict: async ({ measurementId, costModel }) => {
      const model = await requireCostModel(context, costModel);
      const { fileName, document } = measurementToFit(context, measurementId);
      if (document.kind !== 'span-table') refuse(`${fileName} is no measurement table`);
      return fitter.ask('predict', { model, fileName, rows: document.rows });
    },
  };
}
