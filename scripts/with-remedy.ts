import { runCommand } from './run-command.ts';

// with-remedy.ts REMEDY PROGRAM [PARAMETER…]
// Runs the program; when it fails, names the npm script that repairs what it found.
const [remedy, program, ...parameters] = process.argv.slice(2);
if (remedy === undefined || program === undefined) {
  throw new Error('with-remedy.ts takes the npm script that repairs, then the program to run.');
}

process.exitCode = runCommand(program, parameters);
if (process.exitCode !== 0) console.error(`\nTo repair what can be repaired: npm run ${remedy}`);
