/** What `schema` says in predictions as JSON. */
export const PREDICT_SCHEMA = 'folio-lab/predict@1';

/** Modelled beside measured for one row of a measurement table. */
export type PredictedRow = {
  /** Of the file, from 1. */
  readonly line: number;
  readonly metric: string;
  readonly layout: string;
  readonly mode: string | null;
  /** Unit: bytes. */
  readonly bytes: number;
  /** `p50_ns` as it stands. */
  readonly measuredNs: number;
  /** With the probe of the measurement; null for what the model does not speak of. */
  readonly modelledNs: number | null;
  /** How much of `modelledNs` is the probe. */
  readonly probeNs: number | null;
  readonly errorPercent: number | null;
  /** Why there is no prediction; null where there is one. */
  readonly reason: string | null;
  /**
   * Only with `--conditions`: whether the model was fitted to this very row; null where there is no prediction. `test`
   * and `variant` are there for rows of threads beside each other, faults and forks.
   */
  readonly basis?: 'fitted' | 'predicted' | null;
  readonly test?: string;
  readonly variant?: string | null;
};

/** All rows of a table in their order, as `predict --json` prints them. */
export type PredictDocument = {
  readonly schema: typeof PREDICT_SCHEMA;
  readonly coreVersion: string;
  readonly costModel: string;
  readonly file: string;
  readonly rows: readonly PredictedRow[];
};
