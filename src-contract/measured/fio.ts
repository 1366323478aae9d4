import { z } from 'zod';
import { remarkSchema } from './remark.ts';

/** What `schema` says in a document of fio's results of this version. */
export const FIO_SCHEMA = 'folio-lab/fio@1';

/** The directions in which fio counts I/Os. */
export const FIO_DIRECTIONS = ['read', 'write', 'trim'] as const;

const figure = z.number().nonnegative();
const text = z.string().max(10_000);

const latencySchema = z.strictObject({
  minNs: figure.nullable(),
  maxNs: figure.nullable(),
  meanNs: figure.nullable(),
  stddevNs: figure.nullable(),
  percentiles: z
    .array(z.strictObject({ percent: z.number().min(0).max(100), ns: figure }).readonly())
    .readonly(),
  bins: z.array(z.tuple([figure, z.int().positive()]).readonly()).readonly(),
});

const seriesSchema = z.strictObject({
  job: text,
  direction: z.enum(FIO_DIRECTIONS),
  engine: text.nullable(),
  access: text.nullable(),
  blockSize: text.nullable(),
  queueDepth: text.nullable(),
  isDirect: z.boolean().nullable(),
  jobCount: text.nullable(),
  ios: figure.nullable(),
  bytes: figure,
  iops: figure.nullable(),
  runtimeMs: figure.nullable(),
  errorNumber: z.int(),
  submission: latencySchema.readonly().nullable(),
  completion: latencySchema.readonly().nullable(),
  total: latencySchema.readonly().nullable(),
});

/** Results of fio as they are kept: a series for each job and direction that did any I/O. */
export const fioDocumentSchema = z.strictObject({
  schema: z.literal(FIO_SCHEMA),
  kind: z.literal('fio'),
  /** Of the program that wrote it, such as `fio-3.33`. */
  version: text,
  assumptions: z.array(remarkSchema).readonly(),
  warnings: z.array(remarkSchema).readonly(),
  series: z.array(seriesSchema.readonly()).readonly(),
});

/**
 * Latencies as fio reports them, in nanoseconds. Null where fio had none.
 *
 * - `percentiles`: ascending; `percent` from 0 to 100. Empty where fio was told not to.
 * - `bins`: middle of a bin and how many I/Os fell into it, ascending; JSON+ alone has them.
 */
export type FioLatency = z.infer<typeof latencySchema>;

/**
 * What one job, or one group of jobs, did in one direction.
 *
 * - `engine`, `access` (fio's `rw`), `blockSize`, `queueDepth`, `jobCount`: options as they were written;
 *   null where they were not.
 * - `bytes`: of all I/Os; `iops`: I/Os per second; `runtimeMs`: milliseconds.
 * - `errorNumber`: 0, or what made the job stop.
 * - `submission`, `completion`, `total`: fio's slat, clat and lat.
 */
export type FioSeries = z.infer<typeof seriesSchema>;

/** See {@link fioDocumentSchema}. */
export type FioDocument = z.infer<typeof fioDocumentSchema>;

/** A histogram as columns of equal length, ascending: bounds in nanoseconds, and I/Os between them. */
export type FioHistogram = {
  /** Included. */
  readonly lowerNs: readonly number[];
  /** Not included. */
  readonly upperNs: readonly number[];
  readonly count: readonly number[];
};

/** Bins of fio that share a width; below twice as many nanoseconds each value has a bin of its own. */
const BINS_PER_GROUP = 64;

/** How wide the bin around a value is: 1/64 to 1/128 of it. Unit: nanoseconds. */
function binWidth(ns: number): number {
  let width = 1;
  while (ns / width >= 2 * BINS_PER_GROUP) width *= 2;
  return width;
}

/**
 * The bins of JSON+ as a histogram, exact to fio's own bins.
 *
 * @source fio 3.33 stat.c plat_idx_to_val(): 64 bins to each power of two, named by their middle.
 */
export function fioHistogram({ bins }: Pick<FioLatency, 'bins'>): FioHistogram {
  const widths = bins.map(([ns]) => binWidth(ns));
  const lowerNs = bins.map(([ns], index) => {
    const width = widths[index] ?? 1;
    return Math.floor(ns / width) * width;
  });
  return {
    lowerNs,
    upperNs: lowerNs.map((lower, index) => lower + (widths[index] ?? 1)),
    count: bins.map(([, count]) => count),
  };
}
