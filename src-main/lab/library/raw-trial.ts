import type { EncodedHistogram } from '#core';

/** A JSON object as it was read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A trial as its tables hold it, before it has been brought to the current record version. */
export type RawTrial = {
  readonly parameters: JsonObject;
  readonly status: string;
  readonly reason: string | null;
  /** Measured results; null unless the trial is done. */
  readonly measured: RawMeasurements | null;
};

/** The results of a trial that is done, as its tables hold them. */
export type RawMeasurements = {
  readonly samples: number;
  readonly spanNs: number;
  readonly iops: number;
  readonly cpuNsPerIo: number;
  readonly figures: JsonObject;
  readonly latency: Readonly<Record<string, EncodedHistogram>>;
  readonly ledger: Float64Array;
  readonly allocations: readonly {
    readonly source: string;
    readonly count: number;
    readonly bytes: number;
    readonly peakBytes: number;
  }[];
};
