import type { MeasurementDocument, MeasurementRecord } from '#contract';

/** A measured file as a laboratory in memory has it. */
export type SampleMeasurement = {
  readonly record: MeasurementRecord;
  readonly document: MeasurementDocument;
};
