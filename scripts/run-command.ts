import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end, sharing this process's input and output.
 *
 * @param program  A name that npm puts on the path, such as `prettier`, or `npm` itself.
 * @returns The exit status; 1 when a signal ended the program.
 */
export function runCommand(program: string, parameters: readonly string[]): number {
  // Windows starts the .cmd files that npm writes only through a shell.
  const onWindows = process.platform === 'win32';
  const { status, error } = spawnSync(program, parameters, { stdio: 'inherit', shell: onWindows });
  if (error) console.error(`${program} did not start: ${error.message}`);
  return status ?? 1;
}
