import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A console block of the README: its commands and what they print. */
const CONSOLE_BLOCK = /```console\n([\s\S]*?)```/g;
const COMMAND = /^\$ npm run --silent lab -- (.*)$/;

/** What differs from run to run: ids, paths and durations. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b(run|show) [0-9a-f]{8}\b/g, '$1 1a2b3c4d'],
  [/ --library \S+/g, ''],
  [/of \S+library\.db/g, 'of your library'],
  [/trials, [0-9.]+ (ms|s|min)/g, 'trials, 1 s'],
];

/** Runs one command line of the README against an empty library. */
function outputOf(commandLine: string, library: string): string {
  const words = commandLine.split(' ');
  const output = execFileSync(
    process.execPath,
    [
      'src-main/hosts/cli/index.ts',
      ...words,
      ...(words[0] === 'run' ? ['--library', library, '--quiet'] : []),
    ],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // The program names itself as the README calls it, whichever script runs this.
      env: { ...process.env, npm_lifecycle_event: 'lab' },
    },
  );
  return VOLATILE.reduce((text, [pattern, instead]) => text.replace(pattern, instead), output);
}

/** The README with every console block filled with what its command prints now. */
export function readmeWithOutputs(readme: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-readme-'));
  try {
    return readme.replace(CONSOLE_BLOCK, (_block, content: string) => {
      const command = content.split('\n')[0] ?? '';
      const line = COMMAND.exec(command)?.[1];
      if (line === undefined) throw new Error(`the README has a console block of ${command}`);
      return `\`\`\`console\n${command}\n${outputOf(line, join(folder, 'library.db')).trimEnd()}\n\`\`\``;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
