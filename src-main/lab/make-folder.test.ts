import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'folio-lab-folder-'));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

it('makes a folder with the folders around it, and does nothing the second time', () => {
  const folder = join(place, 'a/b/c');
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

it('refuses a folder below a file', () => {
  writeFileSync(join(place, 'file'), '');
  expect(() => {
    makeFolder(join(place, 'file/folder'));
  }).toThrow(/ENOTDIR/);
});

it('comes to an end where nobody can make folders', () => {
  expect(() => {
    makeFolder('/proc/folio-lab/library');
  }).toThrow(/ENOENT/);
});
