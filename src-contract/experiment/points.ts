import type { TracerMode } from '#core';
import type { ExperimentFile } from '../experiment-schema.ts';
import { workloadFromFile } from './workload-schema.ts';
import type { WorkloadOfFile } from './workload-schema.ts';

/** One combination of sweep values, the cost model still by its id. */
export type PointOfFile = {
  readonly workload: WorkloadOfFile;
  readonly costModel: string;
  readonly tracer: TracerMode;
};
