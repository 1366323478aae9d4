import type { TracerMode } from '#core';
import type { SweepOfFile } from './sweep-schema.ts';
import type { WorkloadOfFile } from './workload-schema.ts';

/** One combination of sweep values, the cost model still by its id. */
export type PointOfFile = {
  readonly workload: WorkloadOfFile;
  readonly costModel: string;
  readonly tracer: TracerMode;
};

const WORKLOAD_PREFIX = 'workload.';

type AxisValue = NonNullable<SweepOfFile[keyof SweepOfFile]>[number];

/** The point with one value of an axis instead of its own. */
function withValue(point: PointOfFile, key: string, value: AxisValue): PointOfFile {
  if (key.startsWith(WORKLOAD_PREFIX)) {
    const name = key.slice(WORKLOAD_PREFIX.length);
    return { ...point, workload: { ...point.workload, [name]: value } };
  }
  return { ...point, [key]: value };
}

/** How many points a sweep has, without building them. */
export function countPoints(sweep: SweepOfFile): number {
  return Object.values(sweep).reduce((product, values) => product * values.length, 1);
}

/** Every combination of the values of a sweep, its last axis fastest. */
export function pointsOfSweep(base: PointOfFile, sweep: SweepOfFile): readonly PointOfFile[] {
  let points: readonly PointOfFile[] = [base];
  for (const [key, values] of Object.entries(sweep)) {
    points = points.flatMap((point) => values.map((value) => withValue(point, key, value)));
  }
  return points;
}
