import { runCommand } from './run-command.ts';

/** What an npm script of this project found. */
export type StepResult = { readonly script: string; readonly passed: boolean };

/** The npm scripts that read the source without running it, the quickest first. */
export const staticSteps = ['format:check', 'lint', 'typecheck', 'boundaries'] as const;

/** Runs npm scripts one after the other; one that fails does not keep the others from running. */
export function runSteps(scripts: readonly string[]): readonly StepResult[] {
  return scripts.map((script) => {
    console.log(`\n== ${script}`);
    const passed = runCommand('npm', ['run', '--silent', script]) === 0;
    if (passed) console.log('passed');
    return { script, passed };
  });
}

/** Prints, for each step that failed, the command that runs it alone. */
export function reportFailures(results: readonly StepResult[]): void {
  const failed = results.filter((result) => !result.passed);
  if (failed.length === 0) return;
  console.log('\nFailed. To see one again by itself:');
  for (const { script } of failed) console.log(`  npm run ${script}`);
}
