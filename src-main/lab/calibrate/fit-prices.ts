import { CholeskyDecomposition, Matrix, solve } from 'ml-matrix';
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
  /** Which series its run is of; scale factors of a series are 1 in the geometric mean. */
  readonly series: string;
};

export type PriceFit = {
  /** Factor on the starting prices of each group, 0 or more. */
  readonly multipliers: Float64Array;
  /** How much slower than the mean each run was. */
  readonly scales: ReadonlyMap<string, number>;
  /** Whether the last round changed nothing any more. */
  readonly isSettled: boolean;
};

/** Prices, scales and weights are fitted in turn until no row changes by more than this, or as often as this. */
const SETTLED = 1e-4;
const MOST_ROUNDS = 300;
/** Keeps a system solvable whose groups are nearly alike; its share of a column's length. */
const RIDGE = 1e-10;
/** An error beyond this counts by its size and no longer by its square: a disturbed stretch does not rule the fit. */
const HUBER_ERROR = 0.1;

/** Time of a row by the model, before its scale. Unit: nanoseconds. */
export function modelledNs(
  row: Pick<FitRow, 'fixedNs' | 'groupNs'>,
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

/** Products of the weighted columns with each other and with the target. */
type NormalEquations = { readonly gram: Matrix; readonly slopes: number[] };

function normalEquations(
  rows: readonly FitRow[],
  weights: Float64Array,
  scales: ReadonlyMap<string, number>,
): NormalEquations {
  const groups = rows[0]?.groupNs.length ?? 0;
  const gram = Matrix.zeros(groups, groups);
  const slopes = Array.from({ length: groups }, () => 0);
  rows.forEach((row, index) => {
    const weight = weights[index] ?? 1;
    const factor = (weight * scaleOf(scales, row)) / row.measuredNs;
    const target = weight - row.fixedNs * factor;
    row.groupNs.forEach((ns, at) => {
      if (ns === 0) return;
      const value = ns * factor;
      slopes[at] = (slopes[at] ?? 0) + value * target;
      for (let other = 0; other <= at; other += 1) {
        gram.set(at, other, gram.get(at, other) + value * (row.groupNs[other] ?? 0) * factor);
      }
    });
  });
  for (let at = 0; at < groups; at += 1) {
    for (let other = 0; other < at; other += 1) gram.set(other, at, gram.get(at, other));
  }
  return { gram, slopes };
}

/**
 * Solves for all rows at once: a triangular system with as many rows as there are groups has the same solution.
 * Columns are brought to one length, because the solver compares slopes.
 */
function solveMultipliers({ gram, slopes }: NormalEquations): Float64Array {
  const lengths = slopes.map((_slope, at) => Math.sqrt(gram.get(at, at)));
  const used = slopes.flatMap((_slope, at) => ((lengths[at] ?? 0) > 0 ? [at] : []));
  const multipliers = new Float64Array(slopes.length);
  if (used.length === 0) return multipliers;
  const lengthOf = (at: number): number => lengths[at] ?? 1;
  const scaled = new Matrix(
    used.map((row) =>
      used.map((column) => gram.get(row, column) / (lengthOf(row) * lengthOf(column))),
    ),
  );
  scaled.add(Matrix.eye(used.length).mul(RIDGE));
  const lower = new CholeskyDecomposition(scaled).lowerTriangularMatrix;
  const right = Matrix.columnVector(used.map((at) => (slopes[at] ?? 0) / lengthOf(at)));
  const target = solve(lower, right).to1DArray();
  const { K } = fcnnlsVector(lower.transpose(), target);
  K.to1DArray().forEach((value, index) => {
    const at = used[index] ?? 0;
    multipliers[at] = value / lengthOf(at);
  });
  return multipliers;
}

function scaleOf(scales: ReadonlyMap<string, number>, { run }: FitRow): number {
  return scales.get(run) ?? 1;
}

/** The best factor on each run, which leaves the mean of each series at 1. */
function fitScales(
  rows: readonly FitRow[],
  weights: Float64Array,
  multipliers: Float64Array,
): Map<string, number> {
  const sums = new Map<string, { series: string; first: number; second: number }>();
  rows.forEach((row, index) => {
    const share = modelledNs(row, multipliers) / row.measuredNs;
    const weight = (weights[index] ?? 1) ** 2;
    const sum = sums.get(row.run) ?? { series: row.series, first: 0, second: 0 };
    sum.first += weight * share;
    sum.second += weight * share * share;
    sums.set(row.run, sum);
  });
  const logs = Map.groupBy(sums.values(), ({ series }) => series);
  return new Map(
    [...sums].map(([run, { series, first, second }]) => {
      const ofSeries = logs.get(series) ?? [];
      const total = ofSeries.reduce((sum, each) => sum + Math.log(each.first / each.second), 0);
      return [run, first / second / Math.exp(total / Math.max(1, ofSeries.length))];
    }),
  );
}

/**
 * Fits multipliers of groups and one scale factor for each run by weighted non-negative least squares on relative
 * errors, until nothing changes any more.
 *
 * @param rows  With positive measurements; at least one.
 */
export function fitPrices(rows: readonly FitRow[]): PriceFit {
  const weights = new Float64Array(rows.length).fill(1);
  const shares = new Float64Array(rows.length);
  let scales = new Map<string, number>();
  let multipliers = new Float64Array();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    multipliers = Float64Array.from(solveMultipliers(normalEquations(rows, weights, scales)));
    scales = fitScales(rows, weights, multipliers);
    let change = 0;
    rows.forEach((row, index) => {
      const share = (modelledNs(row, multipliers) * scaleOf(scales, row)) / row.measuredNs;
      change = Math.max(change, Math.abs(share - (shares[index] ?? 0)));
      shares[index] = share;
      weights[index] = weightOf(share - 1);
    });
    if (change < SETTLED) return { multipliers, scales, isSettled: true };
  }
  return { multipliers, scales, isSettled: false };
}
