import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildBundles } from '../../src-main/hosts/starting/index.ts';
import { APPLICATION_FOLDER, until } from './test-laboratory.ts';

let folder: string;
let started: ChildProcess[];

beforeAll(async () => {
  expect(await buildBundles(APPLICATION_FOLDER, () => undefined)).toEqual({ ok: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A program of the laboratory on a machine without a display, as far as it has been heard. */
type Program = {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly notes: () => string;
  readonly ended: Promise<number | null>;
};

function run(script: string, ...words: readonly string[]): Program {
  const nothing = { DISPLAY: '', WAYLAND_DISPLAY: '', ELECTRON_OVERRIDE_DIST_PATH: '' };
  const child = spawn(process.execPath, [join(APPLICATION_FOLDER, script), ...words], {
    cwd: folder,
    env: { ...process.env, ...nothing, XDG_DATA_HOME: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let out = '';
  let notes = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (notes += text.toString()));
  return {
    child,
    out: () => out,
    notes: () => notes,
    ended: once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null)),
  };
}

const start = (...words: readonly string[]): Program => run('src-main/hosts/start.ts', ...words);
const lab = (...words: readonly string[]): Program => run('src-main/hosts/cli/index.ts', ...words);

/** What the program prints when it serves. */
async function addressOf({ out, child }: Program): Promise<URL> {
  await until(() => out().includes('\n') || child.exitCode !== null);
  const [, address = ''] = /^Open (\S+)\n$/.exec(out()) ?? [];
  return new URL(address);
}

it('says in one line why there is no window, and serves the laboratory instead', async () => {
  const program = start('--library', 'mine.db');
  const address = await addressOf(program);

  const signIn = await fetch(address, { redirect: 'manual' });
  const [cookie = ''] = (signIn.headers.get('set-cookie') ?? '').split(';');
  const page = await fetch(new URL('/', address), { headers: { cookie } });
  const text = await page.text();
  program.child.kill('SIGINT');

  expect(program.notes()).toMatch(/^No window of its own \(.+\): Folio Lab is served to .+$/m);
  expect([address.hostname, signIn.status, page.status]).toEqual(['127.0.0.1', 303, 200]);
  expect(text).toContain('<title>Folio Lab</title>');
  expect(await program.ended).toBe(0);
  expect(program.notes()).not.toMatch(/^\s+at /m);
});

it('serves on the port it is told to, and says when it is taken', async () => {
  const first = lab('serve', '--library', 'mine.db');
  const { port } = await addressOf(first);

  const second = lab('serve', '--library', 'mine.db', '--port', port);
  const status = await second.ended;
  first.child.kill('SIGTERM');

  expect(status).toBe(2);
  expect(second.notes()).toBe(
    `folio-lab: Port ${port} is in use; choose another with --port, or none\n`,
  );
  expect(await first.ended).toBe(0);
});

it('answers bad words and bad files with one sentence and no stack', async () => {
  writeFileSync(join(folder, 'text.db'), 'This is no library. '.repeat(20));
  const attempts = {
    port: start('--port', '70000'),
    word: start('--colour'),
    file: start('missing.yaml'),
    library: start('--browser', '--library', 'text.db'),
    servePort: lab('serve', '--port', 'any'),
    serveLibrary: lab('serve', '--library', 'text.db'),
  };

  const statuses: Record<string, number | null> = {};
  for (const [name, program] of Object.entries(attempts)) {
    statuses[name] = await program.ended;
    expect(program.out()).toBe('');
    expect(program.notes()).toMatch(/^((No window|Building) .*\n)*folio-lab: .+\n$/);
  }

  expect(statuses).toEqual({
    port: 2,
    word: 2,
    file: 2,
    library: 1,
    servePort: 2,
    serveLibrary: 2,
  });
});
