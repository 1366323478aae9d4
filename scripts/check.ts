import { reportFailures, runSteps, staticSteps } from './steps.ts';

// Everything a change must pass before it is shared, but for the tests that cross layers.
const results = runSteps([...staticSteps, 'test:unit']);
reportFailures(results);
process.exitCode = results.every((result) => result.passed) ? 0 : 1;
