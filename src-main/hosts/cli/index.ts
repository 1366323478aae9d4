import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Keeps the stripped TypeScript and its bytecode: every start but the first is several times faster.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/compile', import.meta.url)));

// npm starts its scripts in the project's folder; paths mean the folder where the user stands.
const startFolder = process.env['INIT_CWD'];
if (process.env['npm_lifecycle_event'] === 'lab' && startFolder !== undefined) {
  process.chdir(startFolder);
}

const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv.slice(2));
