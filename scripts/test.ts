import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronHere } from './window/electron-here.ts';
import { runCommand } from './run-command.ts';
import { reportFailures, runSteps, staticSteps } from './steps.ts';
import { testCountsFromReport } from './test-report.ts';
import type { TestCounts } from './test-report.ts';

// Everything `check` does, and the tests that cross layers. The last line is the sum: each static
// check counts as one test.
const steps = runSteps(staticSteps);
const tests = runAllTests();
reportFailures(steps);
if (tests.failed > 0) console.log('\nTo see the tests again by themselves: npx vitest run');
const electron = electronHere();
if (electron.program === null) {
  console.log(`\nSkipped: all tests of the window in Electron, because ${electron.reason}.`);
}

const passed = tests.passed + steps.filter((step) => step.passed).length;
const failed = tests.failed + steps.filter((step) => !step.passed).length;
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed, ${tests.skipped} skipped`);

function runAllTests(): TestCounts {
  console.log('\n== tests');
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  try {
    const file = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const status = runCommand('vitest', ['run', ...reporters]);
    // Without a report Vitest itself did not start.
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
    const counts = testCountsFromReport(readFileSync(file, 'utf8'));
    // Errors outside every test, such as a promise nobody waited for, fail the run alone.
    return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
