import { measurementSummary } from '#contract';
import type { MeasurementDocument, MeasurementRecord } from '#contract';
import { sampleSession } from './lab-contents.ts';
import type { SampleMeasurement } from './sample-measurement.ts';

/** A layout of one folio. */
const LAYOUT: MeasurementDocument = {
  schema: 'folio-lab/layout@1',
  kind: 'layout',
  rows: [[0, 4096, 16, 4, 'pte', 'anon']],
};

/** The id of the nth measurement: a UUID, the same every time, told apart by its first digits. */
export function sampleMeasurementId(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-0000-4000-9000-000000000000`;
}

/** The nth measurement with what matters to a test, the rest filled in. */
export function sampleMeasurement(
  index: number,
  fields: Partial<MeasurementRecord> = {},
  document: MeasurementDocument = LAYOUT,
): SampleMeasurement {
  return {
    document,
    record: {
      id: sampleMeasurementId(index),
      sessionId: sampleSession().id,
      kind: document.kind,
      name: `measured-${index}`,
      fileName: `measured-${index}.txt`,
      sha256: index.toString(16).padStart(64, '0'),
      bytes: 1000,
      command: null,
      summary: measurementSummary(document),
      importedAt: '2026-03-02T09:00:00.000Z',
      notes: '',
      deletedAt: null,
      ...fields,
    },
  };
}
