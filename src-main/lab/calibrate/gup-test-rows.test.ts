import { describe, expect, it } from 'vitest';
import { GUP_TEST_SCHEMA } from '#contract';
import type { GupTestDocument, GupTestResult, GupTestSettings } from '#contract';
import { PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import { rowsFromGupTest } from './gup-test-rows.ts';

const MEBIBYTE = 1_048_576;

/** Results of `gup_test -a` on so many MiB, with times for taking and giving back. */
function documentOf(
  mebibytes: number,
  times: readonly (readonly [number, number])[],
  hugePages: GupTestSettings['hugePages'] = 'declined',
): GupTestDocument {
  const bytes = mebibytes * MEBIBYTE;
  const settings: GupTestSettings = {
    ...{ program: 'gup_test', test: 'PIN_FAST_BENCHMARK', bytes, pagesPerCall: null, hugePages },
    ...{ repeats: times.length, threads: 1, isHugetlb: false, isShared: false, isWrite: false },
    ...{ isTouchedByGup: false, gupFlags: 0, file: '' },
  };
  const results = times.map(([getMicroseconds, putMicroseconds], at): GupTestResult => ({
    ...{ line: at + 2, test: 'PIN_FAST_BENCHMARK', getMicroseconds, putMicroseconds },
    bytes,
    isTruncated: false,
  }));
  const command = `gup_test -a -m ${mebibytes}`;
  return {
    schema: GUP_TEST_SCHEMA,
    kind: 'gup-test',
    groups: [{ command, commandLine: 1, settings, results, untimed: [] }],
    assumptions: [],
    warnings: [],
  };
}

describe('rows of gup_test', () => {
  it('leave out times of 0 us and say so, and keep the other time of the result', () => {
    const { rows, leftOut } = rowsFromGupTest(
      'gup.txt',
      documentOf(1, [
        [7, 0],
        [8, 3],
        [0, 0],
      ]),
    );

    expect(rows.map(({ line, metric, measuredNs }) => [line, metric, measuredNs])).toEqual([
      [2, 'get', 7000],
      [3, 'get', 8000],
      [3, 'put', 3000],
    ]);
    expect([...leftOut]).toEqual([
      ['the put time is 0 us, less than gup_test can tell', 2],
      ['the get time is 0 us, less than gup_test can tell', 1],
    ]);
  });

  it.each([
    ['declined', 56, 0],
    ['declined', 57, 1],
    ['asked-for', 63, 0],
    ['asked-for', 64, 1],
  ] as const)(
    '[COLD-4] come from the cache where struct pages and entries fit into 1 MiB: huge pages %s, %d MiB',
    (hugePages, mebibytes, starts) => {
      const { rows } = rowsFromGupTest('gup.txt', documentOf(mebibytes, [[100, 50]], hugePages));
      const counted = (name: PartName) => rows[0]?.counts[PART_NAMES.indexOf(name)];

      expect([counted('cold_start'), counted('cold_first_line')]).toEqual([starts, 0]);
    },
  );

  it('hold no probe', () => {
    const { rows } = rowsFromGupTest('gup.txt', documentOf(4, [[10, 5]]));

    expect(rows.map(({ fixedNs }) => fixedNs)).toEqual([0, 0]);
  });
});
