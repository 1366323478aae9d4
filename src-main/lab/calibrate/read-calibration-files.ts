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

/** Reads a file that a cost model is to be fitted to. */
export async function readCalibrationFile(path: string): Promise<Found<CalibrationFile>> {
  const read = await readMeasuredFile(path, null);
  if (!read.ok) return { ok: false, message: read.problems.join('\n') };
  const { file } = read;
  if (file.kind !== 'measurement') {
    return { ok: false, message: `${path}: this is no measurement` };
  }
  const counted = calibrationRows(file.fileName, file.document);
  if (!counted.ok) return { ok: false, message: `${path}: ${counted.message}` };
  return { ok: true, value: { name: file.fileName, sha256: file.sha256, ...counted.value } };
}
