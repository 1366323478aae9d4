import { PRICED, recordFromKeys } from '#core';
import type { CostModel } from '#core';
import { CALIBRATION_SCHEMA, SPAN_TABLE_SCHEMA } from '#contract';
import type { CalibrationDocument, CalibrationResidual, MeasurementRecord } from '#contract';
import { sampleSession } from './lab-contents.ts';
import type { SampleMeasurement } from './sample-measurement.ts';

/** A row of a fit with what matters to a test, the rest filled in. */
export function sampleResidual(fields: Partial<CalibrationResidual> = {}): CalibrationResidual {
  return {
    file: 'pins.csv',
    line: 2,
    run: 'pins.csv run 1',
    metric: 'pin_span',
    layout: 'base4k',
    what: 'hot 4 KiB',
    measuredNs: 200,
    modelledNs: 190,
    errorPercent: -5,
    unscaledErrorPercent: -6,
    leftOutErrorPercent: -6,
    ...fields,
  };
}

/** A calibration with what matters to a test, the rest filled in. */
export function sampleCalibration(fields: Partial<CalibrationDocument> = {}): CalibrationDocument {
  const residuals = fields.residuals ?? [sampleResidual()];
  return {
    schema: CALIBRATION_SCHEMA,
    coreVersion: '1',
    id: 'mine',
    startedFrom: 'textbook',
    files: [{ name: 'pins.csv', sha256: '0'.repeat(64), rows: 10, usedRows: residuals.length }],
    leftOut: [],
    probeNs: 90,
    tolerance: 0.1,
    groups: [],
    unneeded: [],
    unseen: [],
    scales: [],
    accuracy: [],
    worst: residuals[0] ?? null,
    residuals,
    ...fields,
  };
}

/** A cost model in which everything costs a nanosecond. */
export function sampleCostModel(id: string, title = `Model ${id}`): CostModel {
  const tracer = { enterNs: 0, exitNs: 0, exitNsRange: [0, 0], ownTimeScale: 1 } as const;
  return {
    id,
    title,
    provenance: 'made up',
    error: 'unknown',
    prices: recordFromKeys(PRICED, () => 1),
    cacheBytes: null,
    jitter: { sigma: 0 },
    tracer: { before: tracer, after: tracer },
  };
}

/** The nth empty measurement table with what matters to a test, the rest filled in. */
export function sampleTable(
  index: number,
  fields: Partial<MeasurementRecord> = {},
): SampleMeasurement {
  const digits = index.toString(16);
  return {
    document: { schema: SPAN_TABLE_SCHEMA, kind: 'span-table', unreadColumns: [], rows: [] },
    record: {
      id: `${digits.padStart(8, '0')}-0000-4000-9000-000000000000`,
      sessionId: sampleSession().id,
      kind: 'span-table',
      name: `table-${index}`,
      fileName: `table-${index}.csv`,
      sha256: digits.padStart(64, '0'),
      bytes: 1000,
      command: null,
      summary: '10 rows of pin-register',
      importedAt: '2026-03-02T09:00:00.000Z',
      notes: '',
      deletedAt: null,
      ...fields,
    },
  };
}
