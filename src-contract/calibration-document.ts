import { z } from 'zod';
import { PRICED, SPAN_TERMS } from '#core';
import type { DeepReadonly } from './deep-readonly.ts';

/** What `schema` says in a calibration of this version. */
export const CALIBRATION_SCHEMA = 'folio-lab/calibration@1';

const text = z.string().max(10_000);
const count = z.int().nonnegative();
const nanoseconds = z.number().nonnegative();
const partName = z.enum([...PRICED, ...SPAN_TERMS]);

const fileSchema = z.strictObject({
  name: text,
  /** Of its bytes, in hexadecimal digits. */
  sha256: text,
  rows: count,
  usedRows: count,
});

const groupSchema = z.strictObject({
  /** Nanoseconds each; the ratios are those of the starting model. The part with the most time first. */
  prices: z.array(z.strictObject({ name: partName, ns: nanoseconds })).readonly(),
  /** Factor on the prices of the starting model. */
  multiplier: z.number().nonnegative(),
  /** 95 % of the factors that resampled rows gave. */
  interval: z.tuple([z.number(), z.number()]).readonly(),
});

const accuracySchema = z.strictObject({
  /** Which rows, in words. */
  part: text,
  rows: count,
  /** Mean of the absolute relative errors, rows fitted and told with the same prices. */
  mapePercent: z.number(),
  /** The same without the scale factor of the run, as a prediction is told. */
  unscaledMapePercent: z.number(),
  /**
   * With the scale factor again, each layout told with prices fitted without it; null where there is one layout only.
   * Prices of a stage before stay.
   */
  leftOutMapePercent: z.number().nullable(),
  /** Of how many rows: one whose price no other layout has cannot be told. */
  leftOutRows: count,
});

const residualSchema = z.strictObject({
  file: text,
  line: count,
  run: text,
  metric: text,
  layout: text,
  /** Length, device and the like, in words. */
  what: text,
  measuredNs: nanoseconds,
  modelledNs: nanoseconds,
  /** With the scale factor of its run; without it. */
  errorPercent: z.number(),
  unscaledErrorPercent: z.number(),
  /** Told with prices fitted without this layout. */
  leftOutErrorPercent: z.number().nullable(),
});

/** Everything a calibration found, as `calibrate --json` prints it and the library keeps it. */
export const calibrationDocumentSchema = z.strictObject({
  schema: z.literal(CALIBRATION_SCHEMA),
  coreVersion: text,
  /** Id of the model that was fitted, and of the one it started from. */
  id: text,
  startedFrom: text,
  files: z.array(fileSchema).readonly(),
  /** Rows that were not used, by reason. */
  leftOut: z.array(z.strictObject({ reason: text, rows: count })).readonly(),
  /** In every span and in no price; 0 where nothing was measured with a probe. Unit: nanoseconds. */
  probeNs: nanoseconds,
  /** Parts whose columns differ by less than this share are tied. */
  tolerance: z.number(),
  groups: z.array(groupSchema).readonly(),
  /** Parts that occur in the rows and that nothing is left to explain with: their price is 0. */
  unneeded: z.array(partName).readonly(),
  /** Priced names that occur in no row: they keep the starting price. */
  unseen: z.array(partName).readonly(),
  /** How much slower than the mean of its file each run was. */
  scales: z.array(z.strictObject({ run: text, factor: z.number(), rows: count })).readonly(),
  accuracy: z.array(accuracySchema).readonly(),
  worst: residualSchema.nullable(),
  residuals: z.array(residualSchema).readonly(),
});

/** See {@link calibrationDocumentSchema}. */
export type CalibrationDocument = DeepReadonly<z.infer<typeof calibrationDocumentSchema>>;
/** A mean error above this says that a model does not describe what was measured. Unit: per cent. */
const MOST_MAPE_PERCENT = 20;

/** The kinds of rows that a model is far off for: a mean error above 20 %, the largest first. */
export function partsFarOff({
  accuracy,
}: Pick<CalibrationDocument, 'accuracy'>): readonly CalibrationAccuracy[] {
  return accuracy
    .filter(({ mapePercent }) => mapePercent > MOST_MAPE_PERCENT)
    .toSorted((one, other) => other.mapePercent - one.mapePercent);
}

export type CalibrationResidual = CalibrationDocument['residuals'][number];
export type CalibrationAccuracy = CalibrationDocument['accuracy'][number];
export type CalibrationGroup = CalibrationDocument['groups'][number];
