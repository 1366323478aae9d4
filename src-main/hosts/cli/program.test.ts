import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LIBRARY_COMMANDS } from '#contract';
import { openLibrary } from '../../lab/index.ts';
import { startSmallRun } from '../../lab/testing/start-small-run.ts';
import { COMMANDS } from './commands/index.ts';
import { endOf, LabFolder, PROJECT_FOLDER } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());
const names = Object.keys(COMMANDS);

/** Commands that go on until they are ended, or ask for a process and root: other tests start them. */
const STARTED_ELSEWHERE = ['serve', 'capture-layout'];

/** The words of a command line, with double quotes as in a shell. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const MEASUREMENTS = join(PROJECT_FOLDER, 'experiments/measurements/linux-6.18-epyc');

/** A run that was cut off before its first trial. @returns Its id. */
function interruptedRun(): string {
  const library = openLibrary(folder.library);
  try {
    return startSmallRun(library, 8, { experimentText: smallExperimentText({ count: 20 }) }).id;
  } finally {
    library.close();
  }
}

describe('the program', () => {
  it('lists all its commands and its version', async () => {
    const { status, stdout } = await folder.run('--help');
    expect(status).toBe(0);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
    expect(listed).toEqual(names);
    expect((await folder.run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('gives an example with every command, and the examples work', async () => {
    writeFileSync(folder.file('small.yaml'), smallExperimentText({ count: 20 }));
    for (const name of ['pin-register.csv', 'direct-io.csv']) {
      copyFileSync(join(MEASUREMENTS, name), folder.file(name));
    }
    const runs: string[] = [];
    for (let made = 0; made < 2; made += 1) {
      const { stdout } = await folder.run('run', 'small.yaml', '--json', '--quiet');
      runs.push(z.object({ run: z.string() }).parse(JSON.parse(stdout)).run);
    }
    const [first = '', second = ''] = runs;
    const third = interruptedRun();
    for (const name of names) {
      const { status, stdout } = await folder.run(name, '--help');
      expect(status).toBe(0);
      const [, example = ''] = /\nExample: folio-lab (.*)\n$/.exec(stdout) ?? [];
      expect(example).not.toBe('');
      if (STARTED_ELSEWHERE.includes(name)) continue;
      const line = example
        .replace('1a2b3c4d', first)
        .replace('5e6f7a8b', second)
        .replace('9c8b7a6d', third);
      const ending = await folder.run(...wordsOf(line));
      expect({ example, status: ending.status, stderr: ending.stderr }).toMatchObject({
        status: 0,
      });
    }
  });

  it.each(['strategies', 'policies', 'layouts', 'cost-models', 'experiments'])(
    'lists %s with a line of explanation, and as JSON',
    async (list) => {
      const text = await folder.run('list', list);
      const document = await folder.run('list', list, '--json');
      expect([text.status, text.stderr, document.stderr]).toEqual([0, '', '']);
      const { schema, ...lists } = z
        .looseObject({ schema: z.string() })
        .parse(JSON.parse(document.stdout));
      expect(schema).toBe('folio-lab/list@1');
      const [entries] = z
        .array(z.array(z.looseObject({ id: z.string() })).min(1))
        .parse(Object.values(lists));
      for (const { id } of entries ?? []) expect(text.stdout).toContain(`${id} `);
    },
  );

  it('lets every command over the library be told which, and no other', async () => {
    const found: string[] = [];
    for (const name of names) {
      const { stdout } = await folder.run(name, '--help');
      if (/^ {2}--library <file>/m.test(stdout)) found.push(name);
    }
    expect(found).toEqual([...LIBRARY_COMMANDS]);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const words = ['explain', '--layout', 'uniform:4MiB', '--op', 'write', '--offset', '0'];
    const child = folder.start([...words, '--length', '4MiB', '--strategy', 'today', '--json']);
    child.stdout.destroy();
    expect(await endOf(child)).toMatchObject({ status: 0, stderr: '' });
  });

  it('takes paths as of the folder where the user stands, although npm changes it', async () => {
    writeFileSync(folder.file('here.csv'), 'va_page,pfn,pages,order,leaf,flags\n0,7,2,0,pte,\n');
    const words = ['explain', '--layout', 'here.csv', '--op', 'write', '--offset', '0'];
    const child = folder.start([...words, '--length', '8k', '--strategy', 'today'], {
      cwd: PROJECT_FOLDER,
      env: { INIT_CWD: folder.path, npm_lifecycle_event: 'lab' },
    });
    expect(await endOf(child)).toMatchObject({ status: 0, stderr: '' });
  });

  it('runs from the file that is installed as a command', async () => {
    const entry = join(PROJECT_FOLDER, 'bin/folio-lab.js');
    const ending = await endOf(folder.start(['list', 'strategies'], { entry }));
    expect(ending).toMatchObject({ status: 0, stderr: '' });
    expect(ending.stdout).toContain('folio-vec');
  });
});
