import { MEASURED_EXAMPLE_IDS, MEASURED_EXAMPLES } from '#contract';
import type { PredictDocument } from '#contract';
import type { Laboratory } from '../../src-main/hosts/requests/index.ts';
import { sampleId, sampleSession } from '../../src-renderer/testing/lab-contents.ts';
import type { LabContents } from '../../src-renderer/testing/lab-contents.ts';
import type { SampleCalibration } from '../../src-renderer/testing/calibration-contents.ts';
import type { SampleMeasurement } from '../../src-renderer/testing/sample-measurement.ts';
import { ask } from './parse-answer.ts';

const [EXAMPLE_ID] = MEASURED_EXAMPLE_IDS;
const EXAMPLE = MEASURED_EXAMPLES[EXAMPLE_ID];
/** Of a table that nobody looks at; all of them would be megabytes. */
const ROWS_KEPT = 50;
const SESSION = sampleSession({
  id: sampleId('session', 100),
  name: EXAMPLE_ID,
  notes: EXAMPLE.description,
});

/** What fits are shown of. */
export type SampleFit = {
  readonly exampleMeasurements: readonly SampleMeasurement[];
  readonly arrivingCalibration: SampleCalibration;
  readonly prediction: PredictDocument;
};

async function readExample(laboratory: Laboratory, id: string): Promise<SampleMeasurement> {
  const { record, document } = await ask(laboratory, 'readMeasurement', { id });
  const kept =
    document.kind === 'span-table'
      ? { ...document, rows: document.rows.slice(0, ROWS_KEPT) }
      : document;
  return { record: { ...record, sessionId: SESSION.id }, document: kept };
}

/** A real fit to the measurements that come with the laboratory. */
export async function sampleFit(laboratory: Laboratory): Promise<SampleFit> {
  const records = await ask(laboratory, 'importExample', { id: EXAMPLE_ID });
  const exampleMeasurements: SampleMeasurement[] = [];
  for (const { id } of records) exampleMeasurements.push(await readExample(laboratory, id));
  const fitted = records.filter(({ fileName }) => EXAMPLE.fittedFiles.includes(fileName));
  const { reference, document } = await ask(laboratory, 'calibrate', {
    measurementIds: fitted.map(({ id }) => id),
    ...{ name: 'my-epyc', title: 'Linux 6.18 on our EPYC', machine: null },
    ...{ start: 'textbook', grouping: 'tie' },
  });
  const { costModels } = await ask(laboratory, 'listCatalogue', null);
  const model = costModels.find(({ id }) => id === `${reference.id}@${reference.version}`);
  if (model === undefined) throw new Error('the fitted model is missing');
  const registrations = fitted.find(({ fileName }) => fileName === 'pin-register.csv');
  const prediction = await ask(laboratory, 'predict', {
    measurementId: registrations?.id ?? '',
    costModel: 'epyc-6.18',
  });
  return {
    exampleMeasurements,
    prediction,
    arrivingCalibration: { model: { ...model, id: reference.id }, document },
  };
}

/** Contents in which the example was imported and fitted to. */
export function withFit(contents: LabContents): LabContents {
  const { sessions, exampleMeasurements = [], arrivingCalibration } = contents;
  return {
    ...contents,
    sessions: [...sessions, SESSION],
    measurements: [...(contents.measurements ?? []), ...exampleMeasurements],
    calibrations: arrivingCalibration === undefined ? [] : [arrivingCalibration],
  };
}
