import type { Grouping, MeasurementDocument } from '#contract';
import type { CostModel } from '#core';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { calibrate } from './calibrate.ts';
import type { Calibration, CalibrationFile, CalibrationRequest } from './calibrate.ts';
import { calibrationRows } from './read-calibration-files.ts';

/** A measurement of the library as a fit takes it. */
export type MeasurementToFit = {
  /** As the file was called; the calibration names rows by it. */
  readonly fileName: string;
  readonly sha256: string;
  readonly document: MeasurementDocument;
};

/** A calibration of what the library keeps, with as many resampled fits as the command line makes. */
export type MeasurementsToFit = Pick<CalibrationRequest, 'id' | 'title' | 'machine'> & {
  readonly startingModel: CostModel;
  readonly measurements: readonly MeasurementToFit[];
  readonly grouping: Grouping;
};

/** Resampled fits behind the intervals where nobody says another number. */
export const DEFAULT_SAMPLES = 200;
const DIGITS_SHOWN = 8;

/** Names for rows: two files of one name would share their runs, so those are told apart by their digests. */
function distinctNames(measurements: readonly MeasurementToFit[]): readonly string[] {
  return measurements.map(({ fileName, sha256 }) => {
    const isOnly = measurements.filter((each) => each.fileName === fileName).length === 1;
    return isOnly ? fileName : `${fileName} ${sha256.slice(0, DIGITS_SHOWN)}`;
  });
}

/**
 * Fits a cost model to measurements of the library.
 *
 * @returns The model and what was found on the way; or why there is none, without a full stop.
 */
export function calibrateMeasurements(request: MeasurementsToFit): Found<Calibration> {
  const { measurements, ...rest } = request;
  const names = distinctNames(measurements);
  const files: CalibrationFile[] = [];
  for (const [at, { fileName, sha256, document }] of measurements.entries()) {
    const name = names[at] ?? fileName;
    const counted = calibrationRows(name, document);
    if (!counted.ok) return { ok: false, message: `${name}: ${counted.message}` };
    files.push({ name, sha256, ...counted.value });
  }
  return calibrate({ ...rest, files, samples: DEFAULT_SAMPLES });
}
