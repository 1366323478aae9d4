import { findingsFromIssues } from '../schema-problems.ts';
import { pathText, readYaml } from '../yaml-document.ts';
import { FIO_DIRECTIONS, FIO_SCHEMA } from './fio.ts';
import type { FioDocument, FioLatency, FioSeries } from './fio.ts';
import { fioOutputSchema } from './fio-output.ts';
import type {
  FioOutput,
  FioOutputDirection,
  FioOutputJob,
  FioOutputLatency,
} from './fio-output.ts';
import { findFioJson } from './fio-json.ts';
import type { MeasuredProblem } from './measured-problem.ts';
import type { Remark } from './remark.ts';

export type FioResult =
  | { readonly ok: true; readonly document: FioDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

/** Finding the line of a key takes the whole text apart again; longer texts go without. */
const LONGEST_WITH_LINES = 2_000_000;
const MOST_PROBLEMS = 20;
const BYTES_PER_KIB = 1024;
const NS_PER_US = 1000;
/** Of a bin or a percentile. */
const LARGEST_KEY = 1e20;
const LONGEST_OPTION = 1000;

type Scale = { readonly nsPerUnit: number; readonly hasNumberedBins: boolean };

/** Keys of a map that are numbers, ascending, with their values. */
function numberedEntries(
  map: Readonly<Record<string, number | null>> | undefined,
): readonly (readonly [number, number])[] {
  return Object.entries(map ?? {})
    .map(([key, value]) => [Number(key), value ?? NaN] as const)
    .filter(([key, value]) => key >= 0 && key <= LARGEST_KEY && !Number.isNaN(value))
    .sort(([a], [b]) => a - b);
}

function latencyFrom(found: FioOutputLatency, scale: Scale): FioLatency | null {
  const { nsPerUnit, hasNumberedBins } = scale;
  const toNs = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : value * nsPerUnit;
  const percentiles = numberedEntries(found.percentile)
    // Percentiles that were not asked for are listed as the one of 0.
    .filter(([percent]) => percent > 0 && percent <= 100)
    .map(([percent, value]) => ({ percent, ns: value * nsPerUnit }));
  const bins = hasNumberedBins
    ? []
    : numberedEntries(found.bins)
        .filter(([, count]) => Number.isSafeInteger(count) && count > 0)
        .map(([value, count]) => [value * nsPerUnit, count] as const);
  const isMeasured = bins.length > 0 || (found.max ?? 0) > 0 || (found.mean ?? 0) > 0;
  if (!isMeasured) return null;
  const minNs = toNs(found.min);
  const maxNs = toNs(found.max);
  const meanNs = toNs(found.mean);
  return { minNs, maxNs, meanNs, stddevNs: toNs(found.stddev), percentiles, bins };
}

type LatencyName = 'slat' | 'clat' | 'lat';

function latencyNamed(found: FioOutputDirection, name: LatencyName): FioLatency | null {
  const inNs = found[`${name}_ns`];
  if (inNs !== undefined) return latencyFrom(inNs, { nsPerUnit: 1, hasNumberedBins: false });
  const inUs = found[name];
  if (inUs === undefined) return null;
  return latencyFrom(inUs, { nsPerUnit: NS_PER_US, hasNumberedBins: true });
}

/** An option as it was written, of the job or else of all jobs. */
function optionOf(output: FioOutput, job: FioOutputJob, ...names: string[]): string | null {
  for (const name of names) {
    const found = job['job options']?.[name] ?? output['global options']?.[name];
    if (typeof found === 'string' || typeof found === 'number') {
      return String(found).slice(0, LONGEST_OPTION);
    }
  }
  return null;
}

function isDirect(output: FioOutput, job: FioOutputJob): boolean | null {
  const direct = optionOf(output, job, 'direct');
  if (direct !== null) return direct !== '0';
  const buffered = optionOf(output, job, 'buffered');
  return buffered === null ? null : buffered === '0';
}

function seriesFrom(output: FioOutput, job: FioOutputJob): FioSeries[] {
  return FIO_DIRECTIONS.flatMap((direction): FioSeries[] => {
    const found = job[direction];
    if (found === undefined) return [];
    // Until fio 3 the bytes were counted in KiB, and nothing else was.
    const bytes = (found.io_bytes ?? 0) * (found.io_kbytes === undefined ? BYTES_PER_KIB : 1);
    if (bytes === 0 && (found.total_ios ?? 0) === 0) return [];
    return [
      {
        job: job.jobname,
        direction,
        engine: optionOf(output, job, 'ioengine'),
        access: optionOf(output, job, 'rw', 'readwrite'),
        blockSize: optionOf(output, job, 'bs', 'blocksize'),
        queueDepth: optionOf(output, job, 'iodepth'),
        isDirect: isDirect(output, job),
        jobCount: optionOf(output, job, 'numjobs'),
        ios: found.total_ios ?? null,
        bytes,
        iops: found.iops ?? null,
        runtimeMs: found.runtime ?? null,
        errorNumber: job.error ?? 0,
        submission: latencyNamed(found, 'slat'),
        completion: latencyNamed(found, 'clat'),
        total: latencyNamed(found, 'lat'),
      },
    ];
  });
}

type Remarks = { readonly assumptions: readonly Remark[]; readonly warnings: readonly Remark[] };

function remarksOf(output: FioOutput): Remarks {
  const assumptions: Remark[] = [];
  const warnings: Remark[] = [];
  const directions = output.jobs.flatMap((job) => FIO_DIRECTIONS.map((name) => job[name]));
  if (directions.some((found) => found !== undefined && found.io_kbytes === undefined)) {
    const text =
      'Written by fio before version 3: latencies were taken as microseconds and io_bytes as KiB.';
    assumptions.push({ line: null, text });
  }
  if (directions.some((found) => (found?.clat ?? found?.lat)?.bins !== undefined)) {
    const text =
      'Latency bins that are not named by their latency, as fio 2 writes them, were left out.';
    warnings.push({ line: null, text });
  }
  for (const { error = 0, jobname } of output.jobs) {
    if (error !== 0)
      warnings.push({ line: null, text: `Job ${jobname} ended with error ${error}.` });
  }
  return { assumptions, warnings };
}

function problemsFrom(
  error: NonNullable<ReturnType<typeof fioOutputSchema.safeParse>['error']>,
  json: string,
  linesBefore: number,
): readonly MeasuredProblem[] {
  const source = json.length > LONGEST_WITH_LINES ? null : readYaml(json, '');
  return findingsFromIssues(error.issues)
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => {
      const line = source?.lineOf(path) ?? null;
      const key = pathText(path);
      return {
        line: line === null ? null : line + linesBefore,
        message: key === '' ? message : `${key}: ${message}`,
      };
    });
}

/**
 * Reads what `fio --output-format=json` or `json+` writes, with whatever stands before and after it.
 *
 * @param text  Any text at all gives an answer.
 * @returns A series for each job and direction that did any I/O, or every fault with its line.
 */
export function parseFio(text: string): FioResult {
  const found = findFioJson(text);
  if (!found.ok) return { ok: false, problems: [found.problem] };
  const parsed = fioOutputSchema.safeParse(found.value);
  if (!parsed.success) {
    return { ok: false, problems: problemsFrom(parsed.error, found.json, found.linesBefore) };
  }
  const output = parsed.data;
  const series = output.jobs.flatMap((job) => seriesFrom(output, job));
  if (series.length === 0) {
    const message = 'none of the jobs did any I/O; allowed: results of at least one read or write';
    return { ok: false, problems: [{ line: null, message }] };
  }
  const { assumptions, warnings } = remarksOf(output);
  return {
    ok: true,
    document: {
      schema: FIO_SCHEMA,
      kind: 'fio',
      version: output['fio version'],
      assumptions: [...found.assumptions, ...assumptions],
      warnings,
      series,
    },
  };
}
