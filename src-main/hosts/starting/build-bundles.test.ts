import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildBundles } from './build-bundles.ts';
import type { BuildResult } from './build-bundles.ts';

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  notes = [];
  write('src-core/deep/folio.ts');
  write('src-renderer/index.html');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Long ago unless said otherwise, so that what is built next is newer. */
function write(name: string, text = '', time = new Date(2000, 0)): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  utimesSync(path, time, time);
  utimesSync(dirname(path), time, time);
}

/** What builds: writes what is built, and counts how often. */
function installBuilder(script = ''): void {
  write(
    'node_modules/electron-vite/bin/electron-vite.js',
    `const fs = require('node:fs');
     ${script}
     for (const file of ['main/index.js', 'preload/index.cjs', 'renderer/index.html']) {
       fs.mkdirSync('out/' + file.split('/')[0], { recursive: true });
       fs.writeFileSync('out/' + file, '');
     }
     fs.appendFileSync('builds', 'x');`,
  );
}

function build(): Promise<BuildResult> {
  return buildBundles(folder, (sentence) => notes.push(sentence));
}

function builds(): number {
  const counter = join(folder, 'builds');
  return existsSync(counter) ? readFileSync(counter, 'utf8').length : 0;
}

it('builds what is not there, and not again', async () => {
  installBuilder();

  const results = [await build(), await build()];

  expect(results).toEqual([{ ok: true }, { ok: true }]);
  expect([builds(), notes.length]).toEqual([1, 1]);
});

it('builds again what is older than a source, or than the folder of one that is gone', async () => {
  installBuilder();
  await build();
  const later = new Date(Date.now() + 60_000);

  write('src-core/deep/folio.ts', 'changed', later);
  await build();
  expect(builds()).toBe(2);

  write('src-core/deep/folio.ts');
  await build();
  expect(builds()).toBe(2);
  utimesSync(join(folder, 'src-core/deep'), later, later);
  await build();
  expect(builds()).toBe(3);
});

it('does not mind a test that changed', async () => {
  installBuilder();
  await build();
  writeFileSync(join(folder, 'src-core/deep/folio.test.ts'), '');
  utimesSync(join(folder, 'src-core/deep'), new Date(2000, 0), new Date(2000, 0));

  await build();

  expect(builds()).toBe(1);
});

it('builds once when several ask at once, and after a builder that was killed', async () => {
  installBuilder();
  // No process has this number.
  write('out/being-built', '4194305');

  await Promise.all([build(), build(), build()]);

  expect(builds()).toBe(1);
  expect(existsSync(join(folder, 'out/being-built'))).toBe(false);
});

it('says in one sentence what could not be built, and where', async () => {
  installBuilder(`
    console.error('\\u2717 Build failed in 28ms\\nerror during build:\\nBuild failed with 1 error:\\n');
    console.error('\\u001b[31m[builtin:vite-transform] \\u001b[0mUnexpected token');
    console.error('   \\u001b[38;5;246m\\u256d[\\u001b[0m src/main.ts:1:11 \\u001b[38;5;246m]\\u001b[0m');
    console.error('    at build (file:///bundler.js:50:18)');
    process.exit(1);
  `);

  expect(await build()).toEqual({
    ok: false,
    sentence:
      'The window could not be built (Unexpected token, at src/main.ts:1:11); "npm run build" says more.',
  });
  expect(existsSync(join(folder, 'out/being-built'))).toBe(false);
});

it('says what to do where nothing can build it', async () => {
  const result = await build();

  expect(result).toMatchObject({ ok: false });
  expect(result.ok ? '' : result.sentence).toContain('npm ci');
});

it('takes what is built where there are no sources', async () => {
  rmSync(join(folder, 'src-renderer'), { recursive: true });
  for (const file of ['main/index.js', 'preload/index.cjs', 'renderer/index.html'])
    write(`out/${file}`);

  expect(await build()).toEqual({ ok: true });
});
