import { fileURLToPath } from 'node:url';
import type { Laboratory } from '../../src-main/hosts/requests/index.ts';
import { sampleId } from '../../src-renderer/testing/lab-contents.ts';
import type { LabContents } from '../../src-renderer/testing/lab-contents.ts';
import { sampleMeasurementId } from '../../src-renderer/testing/measured-samples.ts';
import type { SampleMeasurement } from '../../src-renderer/testing/sample-measurement.ts';
import { ask } from './parse-answer.ts';

const FIXTURES = new URL('../../src-main/lab/measured/fixtures/', import.meta.url);

/** Measured files that pictures are taken of, and the session each is shown in. */
const FILES = [
  { file: 'talk-2024-listings.txt', session: 2 },
  { file: 'function-graph-lost-events.txt', session: 2 },
  { file: 'fio-json-plus.json', session: 3 },
  { file: 'fio-two-jobs.json', session: 3 },
  { file: 'gup-test-6.12.txt', session: 3 },
] as const;
export type SampleFile = (typeof FILES)[number]['file'];

/** The measurement that a file is in the laboratory in memory. */
export function sampleFileId(file: SampleFile): string {
  return sampleMeasurementId(1 + FILES.findIndex((each) => each.file === file));
}

/** The files as a laboratory reads them, one after the other from 2 March on. */
export async function sampleFiles(laboratory: Laboratory): Promise<readonly SampleMeasurement[]> {
  const samples: SampleMeasurement[] = [];
  for (const [index, { file, session }] of FILES.entries()) {
    const upload = fileURLToPath(new URL(file, FIXTURES));
    const request = { upload, sessionId: null, name: null, command: null };
    const imported = await ask(laboratory, 'importFile', request);
    if (imported?.kind !== 'measurement') throw new Error(`${file} was not imported`);
    const { document } = await ask(laboratory, 'readMeasurement', { id: imported.record.id });
    const record = {
      ...imported.record,
      id: sampleFileId(file),
      sessionId: sampleId('session', session),
      importedAt: new Date(Date.UTC(2026, 2, 2, 9 + index)).toISOString(),
    };
    samples.push({ record, document });
  }
  return samples;
}

/** Contents into which the files were imported that otherwise are still to come. */
export function withFiles(contents: LabContents): LabContents {
  const { measurements = [], arrivingMeasurements = [] } = contents;
  return { ...contents, measurements: [...measurements, ...arrivingMeasurements] };
}
