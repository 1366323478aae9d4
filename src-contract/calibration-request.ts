import type { MeasurementKind } from './measured/measurement.ts';

/** Kinds of measurements that prices can be fitted to. */
export const CALIBRATION_KINDS = [
  'span-table',
  'gup-test',
] as const satisfies readonly MeasurementKind[];
export type CalibrationKind = (typeof CALIBRATION_KINDS)[number];

/** Whether prices can be fitted to measurements of a kind. */
export function isCalibrationKind(kind: MeasurementKind): kind is CalibrationKind {
  return CALIBRATION_KINDS.some((each) => each === kind);
}

/**
 * What happens to prices that the rows cannot tell apart: `tie` those whose columns are alike, `tie-more` as many
 * as it takes until the rows determine the rest, or tie `none` and refuse.
 */
export const GROUPINGS = ['tie', 'tie-more', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/**
 * Measurements that come with the laboratory: a folder below `measurements` of the built-in experiments, and the
 * session its files go into.
 */
export const MEASURED_EXAMPLE_IDS = ['linux-6.18-epyc'] as const;
export type MeasuredExampleId = (typeof MEASURED_EXAMPLE_IDS)[number];

export type MeasuredExample = {
  readonly title: string;
  readonly description: string;
  /** Those of its files that prices are fitted to. */
  readonly fittedFiles: readonly string[];
};

export const MEASURED_EXAMPLES: Readonly<Record<MeasuredExampleId, MeasuredExample>> = {
  'linux-6.18-epyc': {
    title: 'Linux 6.18',
    description:
      'pins, direct I/O and threads beside each other, on 12 layouts of an AMD EPYC virtual machine',
    fittedFiles: ['pin-register.csv', 'direct-io.csv', 'contention.csv'],
  },
};
