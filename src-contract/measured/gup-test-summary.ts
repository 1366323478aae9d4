import { PAGE_BYTES } from '#core';
import type { GupTestGroup, GupTestName, GupTestResult } from './gup-test.ts';

/** Times of one test under one command line. */
export type GupTestSummary = {
  /** Null where the text does not say. */
  readonly test: GupTestName | null;
  readonly results: number;
  /** Medians over the results. Unit: microseconds. */
  readonly getMicroseconds: number;
  readonly putMicroseconds: number;
  /** Medians over the results whose size is known; null where none is. Unit: nanoseconds a page. */
  readonly getNsPerPage: number | null;
  readonly putNsPerPage: number | null;
};

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/**
 * What a result says of one page.
 *
 * @param microseconds  What all pages of the result took.
 * @returns Nanoseconds a page of 4 KiB; null where the size of the memory is not known or zero.
 */
export function nsPerPage(microseconds: number, bytes: number | null): number | null {
  return bytes === null || bytes < PAGE_BYTES ? null : (microseconds * 1000 * PAGE_BYTES) / bytes;
}

function summaryOf(test: GupTestName | null, results: readonly GupTestResult[]): GupTestSummary {
  const perPage = (time: (result: GupTestResult) => number): number | null =>
    median(
      results
        .map((result) => nsPerPage(time(result), result.bytes))
        .filter((value) => value !== null),
    );
  return {
    test,
    results: results.length,
    getMicroseconds: median(results.map((result) => result.getMicroseconds)) ?? 0,
    putMicroseconds: median(results.map((result) => result.putMicroseconds)) ?? 0,
    getNsPerPage: perPage((result) => result.getMicroseconds),
    putNsPerPage: perPage((result) => result.putMicroseconds),
  };
}

/** Sums up the results of one command line, test by test, in the order of the file. */
export function summariseGupTest(group: GupTestGroup): readonly GupTestSummary[] {
  const tests = [...new Set(group.results.map(({ test }) => test))];
  return tests.map((test) =>
    summaryOf(
      test,
      group.results.filter((result) => result.test === test),
    ),
  );
}
