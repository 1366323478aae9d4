import type { MeasurementDocument } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { readMeasuredFile } from '../measured/read-measured-file.ts';
import { rowsFromSpans } from './calibration-rows.ts';
import type { RowsOfFile } from './calibration-rows.ts';
import type { CalibrationFile } from './calibrate.ts';
import { rowsFromGupTest } from './gup-test-rows.ts';

type Usable = RowsOfFile & { readonly rowCount: number };

/**
 * Counts what a measurement measured.
 *
 * @param name  How rows call the file.
 * @returns Its rows; or why prices cannot be fitted to such a measurement.
 */
export function calibrationRows(name: string, document: MeasurementDocument): Found<Usable> {
  switch (document.kind) {
    case 'span-table': {
      const rowCount = document.rows.length;
      return { ok: true, value: { ...rowsFromSpans(name, document.rows), rowCount } };
    }
    case 'gup-test': {
      const rowCount = document.groups.reduce((sum, { results }) => sum + results.length, 0);
      return { ok: true, value: { ...rowsFromGupTest(name, document), rowCount } };
    }
    default: {
      const allowed = 'measurement tables and output of gup_test';
      return { ok: false, message: `no prices can be fitted to this; allowed: ${allowed}` };
    }
  }
}

/** A measurement that a cost model is to be fitted to, of a file or of the library. */
export type MeasurementToFit = {
  /** As the file was called; the calibration names rows by it. */
  readonly fileName: string;
  readonly sha256: string;
  readonly document: MeasurementDocument;
};

const DIGITS_SHOWN = 8;

/** Names for rows: two files of one name would share their runs, so those are told apart by their digests. */
function distinctNames(measurements: readonly MeasurementToFit[]): readonly string[] {
  return measurements.map(({ fileName, sha256 }) => {
    const isOnly = measurements.filter((each) => each.fileName === fileName).length === 1;
    return isOnly ? fileName : `${fileName} ${sha256.slice(0, DIGITS_SHOWN)}`;
  });
}

/** Rows that are there twice would make their errors look certain. */
function problemOfTwins(measurements: readonly MeasurementToFit[]): string | null {
  const names = new Map<string, string>();
  for (const { fileName, sha256 } of measurements) {
    const first = names.get(sha256);
    if (first !== undefined) {
      return `the same bytes are there twice, as ${first} and as ${fileName}; allowed: each measurement once`;
    }
    names.set(sha256, fileName);
  }
  return null;
}

/**
 * Counts what measurements measured, each under a name that no other has.
 *
 * @returns In the order of the measurements; or why a cost model cannot be fitted to them, without a full stop.
 */
export function calibrationFiles(
  measurements: readonly MeasurementToFit[],
): Found<readonly CalibrationFile[]> {
  const problem = problemOfTwins(measurements);
  if (problem !== null) return { ok: false, message: problem };
  const names = distinctNames(measurements);
  const files: CalibrationFile[] = [];
  for (const [at, { fileName, sha256, document }] of measurements.entries()) {
    const name = names[at] ?? fileName;
    const counted = calibrationRows(name, document);
    if (!counted.ok) return { ok: false, message: `${name}: ${counted.message}` };
    files.push({ name, sha256, ...counted.value });
  }
  return { ok: true, value: files };
}

/** Reads a file that a cost model is to be fitted to, not counted yet. */
export async function readMeasurementToFit(path: string): Promise<Found<MeasurementToFit>> {
  const read = await readMeasuredFile(path, null);
  if (!read.ok) return { ok: false, message: read.problems.join('\n') };
  const { file } = read;
  if (file.kind !== 'measurement') {
    return { ok: false, message: `${path}: this is no measurement` };
  }
  const { fileName, sha256, document } = file;
  return { ok: true, value: { fileName, sha256, document } };
}

/** Reads and counts a file that a cost model is to be fitted to. */
export async function readCalibrationFile(path: string): Promise<Found<CalibrationFile>> {
  const read = await readMeasurementToFit(path);
  if (!read.ok) return read;
  const { fileName: name, sha256, document } = read.value;
  const counted = calibrationRows(name, document);
  if (!counted.ok) return { ok: false, message: `${path}: ${counted.message}` };
  return { ok: true, value: { name, sha256, ...counted.value } };
}
