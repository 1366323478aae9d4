import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findElectron, windowObstacle } from './find-electron.ts';
import type { Surroundings } from './find-electron.ts';

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  notes = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  const variables = { DISPLAY: ':0' };
  return { platform: 'linux', variables, userId: 1000, isSandboxOff: false, ...changes };
}

/** An Electron without a program; its install does what is given. */
function installPackage(script: string): string {
  const electron = join(folder, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  writeFileSync(join(electron, 'install.js'), script);
  return electron;
}

function find(changes: Partial<Surroundings> = {}) {
  return findElectron(folder, surroundings(changes), (sentence) => notes.push(sentence));
}

it('sees what keeps a window from being opened', () => {
  expect({
    display: windowObstacle(surroundings()),
    wayland: windowObstacle(surroundings({ variables: { WAYLAND_DISPLAY: 'wayland-0' } })),
    noDisplay: windowObstacle(surroundings({ variables: { DISPLAY: '' } })),
    root: windowObstacle(surroundings({ userId: 0 })),
    daringRoot: windowObstacle(surroundings({ userId: 0, isSandboxOff: true })),
    windows: windowObstacle(surroundings({ platform: 'win32', variables: {}, userId: null })),
  }).toEqual({
    display: null,
    wayland: null,
    noDisplay: 'there is no display',
    root: 'Electron does not run as root without --no-sandbox',
    daringRoot: null,
    windows: null,
  });
});

it('takes the Electron that is installed', async () => {
  const electron = installPackage('process.exit(1)');
  mkdirSync(join(electron, 'dist'));
  writeFileSync(join(electron, 'dist/electron'), '');

  expect(await find()).toEqual({ ok: true, program: join(electron, 'dist/electron') });
  expect(notes).toEqual([]);
});

it('takes the Electron it is told to take, and no other', async () => {
  const variables = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder };
  const missing = await find({ variables });
  writeFileSync(join(folder, 'electron'), '');

  expect(missing).toMatchObject({ ok: false });
  expect(await find({ variables })).toEqual({ ok: true, program: join(folder, 'electron') });
});

it('has a missing one fetched, and says so', async () => {
  const electron = installPackage(`
    const fs = require('node:fs');
    fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/electron', '');
    fs.writeFileSync(__dirname + '/path.txt', 'electron');
  `);

  expect(await find()).toEqual({ ok: true, program: join(electron, 'dist/electron') });
  expect(notes).toHaveLength(1);
});

it('says in one line why none could be fetched', async () => {
  installPackage(`
    console.error(new TypeError('fetch failed').stack);
    console.error({ cause: 'getaddrinfo ENOTFOUND' });
    process.exit(1);
  `);

  expect(await find()).toEqual({
    ok: false,
    reason: 'Electron could not be fetched: fetch failed',
  });
});

it('says that none is installed', async () => {
  expect(await find()).toEqual({ ok: false, reason: 'Electron is not installed' });
});
