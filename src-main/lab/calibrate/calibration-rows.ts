import type { SpanRow } from '#contract';
import { ConditionCounter } from './count-conditions.ts';
import { SpanCounter } from './count-spans.ts';

/**
 * Spans between two tracepoints are fitted first. Whole calls hold so much beside pinning that they would bend its
 * prices: they are fitted to what is left when those stand.
 */
export const FIT_STAGES = ['span', 'whole call'] as const;
export type FitStage = (typeof FIT_STAGES)[number];

/** A measurement that a fit can use, whatever file it came from. */
export type CalibrationRow = {
  readonly file: string;
  readonly line: number;
  /** Rows of a run share a scale factor. */
  readonly run: string;
  readonly stage: FitStage;
  /** Runs of a series have scale factors of 1 in the mean: what was measured by one program. */
  readonly series: string;
  readonly metric: string;
  readonly layout: string;
  /** Length, device and the like, in words. */
  readonly what: string;
  /** Which line of the accuracy table it counts for. */
  readonly part: string;
  readonly measuredNs: number;
  /** Probes, which no price explains. Unit: nanoseconds. */
  readonly fixedNs: number;
  /** How often each of `PART_NAMES` occurs. */
  readonly counts: Float64Array;
  /** Ratio of the 90th percentile to the median; null where it was not measured. */
  readonly spread: number | null;
};

/** Rows of a file, and why others were left out. */
export type RowsOfFile = {
  readonly rows: readonly CalibrationRow[];
  readonly leftOut: ReadonlyMap<string, number>;
};

const MEBIBYTE = 1_048_576;
const PAGE_BYTES = 4096;
const SMALL_PAGES = 4;

function sizeText(bytes: number): string {
  if (bytes % MEBIBYTE === 0) return `${bytes / MEBIBYTE} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`;
}

function whatOf({ mode, bytes, offsetBytes, device, op, test, variant }: SpanRow): string {
  const offset = (offsetBytes ?? 0) === 0 ? null : `at ${sizeText(offsetBytes ?? 0)}`;
  return [test, variant, mode, device, op, sizeText(bytes), offset]
    .filter((word) => word !== null)
    .join(' ');
}

function partOf({ metric, mode, device, op, bytes, table, test, variant }: SpanRow): string {
  if (table === 'contention') return [test, variant, metric].join(' ');
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const isLong = metric === 'pin_span' && mode === 'hot' && bytes > MEBIBYTE;
  const isSmall = metric !== 'pin_span' && pages <= SMALL_PAGES;
  const size = isLong ? 'above 1 MiB' : isSmall ? 'up to 4 pages' : null;
  const hot = metric === 'pin_span' && mode === 'hot' && !isLong ? 'up to 1 MiB' : null;
  const rest = metric !== 'pin_span' && !isSmall ? '5 pages and more' : null;
  return [metric, device, op, mode, size ?? hot ?? rest].filter((word) => word !== null).join(' ');
}

/** Counts what the rows of a measurement table measured. */
export function rowsFromSpans(file: string, spans: readonly SpanRow[]): RowsOfFile {
  const counter = new SpanCounter();
  const conditions = new ConditionCounter();
  const rows: CalibrationRow[] = [];
  const leftOut = new Map<string, number>();
  for (const span of spans) {
    const counted = (span.table === 'contention' ? conditions : counter).countRow(span);
    const reason = counted.ok ? null : counted.message;
    if (!counted.ok || span.p50Ns <= 0) {
      const why = reason ?? 'p50_ns is 0';
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
      continue;
    }
    const series = [file, span.device, span.test].filter((word) => word !== null).join(' ');
    rows.push({
      file,
      line: span.line,
      series,
      run: `${series} run ${span.run ?? 1}`,
      stage: span.table === 'contention' ? 'whole call' : 'span',
      metric: span.metric,
      layout: span.layout,
      what: whatOf(span),
      part: partOf(span),
      measuredNs: span.p50Ns,
      fixedNs: counted.value.probesNs,
      counts: counted.value.parts,
      spread: span.p90Ns === null ? null : span.p90Ns / span.p50Ns,
    });
  }
  return { rows, leftOut };
}
