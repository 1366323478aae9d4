import { runCommand } from './run-command.ts';

// Rewrites src-main/lab/library/schema-snapshot.sql from the migrations; its test does the writing.
process.exitCode = runCommand('vitest', [
  'run',
  '--project=lab',
  'src-main/lab/library/schema.test.ts',
  '--update',
]);
