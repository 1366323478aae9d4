/** A cell of the table behind a chart; null where there is no figure. */
export type ChartCell = string | number | null;

/** One column of the table behind a chart. */
export type ChartColumn = {
  /** As it stands in a CSV file, with its unit: `latency_ns`. */
  readonly name: string;
  /** As a person reads it. */
  readonly title: string;
  /** A `share` is of 1, a `percentile` of 100. */
  readonly kind: 'text' | 'time' | 'bytes' | 'count' | 'share' | 'percentile';
};

/** What a chart draws, as rows. Every chart has one: it is read aloud, copied and exported. */
export type ChartTable = {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly ChartCell[])[];
};
