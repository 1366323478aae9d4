import { describe, expect, it } from 'vitest';
import { testCountsFromReport } from '../scripts/test-report.ts';

const report = (counts: object, testResults: readonly object[] = []): string =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
    ...counts,
  });

describe('the sum of a test run', () => {
  it('counts tests that were set aside as skipped', () => {
    const counts = testCountsFromReport(
      report({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 }),
    );

    expect(counts).toEqual({ passed: 7, failed: 1, skipped: 5 });
  });

  it('counts a file that broke before its first test as one failed test', () => {
    const broken = { status: 'failed', assertionResults: [] };

    expect(testCountsFromReport(report({ numPassedTests: 7 }, [broken]))).toEqual({
      passed: 7,
      failed: 1,
      skipped: 0,
    });
  });

  it('does not count a file again for the failed test in it', () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }] };

    expect(testCountsFromReport(report({ numFailedTests: 1 }, [file])).failed).toBe(1);
  });
});
