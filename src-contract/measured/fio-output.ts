import { z } from 'zod';
import { allowing } from '../schema-parts.ts';

// What of fio's own JSON is read. Keys that are not named here are left out.

/** Far above any figure of fio, and small enough to be multiplied. */
const LARGEST_FIGURE = 1e20;
const numberOption = allowing('a number from 0 to 1e20');
/** What fio could not compute is null once it is read. */
const figure = z
  .number(numberOption)
  .nullable()
  .refine((value) => value === null || (value >= 0 && value <= LARGEST_FIGURE), numberOption);

const record = allowing('a map of keys');
const counts = z.record(z.string(), figure, record);

const latency = z.looseObject(
  {
    min: figure.optional(),
    max: figure.optional(),
    mean: figure.optional(),
    stddev: figure.optional(),
    percentile: counts.optional(),
    bins: counts.optional(),
  },
  record,
);

const direction = z.looseObject(
  {
    io_bytes: figure,
    io_kbytes: figure.optional(),
    iops: figure.optional(),
    runtime: figure.optional(),
    total_ios: figure.optional(),
    slat_ns: latency.optional(),
    clat_ns: latency.optional(),
    lat_ns: latency.optional(),
    slat: latency.optional(),
    clat: latency.optional(),
    lat: latency.optional(),
  },
  record,
);

const options = z.record(z.string(), z.unknown(), record);

const nameOption = allowing('the name of the job, up to 500 characters');
const versionOption = allowing('the version of fio, such as fio-3.33');

const job = z.looseObject(
  {
    jobname: z.string(nameOption).max(500, nameOption),
    error: z.int(allowing('a whole number')).optional(),
    'job options': options.optional(),
    read: direction.optional(),
    write: direction.optional(),
    trim: direction.optional(),
  },
  record,
);

/** The document that `fio --output-format=json` or `json+` writes. */
export const fioOutputSchema = z.looseObject(
  {
    'fio version': z.string(versionOption).max(100, versionOption),
    'global options': options.optional(),
    jobs: z
      .array(job, allowing('the list of jobs that fio writes'))
      .min(1, allowing('at least one job')),
  },
  allowing('what fio --output-format=json writes'),
);

export type FioOutput = z.infer<typeof fioOutputSchema>;
export type FioOutputJob = FioOutput['jobs'][number];
export type FioOutputDirection = NonNullable<FioOutputJob['read']>;
export type FioOutputLatency = NonNullable<FioOutputDirection['clat']>;
