import type { Grouping } from '#contract';
import type { CostModel } from '#core';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { calibrate } from './calibrate.ts';
import type { Calibration, CalibrationRequest } from './calibrate.ts';
import { calibrationFiles } from './read-calibration-files.ts';
import type { MeasurementToFit } from './read-calibration-files.ts';

/** A calibration, with as many resampled fits as the window and the command line make where nobody says. */
export type MeasurementsToFit = Pick<CalibrationRequest, 'id' | 'title' | 'machine'> & {
  readonly startingModel: CostModel;
  readonly measurements: readonly MeasurementToFit[];
  readonly grouping: Grouping;
  /** Resampled fits behind the intervals. */
  readonly samples?: number;
};

/** Resampled fits behind the intervals where nobody says another number. */
export const DEFAULT_SAMPLES = 200;

/**
 * Fits a cost model to measurements.
 *
 * @returns The model and what was found on the way; or why there is none, without a full stop.
 */
export function calibrateMeasurements({
  measurements,
  samples = DEFAULT_SAMPLES,
  ...rest
}: MeasurementsToFit): Found<Calibration> {
  const files = calibrationFiles(measurements);
  return files.ok ? calibrate({ ...rest, files: files.value, samples }) : files;
}
