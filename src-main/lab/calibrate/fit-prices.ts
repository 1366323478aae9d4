import { Matrix } from 'ml-matrix';
import { fcnnlsVector } from 'ml-fcnnls';

/** One measurement as the fit sees it. */
export type FitRow = {
  readonly measuredNs: number;
  /** Part of the measurement that is known and not fitted. Unit: nanoseconds. */
  readonly fixedNs: number;
  /** Time of each group at the prices the fit starts from. Unit: nanoseconds. */
  readonly groupNs: Float64Array;
  /** Which run it is of; all rows of a run share a scale factor. */
  readonly run: string;
  /**
   * The file it is of; scale factors of a file are 1 in the geometric mean. Null where prices known from elsewhere
   * say how fast its run was.
   */
  readonly file: string | null;
};

export type PriceFit = {
  /** Factor on the starting prices of each group, 0 or more. */
  readonly multipliers: Float64Array;
  /** How much slower than the mean each run was. */
  readonly scales: ReadonlyMap<string, number>;
};

/** Rounds of fitting prices, scales and weights in turn; the last ones change nothing in the third digit. */
const ROUNDS = 12;
/** An error beyond this counts by its size and no longer by its square: a disturbed stretch does not rule the fit. */
const HUBER_ERROR = 0.1;

/** Time of a row by the model, before its scale. Unit: nanoseconds. */
export function modelledNs(
  row: Omit<FitRow, 'run' | 'file' | 'measuredNs'>,
  multipliers: Float64Array,
): number {
  let sum = row.fixedNs;
  for (let at = 0; at < multipliers.length; at += 1) {
    sum += (row.groupNs[at] ?? 0) * (multipliers[at] ?? 0);
  }
  return sum;
}

function weightOf(error: number): number {
  return Math.sqrt(Math.min(1, HUBER_ERROR / Math.max(Math.abs(error), 1e-9)));
}

function solveMultipliers(
  rows: readonly FitRow[],
  weights: Float64Array,
  scales: ReadonlyMap<string, number>,
): Float64Array {
  const design = rows.map((row, index) => {
    const factor = ((weights[index] ?? 1) * scaleOf(scales, row)) / row.measuredNs;
    return Array.from(row.groupNs, (ns) => ns * factor);
  });
  const target = rows.map((row, index) => {
    const fixedShare = (row.fixedNs * scaleOf(scales, row)) / row.measuredNs;
    return (weights[index] ?? 1) * (1 - fixedShare);
  });
  // What is solved is the same as for all rows, with as many rows as there are groups.
  const matrix = new Matrix(design);
  // The solver compares slopes: columns of one length make them comparable.
  const lengths = Array.from({ length: matrix.columns }, (_, at) =>
    matrix.getColumnVector(at).norm(),
  );
  lengths.forEach((length, at) => matrix.mulColumn(at, length > 0 ? 1 / length : 0));
  const { K } = fcnnlsVector(matrix, target);
  return Float64Array.from(K.to1DArray(), (value, at) =>
    (lengths[at] ?? 0) > 0 ? value / (lengths[at] ?? 1) : 0,
  );
}

function scaleOf(scales: ReadonlyMap<string, number>, { run }: FitRow): number {
  return scales.get(run) ?? 1;
}

/** The best factor on each run, which leaves the mean of each file's factors at 1. */
function fitScales(
  rows: readonly FitRow[],
  weights: Float64Array,
  multipliers: Float64Array,
): Map<string, number> {
  const sums = new Map<string, { file: string | null; first: number; second: number }>();
  rows.forEach((row, index) => {
    const share = modelledNs(row, multipliers) / row.measuredNs;
    const weight = (weights[index] ?? 1) ** 2;
    const sum = sums.get(row.run) ?? { file: row.file, first: 0, second: 0 };
    sum.first += weight * share;
    sum.second += weight * share * share;
    sums.set(row.run, sum);
  });
  const logs = new Map<string, number[]>();
  for (const { file, first, second } of sums.values()) {
    if (file === null) continue;
    logs.set(file, [...(logs.get(file) ?? []), Math.log(first / second)]);
  }
  return new Map(
    [...sums].map(([run, { file, first, second }]) => {
      const ofFile = (file === null ? null : logs.get(file)) ?? [];
      const mean = ofFile.reduce((sum, log) => sum + log, 0) / Math.max(1, ofFile.length);
      return [run, first / second / Math.exp(mean)];
    }),
  );
}

/**
 * Fits multipliers of groups and one scale factor for each run by weighted non-negative least squares on relative
 * errors.
 *
 * @param rows  With positive measurements; at least one.
 */
export function fitPrices(rows: readonly FitRow[], rounds = ROUNDS): PriceFit {
  const weights = new Float64Array(rows.length).fill(1);
  let scales = new Map<string, number>();
  let multipliers = new Float64Array();
  for (let round = 0; round < rounds; round += 1) {
    multipliers = Float64Array.from(solveMultipliers(rows, weights, scales));
    scales = fitScales(rows, weights, multipliers);
    rows.forEach((row, index) => {
      const modelled = modelledNs(row, multipliers) * scaleOf(scales, row);
      weights[index] = weightOf(modelled / row.measuredNs - 1);
    });
  }
  return { multipliers, scales };
}
